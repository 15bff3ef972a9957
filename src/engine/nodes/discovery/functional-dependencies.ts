import type { SqlSession } from '../../ports/sql-runner.ts';
import type { ColumnStatistics } from './column-statistics.ts';
import { type LoadedTable, figure } from './loaded-table.ts';
import { isIdentifierName } from './reference-name.ts';

/** Beyond this the counts cost more than they tell. */
const mostRows = 500_000;
const mostPairs = 60;
const pairsAtOnce = 20;
const fewestValues = 3;

export interface Dependency {
  readonly from: string;
  readonly to: string;
}

/**
 * Columns whose value follows from another: a code and its name, a postcode and its city. Only of columns that repeat, in
 * tables that are small enough to count; those that look like identifiers are tried first.
 */
export async function functionalDependencies(
  session: SqlSession,
  loaded: LoadedTable,
  rows: number,
  columns: readonly ColumnStatistics[],
): Promise<readonly Dependency[]> {
  if (rows > mostRows) return [];
  const pairs = candidates(rows, columns);
  const found: Dependency[] = [];
  for (let at = 0; at < pairs.length; at += pairsAtOnce) {
    const some = pairs.slice(at, at + pairsAtOnce);
    const counts = some.map(
      ({ from, to }) =>
        `count(DISTINCT CASE WHEN ${from.column.sql} IS NOT NULL THEN hash(${from.column.sql}, ${to.column.sql}) END)`,
    );
    const { rows: answer } = await session.query(`SELECT ${counts.join(', ')} FROM ${loaded.sqlName}`);
    some.forEach(({ from, to }, i) => {
      if (figure(answer[0]?.[i]) === from.distinct) found.push({ from: from.column.name, to: to.column.name });
    });
  }
  return found;
}

interface Pair {
  readonly from: ColumnStatistics;
  readonly to: ColumnStatistics;
}

function candidates(rows: number, columns: readonly ColumnStatistics[]): readonly Pair[] {
  const repeats = columns.filter(({ distinct, nulls }) => distinct >= fewestValues && distinct * 2 <= rows - nulls);
  const pairs = repeats.flatMap((from) =>
    columns
      .filter((to) => to !== from && to.distinct >= 2 && to.distinct <= from.distinct)
      .map((to): Pair => ({ from, to })),
  );
  const rank = ({ from }: Pair): number => (isIdentifierName(from.column.name) ? 0 : 1);
  return pairs.toSorted((a, b) => rank(a) - rank(b)).slice(0, mostPairs);
}
