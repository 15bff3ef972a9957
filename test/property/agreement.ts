/** What an interpreter of a source tool gives, beside what the translated SQL gives, for generated rows. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { expect } from 'vitest';

/** Rows an expression is evaluated on; `PORTOLAN_ROWS=10000` for the long run. */
export const rowCount = Number(process.env['PORTOLAN_ROWS'] ?? 300);

type Comparable = null | string | boolean | number | bigint | { readonly micros: bigint };

export type Outcome =
  | { readonly outcome: 'value'; readonly value: Comparable }
  | { readonly outcome: 'rejected' | 'not_interpreted' };

/** One text for equal values: numbers to twelve digits, dates as microseconds, Booleans as numbers. */
function textOf(value: Comparable): string {
  if (value === null) return 'NULL';
  if (typeof value === 'object') return `date ${value.micros}`;
  return typeof value === 'string' ? `text ${value}` : `number ${Number(Number(value).toPrecision(12)) || 0}`;
}

function readValue(type: unknown, value: unknown, bad: unknown): string {
  if (bad === true) return 'REJECTED';
  if (value === null || value === undefined) return 'NULL';
  const text = value as string;
  if (type === 'TIMESTAMP' || type === 'DATE') return `date ${text}`;
  if (type === 'VARCHAR') return `text ${text}`;
  return textOf(type === 'BOOLEAN' ? text === 'true' : Number(text));
}

export interface Translated {
  readonly sql: string;
  readonly rowErrors: readonly string[];
}

/** The values of the SQL for the rows `from` to `to` of the table `input`; a row that ends the query is a rejected one. */
async function sqlValues(
  connection: DuckDBConnection,
  translated: Translated,
  [from, to]: readonly [number, number],
): Promise<readonly string[]> {
  const rejected = translated.rowErrors.map((condition) => `coalesce(${condition}, FALSE)`).join(' OR ') || 'FALSE';
  try {
    const reader = await connection.runAndReadAll(
      `SELECT typeof(r), CASE WHEN typeof(r) IN ('TIMESTAMP', 'DATE') THEN CAST(epoch_us(TRY_CAST(CAST(r AS VARCHAR) AS TIMESTAMP)) AS VARCHAR) ELSE CAST(r AS VARCHAR) END, bad
       FROM (SELECT n, CASE WHEN NOT (${rejected}) THEN ${translated.sql} END AS r, ${rejected} AS bad FROM input WHERE n BETWEEN ${from} AND ${to}) ORDER BY n`,
    );
    return reader.getRows().map(([type, value, bad]) => readValue(type, value, bad));
  } catch (thrown) {
    if (from === to) return ['REJECTED'];
    if (/Parser Error|Binder Error|Catalog Error/.test(String(thrown))) throw thrown;
    const middle = Math.floor((from + to) / 2);
    return [
      ...(await sqlValues(connection, translated, [from, middle])),
      ...(await sqlValues(connection, translated, [middle + 1, to])),
    ];
  }
}

/** Expects both to agree on every row that the interpreter has an answer for, and such answers for most rows. */
export async function expectAgreement(
  connection: DuckDBConnection,
  translated: Translated,
  rows: readonly unknown[],
  results: readonly Outcome[],
): Promise<void> {
  const actual = await sqlValues(connection, translated, [1, rows.length]);
  const differing = results.flatMap((result, index) => {
    if (result.outcome === 'not_interpreted') return [];
    const wanted = result.outcome === 'value' ? textOf(result.value) : 'REJECTED';
    return actual[index] === wanted ? [] : [{ row: rows[index], duckdb: actual[index], interpreter: wanted }];
  });
  expect(differing.slice(0, 3)).toEqual([]);
  expect(results.filter((result) => result.outcome !== 'not_interpreted').length).toBeGreaterThan(rows.length * 0.5);
}
