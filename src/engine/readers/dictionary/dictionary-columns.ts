import { headerMeaning, headerPhrase, type HeaderMeaning, isPhysical, sideOf } from './header-role.ts';
import { type HeaderRole, sourceWords, targetWords } from './header-words.ts';
import type { HeaderCell } from './labelled-rows.ts';

/** Where each role stands: column indexes by role. */
export type RoleColumns = ReadonlyMap<HeaderRole, number>;

export interface DictionaryColumns {
  /** Of a dictionary, or of the source side of a mapping table. */
  readonly source: RoleColumns;
  /** Null where the header has one side only. */
  readonly target: RoleColumns | null;
  /** Roles whose words leave it open what is meant. */
  readonly weak: ReadonlySet<HeaderRole>;
}

interface Found {
  readonly index: number;
  readonly role: HeaderRole;
  readonly side: 'source' | 'target' | null;
  readonly weak: boolean;
  /** Lower goes first where several columns have one role. */
  readonly rank: number;
  readonly physical: boolean;
}

/** MySQL's COLUMN_TYPE says more than its DATA_TYPE; a format is how values are shown. */
const typeRank = (phrase: string): number => {
  if (phrase === 'column type' || phrase === 'type name' || phrase === 'full data type') return 0;
  return phrase === 'udt name' ? 2 : /\bformat$/.test(phrase) ? 3 : 1;
};

/** An expression can run; the kind of a transformation beside it only names it. */
const ruleRank = (phrase: string): number => (/\bexpression$/.test(phrase) ? 0 : 1);

/** Where several columns have one role, the clearer words go first. */
function rankOf({ role, weak }: HeaderMeaning, phrase: string): number {
  if (role === 'type') return typeRank(phrase);
  if (role === 'rule') return ruleRank(phrase);
  if (role === 'schema') return phrase.includes('schem') ? 0 : 1;
  if (role === 'comment' && phrase === 'long comment') return 3;
  // In bytes where the type is a national one.
  if (phrase === 'char col decl length') return 3;
  return weak ? 2 : 1;
}

/** Roles that belong to a line of a mapping, not to one of its sides. */
const common: ReadonlySet<HeaderRole> = new Set(['rule', 'status']);
/** Alone they head periods and states as often as mappings. */
const periodWords: ReadonlySet<string> = new Set('from to old new current state alt neu'.split(' '));
const leading: ReadonlySet<HeaderRole> = new Set(['schema', 'table', 'column', 'qualified']);

/** What the columns of a header hold; a second set of table and column names makes it a mapping from left to right. */
export function dictionaryColumns(header: readonly HeaderCell[]): DictionaryColumns {
  const all = withoutLogical(
    withoutSystemNames(header).flatMap((cell, index): readonly Found[] => meaningOf(cell, index)),
  );
  const sided = all.some(({ side }) => side === 'source') && all.some(({ side }) => side === 'target');
  // "Attribute source" beside "Attribute" says where it comes from, not which side it is of.
  const isOrigin = ({ side, role }: Found, index: number): boolean =>
    !sided && side !== null && all.slice(0, index).some((entry) => entry.role === role);
  const found = all.filter((entry, index) => !isOrigin(entry, index));
  const assigned = sided ? inheritSides(found) : splitSides(found, header);
  const target = assigned.filter(({ side, role }) => side === 'target' || common.has(role));
  const isMapping = [assigned.filter(({ side }) => side !== 'target'), target].every((side) =>
    side.some(({ role }) => role === 'column' || role === 'qualified'),
  );
  const weak = new Set(found.filter((entry) => entry.weak).map(({ role }) => role));
  for (const entry of found) if (!entry.weak) weak.delete(entry.role);
  if (!isMapping) return { source: byRole(found), target: null, weak };
  return { source: byRole(assigned.filter(({ side }) => side !== 'target')), target: byRole(target), weak };
}

/** IBM i gives the short name of the system beside the name in SQL. */
function withoutSystemNames(header: readonly HeaderCell[]): readonly HeaderCell[] {
  const phrases = header.map(({ name }) => headerPhrase(name));
  return header.map((cell, index) => {
    const phrase = phrases[index] ?? '';
    const isShort = phrase.startsWith('system ') && phrases.includes(phrase.slice('system '.length));
    return isShort ? { name: '', group: null } : cell;
  });
}

/** Logical names beside physical ones: that of a column is its label, that of a table says nothing new. */
function withoutLogical(found: readonly Found[]): readonly Found[] {
  const isColumn = ({ role, side }: Found): boolean => role === 'column' && side === null;
  const both = [true, false].every((physical) => found.some((entry) => isColumn(entry) && entry.physical === physical));
  if (!both) return found;
  const hasTable = found.some(({ role, physical }) => role === 'table' && physical);
  return found.flatMap((entry) => {
    if (entry.physical || (entry.role !== 'column' && entry.role !== 'table')) return [entry];
    if (entry.role === 'column') return [{ ...entry, role: 'label' as const }];
    return hasTable ? [] : [entry];
  });
}

function meaningOf({ name, group }: HeaderCell, index: number): readonly Found[] {
  const meaning = headerMeaning(name);
  const groupSide = group === null ? null : sideOf(group);
  const phrase = headerPhrase(name);
  if (meaning !== null) {
    return [
      {
        index,
        ...meaning,
        rank: rankOf(meaning, phrase),
        side: meaning.side ?? groupSide,
        physical: isPhysical(phrase),
      },
    ];
  }
  // "Source | Target" over whole column paths.
  if (periodWords.has(phrase)) return [];
  if (sourceWords.includes(phrase))
    return [{ index, role: 'qualified', side: 'source', weak: true, rank: 2, physical: false }];
  if (targetWords.includes(phrase))
    return [{ index, role: 'qualified', side: 'target', weak: true, rank: 2, physical: false }];
  return [];
}

/** "Target column | Type": what names no side belongs to the side at its left. */
function inheritSides(found: readonly Found[]): readonly Found[] {
  let current: Found['side'] = found.find(({ side }) => side !== null)?.side ?? null;
  return found.map((entry) => {
    if (entry.side !== null) current = entry.side;
    return common.has(entry.role) ? entry : { ...entry, side: entry.side ?? current };
  });
}

/** Without words for the sides, the groups above tell them apart, or the point where the names begin anew. */
function splitSides(found: readonly Found[], header: readonly HeaderCell[]): readonly Found[] {
  const named = found.filter(({ role }) => role === 'column' || role === 'qualified');
  const [first, second] = named;
  if (first === undefined || second === undefined) return found;
  const groupOf = (entry: Found): string | null => header[entry.index]?.group ?? null;
  const distinct = groupOf(first) !== null && groupOf(second) !== null && groupOf(first) !== groupOf(second);
  const exact = first.role === second.role && !first.weak && !second.weak;
  if (!distinct && !exact) return found;
  const before = found.filter((entry) => entry.index < second.index && entry.index > first.index);
  const begins = before.findLast(
    (entry, at) => leading.has(entry.role) && !leading.has(before[at - 1]?.role ?? 'type'),
  );
  const start = Math.min(second.index, begins?.index ?? second.index);
  return found.map((entry) =>
    common.has(entry.role)
      ? entry
      : {
          ...entry,
          side: (distinct ? groupOf(entry) === groupOf(second) || entry.index >= second.index : entry.index >= start)
            ? 'target'
            : 'source',
        },
  );
}

/** The first column of each role; a plain word gives way to one that is clear. */
function byRole(found: readonly Found[]): RoleColumns {
  const columns = new Map<HeaderRole, Found>();
  for (const entry of found) {
    const known = columns.get(entry.role);
    if (known === undefined || entry.rank < known.rank) columns.set(entry.role, entry);
  }
  return new Map([...columns].map(([role, { index }]) => [role, index]));
}
