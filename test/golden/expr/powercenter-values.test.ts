import { readFileSync } from 'node:fs';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { quoteLiteral } from '../../../src/engine/core/text.ts';
import { macroNames, macroSql } from '../../../src/engine/expr/duckdb-macros.ts';
import { parsePowerCenter } from '../../../src/engine/expr/powercenter/parse.ts';
import { toDuckDb } from '../../../src/engine/expr/powercenter/to-duckdb.ts';
import { columnTypes, typedEnvironment } from './typed-environment.ts';

type Row = Record<string, string | number | null>;

const cases = readFileSync(new URL('./powercenter-values.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .filter((line) => !line.startsWith('#'))
  .map((line) => line.split('\t'));

/** A relation of one row with every column, NULL where the row has none. */
function relation(row: Row): string {
  const columns = columnTypes.map(([name, sqlType]) => {
    const value = row[name] ?? null;
    return `CAST(${value === null ? 'NULL' : quoteLiteral(String(value))} AS ${sqlType}) AS ${name}`;
  });
  return `(SELECT ${columns.join(', ')})`;
}

describe.each(['call', 'inline'] as const)('values of PowerCenter expressions with macros as %s', (macros) => {
  let connection: DuckDBConnection;

  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(':memory:')).connect();
    if (macros === 'call') await connection.run(macroSql(macroNames));
    await connection.run("SET VARIABLE run_ts = TIMESTAMP '2024-05-06 07:08:09'");
  });

  const single = async (sql: string): Promise<unknown> => (await connection.runAndReadAll(sql)).getRowsJson()[0]?.[0];

  it('are at least 150', () => {
    expect(cases.length).toBeGreaterThanOrEqual(150);
  });

  it.each(cases)('%s: %s is %s', async (inputs = '{}', expression = '', expected = '') => {
    const parsed = parsePowerCenter(expression);
    if (!parsed.ok) throw new Error(parsed.error.message);
    const env = { ...typedEnvironment, settings: { ...typedEnvironment.settings, macros } };
    const { sql, rowErrors } = toDuckDb(parsed.ast, env);
    const from = relation(JSON.parse(inputs) as Row);
    const errors = rowErrors.map((condition) => `coalesce(${condition}, FALSE)`).join(' OR ') || 'FALSE';
    expect(await single(`SELECT ${errors} FROM ${from}`)).toBe(expected === 'REJECT');
    if (expected === 'REJECT') return;
    expect(await single(`SELECT CAST(${sql} AS VARCHAR) FROM ${from}`)).toBe(JSON.parse(expected));
  });
});
