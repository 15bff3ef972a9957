import { readFileSync, writeFileSync } from 'node:fs';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { macroNames, macroSql } from '../../../src/engine/expr/duckdb-macros.ts';
import { parseSsisExpression } from '../../../src/engine/expr/ssis/parse.ts';
import { toDuckDb } from '../../../src/engine/expr/ssis/to-duckdb.ts';
import type { Translation } from '../../../src/engine/expr/translation.ts';
import { ssisOpen, ssisTables, ssisTyped } from './ssis-environment.ts';

/** Lines `environment TAB expression TAB SQL`; `UPDATE=1` writes the SQL anew. */
const file = new URL('./ssis.tsv', import.meta.url);

function translated(environment: string, expression: string): Translation {
  const parsed = parseSsisExpression(expression);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return toDuckDb(parsed.ast, environment === 'open' ? ssisOpen : ssisTyped);
}

const readLines = (): readonly string[] => readFileSync(file, 'utf8').trimEnd().split('\n');

if (process.env['UPDATE'] === '1') {
  const written = readLines().map((line) => {
    const [environment = '', expression = ''] = line.split('\t');
    return line.startsWith('#') ? line : `${environment}\t${expression}\t${translated(environment, expression).sql}`;
  });
  writeFileSync(file, `${written.join('\n')}\n`);
}

const cases = readLines()
  .filter((line) => !line.startsWith('#'))
  .map((line) => line.split('\t'));

describe('golden SSIS expressions', () => {
  let connection: DuckDBConnection;

  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(macroSql(macroNames));
    for (const statement of ssisTables) await connection.run(statement);
  });

  it('are at least 150', () => {
    expect(cases.length).toBeGreaterThanOrEqual(150);
  });

  const supported = cases.filter(([environment = '', expression = '']) => translated(environment, expression).unsupported.length === 0);
  const unsupported = cases.filter((line) => !supported.includes(line));

  it.each(cases)('%s: %s has the expected SQL', (environment = '', expression = '', sql = '') => {
    expect(translated(environment, expression).sql).toBe(sql);
  });

  it.each(supported)('%s: %s runs in DuckDB', async (environment = '', expression = '') => {
    const { sql, rowErrors } = translated(environment, expression);
    const rows = await connection.runAndReadAll(`SELECT ${sql} AS result FROM ${environment}`);
    expect(rows.columnCount).toBe(1);
    for (const condition of rowErrors) await connection.runAndReadAll(`SELECT 1 FROM ${environment} WHERE ${condition}`);
  });

  it.each(unsupported)('%s: %s is passed through, says so and fails when it is run', async (environment = '', expression = '') => {
    const { sql, confidence, warnings } = translated(environment, expression);
    expect(confidence).toBeLessThanOrEqual(0.5);
    expect(warnings).not.toEqual([]);
    await expect(connection.runAndReadAll(`SELECT ${sql} AS result FROM ${environment}`)).rejects.toThrow(/Error/);
  });
});
