import {
  type HeaderRole,
  columnWords,
  headerRoles,
  joinWords,
  nameWords,
  physicalWords,
  roleWords,
  ruleWords,
  sourceWords,
  tableWords,
  targetWords,
} from './header-words.ts';

export interface HeaderMeaning {
  readonly role: HeaderRole;
  readonly side: 'source' | 'target' | null;
  /** True where the words leave it open, such as a bare "Name" or "Description". */
  readonly weak: boolean;
}

const roles: ReadonlyMap<string, HeaderRole> = new Map(
  headerRoles.flatMap((role) => roleWords[role].map((phrase) => [phrase, role] as const)),
);
const tables: ReadonlySet<string> = new Set(tableWords);
const columns: ReadonlySet<string> = new Set(columnWords);
const names: ReadonlySet<string> = new Set(nameWords);
const joins: ReadonlySet<string> = new Set(joinWords);
const rules: ReadonlySet<string> = new Set(ruleWords);
const physicals: ReadonlySet<string> = new Set(physicalWords);
const sources: ReadonlySet<string> = new Set(sourceWords);
const targets: ReadonlySet<string> = new Set(targetWords);

/** Words that mean as much in a table of products or persons as in a dictionary. */
const openWords: ReadonlySet<string> = new Set(
  'name type comment label position status size key format file record view segment object element variable merkmal extra bytes length'.split(
    ' ',
  ),
);

const maxHeader = 80;

/** Lower case words without accents and punctuation: `ColumnName`, `COLUMN_NAME` and `Column name?` are one. */
export function headerPhrase(text: string): string {
  return text
    .slice(0, maxHeader)
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** What the words of a header cell say about its column; null where they say nothing of a schema or a mapping. */
export function headerMeaning(text: string): HeaderMeaning | null {
  if (text.length > maxHeader) return null;
  const whole = headerPhrase(text);
  const bare = headerPhrase(text.replace(/\([^)]*\)|\[[^\]]*\]/g, ' '));
  for (const phrase of new Set([whole, bare])) {
    const plain = roleOfPhrase(phrase);
    if (plain !== null) return { ...plain, side: null };
    const sided = withoutSide(phrase);
    const role = sided === null ? null : roleOfPhrase(sided.rest);
    if (sided !== null && role !== null) return { ...role, side: sided.side };
  }
  return null;
}

/** The side that a heading over several columns, or a whole title, speaks of; null where it names none or both. */
export function sideOf(text: string): 'source' | 'target' | null {
  const tokens = headerPhrase(text)
    .split(' ')
    .map((token) => splitCompound(token)[0] ?? token);
  const phrase = ` ${tokens.join(' ')} `;
  const isSource = sourceWords.some((word) => phrase.includes(` ${word} `));
  const isTarget = targetWords.some((word) => phrase.includes(` ${word} `));
  return isSource === isTarget ? null : isSource ? 'source' : 'target';
}

function roleOfPhrase(phrase: string): Pick<HeaderMeaning, 'role' | 'weak'> | null {
  if (phrase === '') return null;
  const known = roles.get(phrase);
  if (known !== undefined) return { role: known, weak: openWords.has(known) || openWords.has(phrase) };
  if (tables.has(phrase)) return { role: 'table', weak: false };
  if (columns.has(phrase)) return { role: 'column', weak: false };
  if (names.has(phrase)) return { role: 'column', weak: true };
  const tokens = phrase.split(' ').filter((token) => !joins.has(token));
  if (tokens.length > 1 && tokens.every((token) => rules.has(token))) return { role: 'rule', weak: false };
  return roleOfParts(tokens) ?? (isPhysical(phrase) ? roleOfPhrase(tokens.slice(1).join(' ')) : null);
}

/** "Physical column name", beside which a logical one may stand. */
export function isPhysical(phrase: string): boolean {
  return physicals.has(phrase.split(' ')[0] ?? '');
}

/** "Attribute type", "Nombre de la columna", "Entity description": a word for the thing and one for what is said of it. */
function roleOfParts(tokens: readonly string[]): Pick<HeaderMeaning, 'role' | 'weak'> | null {
  if (tokens.length < 2 || tokens.length > 4) return null;
  const [first = '', last = ''] = [tokens[0], tokens.at(-1)];
  return roleOfThing(first, tokens.slice(1).join(' '), true) ?? roleOfThing(last, tokens.slice(0, -1).join(' '), false);
}

function roleOfThing(thing: string, rest: string, leads: boolean): Pick<HeaderMeaning, 'role' | 'weak'> | null {
  const clear = (role: HeaderRole): Pick<HeaderMeaning, 'role' | 'weak'> => ({ role, weak: false });
  const role = roles.get(rest);
  if (columns.has(thing)) {
    if (names.has(rest)) return clear('column');
    if (role !== undefined && role !== 'table') return clear(role);
  }
  if (!tables.has(thing)) return null;
  if (names.has(rest)) return clear('table');
  if (role === 'comment' || role === 'label') return clear('tableComment');
  // "Entity attributes", "Table column": the last word is what the column holds.
  return columns.has(rest) ? clear(leads ? 'column' : 'table') : null;
}

function withoutSide(phrase: string): { readonly side: 'source' | 'target'; readonly rest: string } | null {
  const tokens = phrase.split(' ').flatMap(splitCompound);
  for (const [set, side] of [
    [sources, 'source'],
    [targets, 'target'],
  ] as const) {
    const first = tokens.slice(0, 2).join(' ');
    if (set.has(first) && tokens.length > 2) return { side, rest: tokens.slice(2).join(' ') };
    const at = tokens.findIndex((token) => set.has(token));
    if (at !== -1 && tokens.length > 1) return { side, rest: tokens.filter((_, index) => index !== at).join(' ') };
  }
  return null;
}

/** German and Dutch write one word: Quelltabelle, Zielfeld, brontabel. */
function splitCompound(token: string): readonly string[] {
  const parts = /^(quell|ziel|bron|doel)(en|-)?(\p{L}{3,40})$/u.exec(token);
  return parts === null ? [token] : [parts[1] ?? '', parts[3] ?? ''];
}
