/** Foreign keys that nobody declared: found by names and by whether the values of one column occur in the other. */
import type { InferredRelationship, TableProfile } from '../../../shared/model/profile.ts';
import { type Column, type Table, columnKey } from '../../../shared/model/schema.ts';
import { roundTo } from '../../core/rounding.ts';
import { compareText } from '../../core/text.ts';
import type { SqlSession } from '../../ports/sql-runner.ts';
import { type LoadedTable, dataColumns, figure } from './loaded-table.ts';
import { keyOf } from './quality-issues.ts';
import { type ReferenceName, isIdentifierName, referenceName } from './reference-name.ts';

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

/** Sorted by table, column and target. Declared foreign keys are not repeated; a column gets its best target only. */
export async function inferRelationships(
  session: SqlSession | null,
  tables: readonly RelationshipTable[],
): Promise<readonly InferredRelationship[]> {
  const keys = tables.flatMap(keyColumns);
  const best = new Map<string, InferredRelationship>();
  let comparisons = 0;
  for (const pair of tables.flatMap((owner) => pairsOf(owner, keys))) {
    const canCompare =
      session !== null &&
      pair.owner.sqlName !== null &&
      pair.key.owner.sqlName !== null &&
      comparisons < maxComparisons;
    const inclusion = canCompare ? await inclusionOf(session, pair) : null;
    if (canCompare) comparisons += 1;
    const found = judged(pair, inclusion);
    if (found === null) continue;
    const id = columnKey(found.from);
    const other = best.get(id);
    if (other === undefined || isBetter(found, other)) best.set(id, found);
  }
  return [...best.values()].toSorted((a, b) => compareText(columnKey(a.from), columnKey(b.from)));
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
  return table.columns.flatMap((column): readonly KeyColumn[] => {
    const name = column.name.toLowerCase();
    if (declared.includes(name)) return [{ owner, column, declared: true }];
    if (declared.length > 0) return [];
    const conventional =
      isIdentifierName(column.name) && (name === 'id' || referenceName(column.name, table.name, 'id').score >= 0.65);
    if (found.includes(name) ? isIdentifierName(column.name) || conventional : conventional && profile === null)
      return [{ owner, column, declared: false }];
    return [];
  });
}

function pairsOf(owner: RelationshipTable, keys: readonly KeyColumn[]): readonly Pair[] {
  const { table } = owner;
  const taken = new Set(table.foreignKeys.flatMap((key) => key.columns.map((column) => column.toLowerCase())));
  return table.columns.flatMap((column) => {
    if (taken.has(column.name.toLowerCase())) return [];
    return keys.flatMap((key): readonly Pair[] => {
      if (key.owner === owner && key.column === column) return [];
      if (kindOf(column) !== kindOf(key.column)) return [];
      const name = referenceName(column.name, key.owner.table.name, key.column.name);
      // Within one table the same word in two columns is no reference; a role before the key's name is.
      if (key.owner === owner && name.score !== 0.85) return [];
      if (isOwnKey(owner, column) && name.score < 1) return [];
      return name.score >= acceptedName || valuesMayTell(owner, column, key) ? [{ owner, column, key, name }] : [];
    });
  });
}

/** Keys are compared as text or as whole numbers; other types refer to nothing. */
function kindOf(column: Column): string {
  if (column.type === 'integer' || (column.type === 'decimal' && (column.scale ?? 0) === 0)) return 'number';
  return column.type === 'string' || column.type === 'uuid' ? 'text' : `${column.type}-no-key`;
}

function isOwnKey(owner: RelationshipTable, column: Column): boolean {
  return owner.table.primaryKey.length === 1 && owner.table.primaryKey[0]?.toLowerCase() === column.name.toLowerCase();
}

/** Cheap signs from the profiles that all values may occur in the key. */
function valuesMayTell(owner: RelationshipTable, column: Column, key: KeyColumn): boolean {
  if (owner === key.owner || !key.declared) return false;
  const from = rangeOf(owner, column);
  const to = rangeOf(key.owner, key.column);
  if (from === null || to === null || from.distinct < minDistinctWithoutName || from.distinct > to.distinct)
    return false;
  if (kindOf(column) === 'text') return from.min >= to.min && from.max <= to.max;
  // Small numbers are counts as often as references.
  return Number(to.min) > 1000 && Number(from.min) >= Number(to.min) && Number(from.max) <= Number(to.max);
}

function rangeOf(
  owner: RelationshipTable,
  column: Column,
): { readonly min: string; readonly max: string; readonly distinct: number } | null {
  const profile = owner.profile?.columns.find((candidate) => candidate.name === column.name);
  if (profile === undefined || profile.min === null || profile.max === null) return null;
  return { min: profile.min, max: profile.max, distinct: profile.distinct };
}

async function inclusionOf(session: SqlSession, pair: Pair): Promise<number | null> {
  const from = await located(session, pair.owner, pair.column);
  const to = await located(session, pair.key.owner, pair.key.column);
  if (from === null || to === null) return null;
  const { rows } = await session.query(
    `SELECT count(*), count_if(v IN (SELECT ${to.text} FROM ${to.table})) FROM (SELECT DISTINCT ${from.text} AS v FROM ${from.table} WHERE ${from.text} IS NOT NULL)`,
  );
  const [distinct, included] = rows[0] ?? [];
  return figure(distinct) === 0 ? null : figure(included) / figure(distinct);
}

async function located(
  session: SqlSession,
  owner: RelationshipTable,
  column: Column,
): Promise<{ readonly table: string; readonly text: string } | null> {
  if (owner.sqlName === null) return null;
  const loaded: LoadedTable = { table: owner.table, sqlName: owner.sqlName, file: '' };
  const found = (await dataColumns(session, loaded)).find((candidate) => candidate.name === column.name);
  return found === undefined ? null : { table: owner.sqlName, text: found.text };
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
