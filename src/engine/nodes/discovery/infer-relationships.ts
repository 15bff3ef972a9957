/** Foreign keys that nobody declared: found by names and by whether the values of one column occur in the other. */
import { nextTurn } from '../../core/in-turns.ts';
import { PortolanError } from '../../../shared/errors.ts';
import type { InferredRelationship, TableProfile } from '../../../shared/model/profile.ts';
import { type Column, type Table, columnKey } from '../../../shared/model/schema.ts';
import { roundTo } from '../../core/rounding.ts';
import { compareText } from '../../core/text.ts';
import type { SqlSession } from '../../ports/sql-runner.ts';
import { type DataColumn, dataColumns, figure } from './loaded-table.ts';
import { keyOf } from './quality-issues.ts';
import { keyIndex } from './key-index.ts';
import {
  type NameWords,
  type ReferenceName,
  columnWords,
  isIdentifierName,
  referenceName,
  tableWords,
} from './reference-name.ts';

/** A table with whatever is known of its data; without `sqlName` and `profile` only names count. */
export interface RelationshipTable {
  readonly table: Table;
  readonly sqlName: string | null;
  readonly profile: TableProfile | null;
}

interface KeyColumn {
  readonly owner: RelationshipTable;
  readonly column: Column;
  readonly declared: boolean;
  readonly words: NameWords;
  readonly tableWords: NameWords;
  readonly range: Range | null;
}

interface Range {
  readonly min: string;
  readonly max: string;
  readonly distinct: number;
}

interface Pair {
  readonly owner: RelationshipTable;
  readonly column: Column;
  readonly key: KeyColumn;
  readonly name: ReferenceName;
}

const acceptedInclusion = 0.7;
const acceptedName = 0.6;
/** Without a name only many values that all occur on the other side count. */
const minDistinctWithoutName = 20;
const maxComparisons = 2000;
/** Of keys that a column may refer to, the best by name are looked at. */
const maxKeysAColumn = 20;
/** How many columns are looked at before others get their turn. */
const columnsAtOnce = 500;

/** Sorted by table, column and target. Declared foreign keys are not repeated; a column gets its best target only. */
export async function inferRelationships(
  session: SqlSession | null,
  tables: readonly RelationshipTable[],
  signal?: AbortSignal,
): Promise<readonly InferredRelationship[]> {
  const pairs = await allPairs(tables, signal);
  const located = locator(session);
  const best = new Map<string, InferredRelationship>();
  let comparisons = 0;
  for (const pair of pairs) {
    const canCompare =
      session !== null &&
      pair.owner.sqlName !== null &&
      pair.key.owner.sqlName !== null &&
      comparisons < maxComparisons;
    const inclusion = canCompare ? await inclusionOf(session, pair, located) : null;
    if (canCompare) comparisons += 1;
    const found = judged(pair, inclusion);
    if (found === null) continue;
    const id = columnKey(found.from);
    const other = best.get(id);
    if (other === undefined || isBetter(found, other)) best.set(id, found);
  }
  return [...best.values()].toSorted((a, b) => compareText(columnKey(a.from), columnKey(b.from)));
}

/** In the order of the tables and their columns. Gives others their turn now and then, and ends when it is cancelled. */
async function allPairs(
  tables: readonly RelationshipTable[],
  signal: AbortSignal | undefined,
): Promise<readonly Pair[]> {
  const keys = tables.flatMap(keyColumns);
  const find = keyIndex(keys);
  const pairs: Pair[] = [];
  let looked = 0;
  for (const owner of tables) {
    const ranges = rangesOf(owner);
    for (const column of openColumns(owner)) {
      if (looked % columnsAtOnce === 0) {
        await nextTurn();
        if (signal?.aborted === true) throw new PortolanError('CANCELLED', 'Cancelled');
      }
      looked += 1;
      pairs.push(...pairsOf(owner, { column, range: ranges.get(column.name) ?? null }, find));
    }
  }
  return pairs;
}

function isBetter(a: InferredRelationship, b: InferredRelationship): boolean {
  return a.score > b.score || (a.score === b.score && compareText(columnKey(a.to), columnKey(b.to)) < 0);
}

/** Single columns that identify a row: declared, or unique in the data, or the conventional id of the table. */
function keyColumns(owner: RelationshipTable): readonly KeyColumn[] {
  const { table, profile } = owner;
  const declared = [table.primaryKey, ...table.uniques]
    .filter((key) => key.length === 1)
    .map((key) => (key[0] ?? '').toLowerCase());
  const found = (profile?.candidateKeys ?? [])
    .filter((key) => key.length === 1)
    .map((key) => (key[0] ?? '').toLowerCase());
  const ranges = rangesOf(owner);
  const ofTable = tableWords(table.name);
  const id = columnWords('id');
  return table.columns.flatMap((column): readonly KeyColumn[] => {
    const name = column.name.toLowerCase();
    const key = (isDeclared: boolean): readonly KeyColumn[] => [
      {
        owner,
        column,
        declared: isDeclared,
        words: columnWords(column.name),
        tableWords: ofTable,
        range: ranges.get(column.name) ?? null,
      },
    ];
    if (declared.includes(name)) return key(true);
    if (declared.length > 0) return [];
    const conventional =
      isIdentifierName(column.name) &&
      (name === 'id' || referenceName(columnWords(column.name), ofTable, id).score >= 0.65);
    const isKey = found.includes(name)
      ? isIdentifierName(column.name) || conventional
      : conventional && profile === null;
    return isKey ? key(false) : [];
  });
}

/** Columns that no declared foreign key holds. */
function openColumns({ table }: RelationshipTable): readonly Column[] {
  const taken = new Set(table.foreignKeys.flatMap((key) => key.columns.map((column) => column.toLowerCase())));
  return table.columns.filter(({ name }) => !taken.has(name.toLowerCase()));
}

function pairsOf(
  owner: RelationshipTable,
  { column, range }: { readonly column: Column; readonly range: Range | null },
  find: ReturnType<typeof keyIndex<KeyColumn>>,
): readonly Pair[] {
  const kind = kindOf(column);
  if (kind === null) return [];
  const words = columnWords(column.name);
  const isKey = isOwnKey(owner, column);
  return find(words, range !== null)
    .flatMap((key): readonly Pair[] => {
      if (key.owner === owner && key.column === column) return [];
      if (kind !== kindOf(key.column)) return [];
      const name = referenceName(words, key.tableWords, key.words);
      // Within one table the same word in two columns is no reference; a role before the key's name is.
      if (key.owner === owner && name.score !== 0.85) return [];
      if (isKey && name.score < 1) return [];
      const may = name.score >= acceptedName || (owner !== key.owner && valuesMayTell(kind, range, key));
      return may ? [{ owner, column, key, name }] : [];
    })
    .toSorted((a, b) => b.name.score - a.name.score)
    .slice(0, maxKeysAColumn);
}

/** Keys are compared as text or as whole numbers; other types refer to nothing. */
function kindOf(column: Column): 'number' | 'text' | null {
  if (column.type === 'integer' || (column.type === 'decimal' && (column.scale ?? 0) === 0)) return 'number';
  return column.type === 'string' || column.type === 'uuid' ? 'text' : null;
}

function isOwnKey(owner: RelationshipTable, column: Column): boolean {
  return owner.table.primaryKey.length === 1 && owner.table.primaryKey[0]?.toLowerCase() === column.name.toLowerCase();
}

/** Cheap signs from the profiles that all values may occur in the key. */
function valuesMayTell(kind: 'number' | 'text', from: Range | null, { declared, range: to }: KeyColumn): boolean {
  if (!declared || from === null || to === null) return false;
  if (from.distinct < minDistinctWithoutName || from.distinct > to.distinct) return false;
  if (kind === 'text') return from.min >= to.min && from.max <= to.max;
  // Small numbers are counts as often as references.
  return Number(to.min) > 1000 && Number(from.min) >= Number(to.min) && Number(from.max) <= Number(to.max);
}

/** By column name. */
function rangesOf({ profile }: RelationshipTable): ReadonlyMap<string, Range> {
  const ranges = new Map<string, Range>();
  for (const { name, min, max, distinct } of profile?.columns ?? []) {
    if (min !== null && max !== null) ranges.set(name, { min, max, distinct });
  }
  return ranges;
}

type Locate = (owner: RelationshipTable, column: Column) => Promise<Located | null>;

interface Located {
  readonly table: string;
  readonly text: string;
}

async function inclusionOf(session: SqlSession, pair: Pair, located: Locate): Promise<number | null> {
  const from = await located(pair.owner, pair.column);
  const to = await located(pair.key.owner, pair.key.column);
  if (from === null || to === null) return null;
  const { rows } = await session.query(
    `SELECT count(*), count_if(v IN (SELECT ${to.text} FROM ${to.table})) FROM (SELECT DISTINCT ${from.text} AS v FROM ${from.table} WHERE ${from.text} IS NOT NULL)`,
  );
  const [distinct, included] = rows[0] ?? [];
  return figure(distinct) === 0 ? null : figure(included) / figure(distinct);
}

/** Where a column's data is; the columns of a table are asked for once. */
function locator(session: SqlSession | null): Locate {
  const known = new Map<string, Promise<readonly DataColumn[]>>();
  return async ({ table, sqlName }, column) => {
    if (session === null || sqlName === null) return null;
    const columns = known.get(sqlName) ?? dataColumns(session, { table, sqlName, file: '' });
    known.set(sqlName, columns);
    const found = (await columns).find((candidate) => candidate.name === column.name);
    return found === undefined ? null : { table: sqlName, text: found.text };
  };
}

function judged(pair: Pair, inclusion: number | null): InferredRelationship | null {
  const named = pair.name.score >= acceptedName;
  if (inclusion === null ? !named : inclusion < (named ? acceptedInclusion : 1)) return null;
  const score = inclusion === null ? pair.name.score * 0.7 : named ? 0.5 * pair.name.score + 0.5 * inclusion : 0.6;
  const reasons = [
    ...(named ? [pair.name.reason] : []),
    ...(inclusion === null ? ['no data to compare'] : [`${roundTo(inclusion * 100, 1)} % of its values occur there`]),
  ];
  return {
    from: { schema: pair.owner.table.schema, table: pair.owner.table.name, column: pair.column.name },
    to: { schema: pair.key.owner.table.schema, table: pair.key.owner.table.name, column: pair.key.column.name },
    score: roundTo(score, 4),
    inclusion: inclusion === null ? null : roundTo(inclusion, 4),
    evidence: `${keyOf(pair.owner.table)}.${pair.column.name}: ${reasons.join('; ')}`,
  };
}
