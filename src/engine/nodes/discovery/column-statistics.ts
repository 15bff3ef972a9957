/** Figures of all columns of a table in few queries, and the most frequent values and shapes of each. */
import type { Table } from '../../../shared/model/schema.ts';
import type { SqlSession, SqlValue } from '../../ports/sql-runner.ts';
import { type DataColumn, type LoadedTable, figure } from './loaded-table.ts';

export interface ColumnStatistics {
  readonly column: DataColumn;
  readonly nulls: number;
  readonly distinct: number;
  readonly min: string | null;
  readonly max: string | null;
  readonly minLength: number | null;
  readonly maxLength: number | null;
}

/**
 * Beyond this, distinct counts are estimates, and frequent values and lengths of numbers and dates come from every n-th row:
 * exact ones need all values in memory and several times the time of reading the file.
 */
export const exactRows = 1_000_000;
const sampleRows = 200_000;
const topValues = 200;
/** Columns measured in one query: distinct counts hold the values of all of them in memory. */
const columnsAtOnce = 30;
const numericTypes = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL.*|FLOAT|DOUBLE)$/;

/** Whether DuckDB holds the column as numbers. */
export function isNumericData(column: DataColumn): boolean {
  return numericTypes.test(column.dataType);
}

/** The row count and one entry a column. Distinct counts are exact up to `exactRows`, estimates beyond. */
export async function columnStatistics(
  session: SqlSession,
  loaded: LoadedTable,
  columns: readonly DataColumn[],
): Promise<{ readonly rows: number; readonly columns: readonly ColumnStatistics[] }> {
  const counted = await session.query(`SELECT count(*) FROM ${loaded.sqlName}`);
  const rows = figure(counted.rows[0]?.[0]);
  const measured: ColumnStatistics[] = [];
  for (let from = 0; from < columns.length; from += columnsAtOnce) {
    measured.push(...(await measure(session, loaded, columns.slice(from, from + columnsAtOnce), rows)));
  }
  return { rows, columns: measured };
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
    ...lengths(column, rows),
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
      min: textOrNull(min),
      max: textOrNull(max),
      minLength: numberOrNull(minLength),
      maxLength: numberOrNull(maxLength),
    };
  });
}

/** Every n-th row of a large table is looked at: the same rows each time. 1 where all are. */
export function samplingStep(rows: number): number {
  return rows <= exactRows ? 1 : Math.ceil(rows / sampleRows);
}

function lengths(column: DataColumn, rows: number): readonly string[] {
  const step = column.dataType === 'VARCHAR' ? 1 : samplingStep(rows);
  const only = step === 1 ? '' : ` FILTER (WHERE rowid % ${step} = 0)`;
  return [`min(length(${column.text}))${only}`, `max(length(${column.text}))${only}`];
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

/** The most frequent values, ties in byte order. Counts of a large table are those of its sample times what it stands for. */
export async function topValuesOf(
  session: SqlSession,
  loaded: LoadedTable,
  { column, rows: all }: { readonly column: DataColumn; readonly rows: number },
): Promise<readonly { value: string; count: number }[]> {
  const step = samplingStep(all);
  const sampled = step === 1 ? '' : ` AND rowid % ${step} = 0`;
  const { rows } = await session.query(
    `SELECT left(${column.text}, 200) AS v, ${step} * count(*) AS n FROM ${loaded.sqlName} WHERE ${column.sql} IS NOT NULL${sampled} GROUP BY v ORDER BY n DESC, v LIMIT ${topValues}`,
  );
  return rows.map(([value, count]) => ({ value: String(value), count: figure(count) }));
}

function textOrNull(value: SqlValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value).slice(0, 200);
}

function numberOrNull(value: SqlValue | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
