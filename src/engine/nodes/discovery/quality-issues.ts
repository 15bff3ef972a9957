/** Defects that rows of one table have by themselves, each with the query that counts it. */
import type { QualityIssue } from '../../../shared/model/profile.ts';
import { type Column, type Table, tableKey } from '../../../shared/model/schema.ts';
import type { SqlSession } from '../../ports/sql-runner.ts';
import type { ColumnStatistics } from './column-statistics.ts';
import { type DataColumn, type LoadedTable, type RowSample, figure } from './loaded-table.ts';

interface Check {
  readonly kind: QualityIssue['kind'];
  readonly column: string;
  /** A SQL condition that is true for the rows meant. */
  readonly condition: string;
  readonly message: (rows: number) => string;
  /** Where the sample shows none, the rows are not counted: looking at every text takes as long as reading the file. */
  readonly sampled: boolean;
}

/** DuckDB's planning time grows with the square of the expressions in a query. */
const checksAtOnce = 150;

/** `semanticTypes` by column name, as found from the values. Counts are of all rows. */
export async function rowIssues(
  session: SqlSession,
  { loaded, sample }: { readonly loaded: LoadedTable; readonly sample: RowSample },
  columns: readonly ColumnStatistics[],
  semanticTypes: ReadonlyMap<string, string | null>,
): Promise<readonly QualityIssue[]> {
  const declared = new Map(loaded.table.columns.map((column) => [column.name, column] as const));
  const possible = columns.flatMap((statistics) => {
    const column = declared.get(statistics.column.name);
    return column === undefined
      ? []
      : checksFor(loaded.table, column, statistics, semanticTypes.get(column.name) ?? null);
  });
  const checks = sample.every === 1 ? possible : await seenIn(session, sample, possible);
  const counts = await rowsOf(session, loaded.sqlName, checks);
  return checks.flatMap((check, index): readonly QualityIssue[] => {
    const count = counts[index] ?? 0;
    if (count === 0) return [];
    return [
      {
        table: keyOf(loaded.table),
        column: check.column,
        kind: check.kind,
        rows: count,
        message: check.message(count),
        query: `SELECT count(*) FROM ${loaded.sqlName} WHERE ${check.condition}`,
      },
    ];
  });
}

async function seenIn(session: SqlSession, sample: RowSample, checks: readonly Check[]): Promise<readonly Check[]> {
  const cheap = checks.filter(({ sampled }) => sampled);
  const counts = await rowsOf(session, sample.from, cheap);
  return checks.filter((check) => !check.sampled || (counts[cheap.indexOf(check)] ?? 0) > 0);
}

async function rowsOf(session: SqlSession, from: string, checks: readonly Check[]): Promise<readonly number[]> {
  const counts: number[] = [];
  for (let at = 0; at < checks.length; at += checksAtOnce) {
    const figures = checks.slice(at, at + checksAtOnce).map((check) => `count(*) FILTER (WHERE ${check.condition})`);
    const { rows } = await session.query(`SELECT ${figures.join(', ')} FROM ${from}`);
    counts.push(...(rows[0] ?? []).map(figure));
  }
  return counts;
}

function checksFor(
  table: Table,
  column: Column,
  statistics: ColumnStatistics,
  semanticType: string | null,
): readonly Check[] {
  const data = statistics.column;
  const checks: Check[] = [];
  const add = (kind: Check['kind'], condition: string, message: Check['message']): void => {
    const sampled = kind === 'blank' || kind === 'whitespace';
    checks.push({ kind, column: column.name, condition, message, sampled });
  };
  const inKey = table.primaryKey.includes(column.name);
  if ((inKey || !column.nullable) && statistics.nulls > 0) {
    const role = inKey ? 'part of the primary key' : 'declared NOT NULL';
    add(
      inKey ? 'nulls_in_key' : 'nulls_in_required',
      `${data.sql} IS NULL`,
      (rows) => `${column.name} is ${role} and empty in ${rowsText(rows)}`,
    );
  }
  if (data.dataType === 'VARCHAR') {
    add(
      'blank',
      // The cheap test first: trimming every value of a large table takes longer than reading it.
      `starts_with(${data.sql}, ' ') AND trim(${data.sql}) = ''`,
      (rows) => `${column.name} holds only blanks in ${rowsText(rows)}`,
    );
    add(
      'whitespace',
      `(starts_with(${data.sql}, ' ') OR ends_with(${data.sql}, ' ')) AND trim(${data.sql}) <> ''`,
      (rows) => `${column.name} begins or ends with blanks in ${rowsText(rows)}`,
    );
  }
  const bound = column.length;
  if (column.type === 'string' && bound !== null && (statistics.maxLength ?? 0) > bound) {
    add(
      'too_long',
      `length(${data.text}) > ${bound}`,
      (rows) => `${column.name} is longer than its ${bound} characters in ${rowsText(rows)}`,
    );
  }
  for (const check of typeChecks(column, data, semanticType)) add(...check);
  return checks;
}

type TypeCheck = readonly [Check['kind'], string, Check['message']];

function typeChecks(column: Column, data: DataColumn, semanticType: string | null): readonly TypeCheck[] {
  const isDate = column.type === 'date' || column.type === 'timestamp';
  const isText = data.dataType === 'VARCHAR' || data.dataType === 'BIGINT';
  if (isText && (semanticType === 'date_text' || (isDate && data.dataType === 'VARCHAR'))) {
    return [
      ['bad_date', badDate(data), (rows) => `${column.name} holds no valid date in ${rowsText(rows)}`],
      ['bad_date', zeroDate(data), (rows) => `${column.name} holds zeros in place of a date in ${rowsText(rows)}`],
    ];
  }
  const isNumber = column.type === 'integer' || column.type === 'decimal' || column.type === 'float';
  if (!isNumber || data.dataType !== 'VARCHAR') return [];
  const condition = `trim(${data.sql}) <> '' AND TRY_CAST(${data.sql} AS DOUBLE) IS NULL`;
  return [['bad_number', condition, (rows) => `${column.name} holds no number in ${rowsText(rows)}`]];
}

const dateFormats: readonly string[] = [
  '%m/%d/%Y',
  '%d/%m/%Y',
  '%d.%m.%Y',
  '%d-%m-%Y',
  '%m-%d-%Y',
  '%Y/%m/%d',
  '%d-%b-%Y',
  '%d-%b-%y',
  '%m/%d/%y',
  '%d/%m/%Y %H:%M:%S',
  '%m/%d/%Y %H:%M:%S',
];

/** True for 00000000, 0000-00-00 and the like: what old systems write for no date. */
function zeroDate(data: DataColumn): string {
  return `regexp_full_match(${data.text}, '0[0/.: -]*')`;
}

/** True where a filled value is a date in none of the usual ways. */
function badDate(data: DataColumn): string {
  const value = data.text;
  const parsed = dateFormats.map((format) => `try_strptime(${value}, '${format}')`).join(', ');
  const compact = `CASE WHEN length(${value}) = 8 THEN try_strptime(${value}, '%Y%m%d') END`;
  return `trim(${value}) <> '' AND NOT ${zeroDate(data)} AND coalesce(${compact}, TRY_CAST(${value} AS TIMESTAMP), ${parsed}) IS NULL`;
}

/** `1 row`, `12 rows`. */
export function rowsText(rows: number): string {
  return rows === 1 ? '1 row' : `${rows} rows`;
}

/** `tableKey` of a schema's table. */
export function keyOf(table: Table): string {
  return tableKey({ schema: table.schema, table: table.name });
}
