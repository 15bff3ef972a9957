import { readFileSync, writeFileSync } from 'node:fs';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { functionNames } from '../../../src/engine/expr/alteryx/functions/registry.ts';
import { parseAlteryx } from '../../../src/engine/expr/alteryx/parse.ts';
import { toDuckDb, type TypedTranslation } from '../../../src/engine/expr/alteryx/to-duckdb.ts';
import { openAlteryxEnvironment } from '../../../src/engine/expr/alteryx/environment.ts';
import { openTable, typedEnvironment, typedTable } from './alteryx-environment.ts';

/** Lines `environment TAB expression TAB SQL`; `UPDATE=1` writes the SQL anew. */
const file = new URL('./alteryx.tsv', import.meta.url);

function translated(environment: string, expression: string): TypedTranslation {
  const parsed = parseAlteryx(expression);
  if (!parsed.ok) throw new Error(`${expression}: ${parsed.error.message}`);
  return toDuckDb(parsed.ast, environment === 'open' ? openAlteryxEnvironment : typedEnvironment);
}

const readLines = (): readonly string[] => readFileSync(file, 'utf8').trimEnd().split('\n');

if (process.env['UPDATE'] === '1') {
  const lines = readLines().map((line) => {
    const [environment = '', expression = ''] = line.split('\t');
    return line.startsWith('#') || line === '' ? line : `${environment}\t${expression}\t${translated(environment, expression).sql}`;
  });
  writeFileSync(file, `${lines.join('\n')}\n`);
}

const pairs = readLines()
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t'))
  .map(([environment = '', expression = '', sql = '']) => ({ environment, expression, sql }));

describe('golden pairs of Alteryx expressions', () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(openTable);
    await connection.run(typedTable);
  });

  it.each(pairs)('$environment: $expression', async ({ environment, expression, sql }) => {
    expect(translated(environment, expression).sql).toBe(sql);
    await connection.run(`PREPARE golden AS SELECT ${sql} FROM ${environment}`);
  });

  it('covers every function that is translated', () => {
    const text = pairs.map((pair) => pair.expression.toUpperCase()).join('\n');
    expect(functionNames.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
  });
});
