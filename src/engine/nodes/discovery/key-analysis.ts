/** Which columns identify a row, and where declared keys are broken. */
import type { QualityIssue } from '../../../shared/model/profile.ts';
import type { SqlSession } from '../../ports/sql-runner.ts';
import { type ColumnStatistics, isNumericData } from './column-statistics.ts';
import { type DataColumn, type LoadedTable, figure } from './loaded-table.ts';
import { keyOf, rowsText } from './quality-issues.ts';
import { nameTokens } from './semantic-type.ts';

const pairRows = 200_000;
const maxPairs = 15;
const maxKeyLength = 100;

/** Single columns first, then pairs where no single column and no declared key identifies a row. In schema order. */
export async function candidateKeys(
  session: SqlSession,
  loaded: LoadedTable,
  rows: number,
  columns: readonly ColumnStatistics[],
): Promise<readonly (readonly string[])[]> {
  if (rows < 2) return [];
  const usable = columns.filter((statistics) => statistics.nulls === 0 && isKeyLike(statistics));
  const single: string[] = [];
  for (const statistics of usable) {
    if (await isUnique(session, loaded, rows, statistics)) single.push(statistics.column.name);
  }
  if (single.length > 0 || rows > pairRows) return single.map((name) => [name]);
  return pairKeys(session, loaded, rows, usable);
}

/** Amounts, moments and long texts may happen to differ in every row without being keys. */
function isKeyLike(statistics: ColumnStatistics): boolean {
  const { dataType } = statistics.column;
  if (/^(FLOAT|DOUBLE|DECIMAL|TIMESTAMP|TIME|BLOB|BOOLEAN)/.test(dataType) || /[\](]/.test(dataType)) return false;
  return (statistics.maxLength ?? 0) <= maxKeyLength;
}

async function isUnique(
  session: SqlSession,
  loaded: LoadedTable,
  rows: number,
  statistics: ColumnStatistics,
): Promise<boolean> {
  if (statistics.isExact) return statistics.distinct === rows;
  if (statistics.distinct < rows * 0.9) return false;
  const exact = await session.query(`SELECT count(DISTINCT ${statistics.column.sql}) FROM ${loaded.sqlName}`);
  return figure(exact.rows[0]?.[0]) === rows;
}

async function pairKeys(
  session: SqlSession,
  loaded: LoadedTable,
  rows: number,
  usable: readonly ColumnStatistics[],
): Promise<readonly (readonly string[])[]> {
  const pairs: { readonly first: ColumnStatistics; readonly second: ColumnStatistics; readonly rank: number }[] = [];
  usable.forEach((first, index) => {
    for (const second of usable.slice(index + 1)) {
      if (first.distinct * second.distinct < rows || first.distinct < 2 || second.distinct < 2) continue;
      pairs.push({ first, second, rank: identifierRank(first) + identifierRank(second) });
    }
  });
  const likely = pairs
    .filter((pair) => pair.rank > 0)
    .toSorted((a, b) => b.rank - a.rank)
    .slice(0, maxPairs);
  const found: string[][] = [];
  for (const { first, second } of likely) {
    const result = await session.query(
      `SELECT count(*) FROM (SELECT DISTINCT ${first.column.sql}, ${second.column.sql} FROM ${loaded.sqlName})`,
    );
    if (figure(result.rows[0]?.[0]) === rows) found.push([first.column.name, second.column.name]);
  }
  return found;
}

const identifierTokens: readonly string[] = [
  'id',
  'nbr',
  'no',
  'num',
  'number',
  'key',
  'cd',
  'code',
  'seq',
  'line',
  'ln',
];

function identifierRank(statistics: ColumnStatistics): number {
  const tokens = nameTokens(statistics.column.name);
  return (
    (tokens.some((token) => identifierTokens.includes(token)) ? 2 : 0) + (isNumericData(statistics.column) ? 0.5 : 0)
  );
}

/**
 * Declared primary keys and unique constraints that the rows break, and rows that occur more than once. `unique`: some
 * columns are known to differ in every row, so that no row occurs twice.
 */
export async function duplicateIssues(
  session: SqlSession,
  loaded: LoadedTable,
  { columns, unique }: { readonly columns: readonly DataColumn[]; readonly unique: boolean },
): Promise<{ readonly duplicateRows: number; readonly issues: readonly QualityIssue[] }> {
  const issues: QualityIssue[] = [];
  const keys = [loaded.table.primaryKey, ...loaded.table.uniques].filter((key) => key.length > 0);
  for (const key of keys) {
    const parts = key.map((name) => columns.find((column) => column.name.toLowerCase() === name.toLowerCase()));
    if (parts.some((part) => part === undefined)) continue;
    const names = parts.map((part) => part?.sql ?? '');
    const filled = names.map((name) => `${name} IS NOT NULL`).join(' AND ');
    const query = `SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM ${loaded.sqlName} WHERE ${filled} GROUP BY ${names.join(', ')})`;
    const surplus = figure((await session.query(query)).rows[0]?.[0]);
    if (surplus === 0) continue;
    const label = key.join(', ');
    const message = `${label} is declared unique and repeats in ${rowsText(surplus)}`;
    issues.push({
      table: keyOf(loaded.table),
      column: key.length === 1 ? label : null,
      kind: 'duplicate_key',
      rows: surplus,
      message,
      query,
    });
  }
  const all = columns.map((column) => column.sql);
  if (all.length === 0 || unique) return { duplicateRows: 0, issues };
  const counted = await session.query(
    `SELECT count(*) - count(DISTINCT hash(${all.join(', ')})) FROM ${loaded.sqlName}`,
  );
  const duplicateRows = figure(counted.rows[0]?.[0]);
  if (duplicateRows > 0) {
    const query = `SELECT count(*) - (SELECT count(*) FROM (SELECT DISTINCT ${all.join(', ')} FROM ${loaded.sqlName})) FROM ${loaded.sqlName}`;
    issues.push({
      table: keyOf(loaded.table),
      column: null,
      kind: 'duplicate_row',
      rows: duplicateRows,
      message: `${rowsText(duplicateRows)} repeat another row completely`,
      query,
    });
  }
  return { duplicateRows, issues };
}
