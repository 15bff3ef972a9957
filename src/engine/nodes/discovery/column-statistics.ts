/** Figures of all columns of a table in few queries, and the most frequent values and shapes of each. */
import type { ColumnProfile } from '../../../shared/model/profile.ts';
import type { Table } from '../../../shared/model/schema.ts';
import type { SqlSession, SqlValue } from '../../ports/sql-runner.ts';
import type { ColumnFigures, LargeData } from '../../readers/csv/index.ts';
import { type DataColumn, type LoadedTable, type RowSample, figure } from './loaded-table.ts';

export interface ColumnStatistics extends ColumnFigures {
  readonly column: DataColumn;
}

/**
 * Beyond this, distinct counts are estimates, and frequent values and lengths of numbers and dates come from every n-th row:
 * exact ones need all values in memory and several times the time of reading the file.
 */
const exactRows = 1_000_000;
const sampleRows = 200_000;
const topValues = 200;
/** Columns measured in one query: distinct counts hold the values of all of them in memory. */
const columnsAtOnce = 30;
/** A query on a table takes time for each of its columns, asked for or not: one a column is too many of a wider table. */
const wideColumns = 100;
/** Frequent values of several columns are counted at once up to so many rows, so that memory holds all their values. */
const rowsAtOnce = 100_000;
const numericTypes = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL.*|FLOAT|DOUBLE)$/;

/** Whether DuckDB holds the column as numbers. */
export function isNumericData(column: DataColumn): boolean {
  return numericTypes.test(column.dataType);
}

/** One entry a column. Distinct counts are exact up to `exactRows`, estimates beyond. */
export async function columnStatistics(
  session: SqlSession,
  loaded: LoadedTable,
  columns: readonly DataColumn[],
  sample: RowSample,
): Promise<readonly ColumnStatistics[]> {
  const rows = await rowCount(session, loaded);
  const measured: ColumnStatistics[] = [];
  for (let from = 0; from < columns.length; from += columnsAtOnce) {
    const some = columns.slice(from, from + columnsAtOnce);
    measured.push(...(await withLengths(session, sample, await measure(session, loaded, some, rows))));
  }
  return measured;
}

/** What was counted while the file was read, with the lengths of numbers and dates from the sample. */
export async function countedStatistics(
  session: SqlSession,
  columns: readonly DataColumn[],
  sample: RowSample,
  figures: LargeData['figures'],
): Promise<readonly ColumnStatistics[]> {
  const counted = columns.flatMap((column): readonly ColumnStatistics[] => {
    const found = figures.get(column.name);
    return found === undefined ? [] : [{ column, ...found }];
  });
  return withLengths(session, sample, counted);
}

/** How many rows a table has. */
export async function rowCount(session: SqlSession, loaded: LoadedTable): Promise<number> {
  const counted = await session.query(`SELECT count(*) FROM ${loaded.sqlName}`);
  return figure(counted.rows[0]?.[0]);
}

/** The rows of a table that is held: all of a small one, the same ones of a large one each time. */
export function rowSample(loaded: LoadedTable, rows: number): RowSample {
  const every = rows <= exactRows ? 1 : Math.ceil(rows / sampleRows);
  if (every === 1) return { from: loaded.sqlName, every };
  return { from: `(SELECT * FROM ${loaded.sqlName} WHERE rowid % ${every} = 0)`, every };
}

async function withLengths(
  session: SqlSession,
  sample: RowSample,
  statistics: readonly ColumnStatistics[],
): Promise<readonly ColumnStatistics[]> {
  const open = statistics.filter(({ column }) => column.dataType !== 'VARCHAR');
  if (open.length === 0) return statistics;
  const lengths = open.map(({ column: { text } }) => `min(length(${text})), max(length(${text}))`);
  const { rows } = await session.query(`SELECT ${lengths.join(', ')} FROM ${sample.from}`);
  return statistics.map((one) => {
    const at = open.indexOf(one);
    if (at < 0) return one;
    return { ...one, minLength: numberOrNull(rows[0]?.[at * 2]), maxLength: numberOrNull(rows[0]?.[at * 2 + 1]) };
  });
}

async function measure(
  session: SqlSession,
  loaded: LoadedTable,
  columns: readonly DataColumn[],
  rows: number,
): Promise<readonly ColumnStatistics[]> {
  const distinct =
    rows <= exactRows ? (sql: string) => `count(DISTINCT ${sql})` : (sql: string) => `approx_count_distinct(${sql})`;
  const figures = columns.flatMap((column) => [
    `count(${column.sql})`,
    distinct(column.sql),
    ...extremes(column, loaded.table),
    ...(column.dataType === 'VARCHAR'
      ? [`min(length(${column.sql}))`, `max(length(${column.sql}))`]
      : ['NULL', 'NULL']),
  ]);
  const result = await session.query(`SELECT ${figures.join(', ')} FROM ${loaded.sqlName}`);
  const values = result.rows[0] ?? [];
  const each = figures.length / columns.length;
  return columns.map((column, index) => {
    const [filled, different, min, max, minLength, maxLength] = values.slice(index * each, (index + 1) * each);
    const nonNull = figure(filled);
    return {
      column,
      nulls: rows - nonNull,
      distinct: Math.min(figure(different), nonNull),
      isExact: rows <= exactRows,
      min: textOrNull(min),
      max: textOrNull(max),
      minLength: numberOrNull(minLength),
      maxLength: numberOrNull(maxLength),
    };
  });
}

/** Text that is declared as a number is compared as one. */
function extremes(column: DataColumn, table: Table): readonly [string, string] {
  const declared = table.columns.find((candidate) => candidate.name === column.name)?.type;
  const numeric = declared === 'integer' || declared === 'decimal' || declared === 'float';
  if (column.dataType !== 'VARCHAR' || !numeric)
    return [`CAST(min(${column.sql}) AS VARCHAR)`, `CAST(max(${column.sql}) AS VARCHAR)`];
  const number = `TRY_CAST(${column.sql} AS DOUBLE)`;
  const pair = `{'n': ${number}, 't': ${column.sql}}`;
  return [
    `(min(${pair}) FILTER (WHERE ${number} IS NOT NULL)).t`,
    `(max(${pair}) FILTER (WHERE ${number} IS NOT NULL)).t`,
  ];
}

type TopValues = ColumnProfile['top'];

/**
 * The most frequent values of each column of a table of so many rows, ties in byte order. Counts of a large table are those of its sample times what it
 * stands for.
 */
export async function topValuesOf(
  session: SqlSession,
  sample: RowSample,
  columns: readonly DataColumn[],
  rows: number,
): Promise<readonly TopValues[]> {
  const found: TopValues[] = [];
  const atOnce = columns.length > wideColumns && rows / sample.every <= rowsAtOnce;
  for (let at = 0; at < columns.length; at += columnsAtOnce) {
    const some = columns.slice(at, at + columnsAtOnce);
    if (atOnce) found.push(...(await topOfEach(session, sample, some)));
    else for (const column of some) found.push(await topOf(session, sample, column));
  }
  return found;
}

async function topOf(session: SqlSession, sample: RowSample, column: DataColumn): Promise<TopValues> {
  const { rows } = await session.query(
    `SELECT ${shown(column)} AS v, ${sample.every} * count(*) AS n FROM ${sample.from} WHERE ${column.sql} IS NOT NULL GROUP BY v ORDER BY n DESC, v LIMIT ${topValues}`,
  );
  return rows.map(([value, count]) => ({ value: String(value), count: figure(count) }));
}

/** The same of several columns at once: of a wide table, naming its columns takes longer than counting their values. */
async function topOfEach(
  session: SqlSession,
  sample: RowSample,
  columns: readonly DataColumn[],
): Promise<readonly TopValues[]> {
  const values = `SELECT unnest([${columns.map(shown).join(', ')}]) AS v, unnest(range(${columns.length})) AS i FROM ${sample.from}`;
  const counted = `SELECT i, v, ${sample.every} * count(*) AS n FROM (${values}) WHERE v IS NOT NULL GROUP BY i, v`;
  const { rows } = await session.query(
    `SELECT i, v, n FROM (${counted}) QUALIFY row_number() OVER (PARTITION BY i ORDER BY n DESC, v) <= ${topValues} ORDER BY i, n DESC, v`,
  );
  const found: { value: string; count: number }[][] = columns.map(() => []);
  for (const [index, value, count] of rows) found[figure(index)]?.push({ value: String(value), count: figure(count) });
  return found;
}

const shown = (column: DataColumn): string => `left(${column.text}, 200)`;

function textOrNull(value: SqlValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value).slice(0, 200);
}

function numberOrNull(value: SqlValue | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
