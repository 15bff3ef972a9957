import { readFileSync } from 'node:fs';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { quoteLiteral } from '../../../src/engine/core/text.ts';
import { parseAlteryx } from '../../../src/engine/expr/alteryx/parse.ts';
import { toDuckDb } from '../../../src/engine/expr/alteryx/to-duckdb.ts';
import { columnTypes, typedEnvironment } from './alteryx-environment.ts';

type Row = Record<string, string | number | boolean | null>;

const cases = readFileSync(new URL('./alteryx-values.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .filter((line) => !line.startsWith('#'))
  .map((line) => line.split('\t'))
  .map(([row = '{}', expression = '', expected = '']) => ({ row, expression, expected }));

/** A relation of one row with every field, NULL where the row has none. */
function relation(row: Row): string {
  const columns = columnTypes.map(([name, , type]) => {
    const value = row[name] ?? null;
    return `CAST(${value === null ? 'NULL' : quoteLiteral(String(value))} AS ${type}) AS ${name}`;
  });
  return `(SELECT ${columns.join(', ')})`;
}

describe('values of Alteryx expressions in DuckDB', () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run("SET VARIABLE run_ts = TIMESTAMP '2024-05-06 07:08:09'");
  });

  it('are at least 150', () => {
    expect(cases.length).toBeGreaterThanOrEqual(150);
  });

  it.each(cases)('$expression over $row is $expected', async ({ row, expression, expected }) => {
    const parsed = parseAlteryx(expression);
    if (!parsed.ok) throw new Error(parsed.error.message);
    const { sql } = toDuckDb(parsed.ast, typedEnvironment);
    const result = await connection.runAndReadAll(
      `SELECT CAST(value AS VARCHAR) FROM (SELECT ${sql} AS value FROM ${relation(JSON.parse(row) as Row)})`,
    );
    expect(result.getRows()[0]?.[0] ?? null).toBe(JSON.parse(expected));
  });
});
