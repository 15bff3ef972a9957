import { readFileSync, writeFileSync } from 'node:fs';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { functionNames } from '../../../src/engine/expr/alteryx/functions/registry.ts';
import { etlTools } from '../../../src/shared/model/etl.ts';
import { goldenLanguages, goldenTranslation } from './golden-languages.ts';

/** Lines `environment TAB expression TAB SQL`, remarks with #. `UPDATE=1` writes the SQL anew, to be reviewed. */
function goldenPairs(tool: (typeof etlTools)[number]): readonly (readonly [string, string, string])[] {
  const file = new URL(`./${tool}.tsv`, import.meta.url);
  const isPair = (line: string): boolean => line !== '' && !line.startsWith('#');
  let lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  if (process.env['UPDATE'] === '1') {
    lines = lines.map((line) => {
      const [environment = '', expression = ''] = line.split('\t');
      return isPair(line) ? `${environment}\t${expression}\t${goldenTranslation(tool, environment, expression).sql}` : line;
    });
    writeFileSync(file, `${lines.join('\n')}\n`);
  }
  return lines.filter(isPair).map((line): readonly [string, string, string] => {
    const [environment = '', expression = '', sql = ''] = line.split('\t');
    return [environment, expression, sql];
  });
}

describe.each(etlTools)('golden expressions of %s', (tool) => {
  const pairs = goldenPairs(tool);
  const supported = pairs.filter(([environment, expression]) => goldenTranslation(tool, environment, expression).unsupported.length === 0);
  const unsupported = pairs.filter((pair) => !supported.includes(pair));
  let connection: DuckDBConnection;

  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(':memory:')).connect();
    for (const statement of goldenLanguages[tool].setUp) await connection.run(statement);
  });

  it('are at least 150', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(150);
  });

  it.each(pairs)('%s: %s has the expected SQL', (environment, expression, sql) => {
    expect(goldenTranslation(tool, environment, expression).sql).toBe(sql);
  });

  it.each(supported)('%s: %s runs in DuckDB', async (environment, expression) => {
    const { sql, rowErrors } = goldenTranslation(tool, environment, expression);
    const rows = await connection.runAndReadAll(`SELECT ${sql} AS result FROM ${environment}`);
    expect(rows.columnCount).toBe(1);
    for (const condition of rowErrors) await connection.runAndReadAll(`SELECT 1 FROM ${environment} WHERE ${condition}`);
  });

  it.each(unsupported)('%s: %s is kept, says so and fails when it is run', async (environment, expression) => {
    const { sql, confidence, warnings } = goldenTranslation(tool, environment, expression);
    expect(confidence).toBeLessThanOrEqual(0.5);
    expect(warnings).not.toEqual([]);
    await connection.run('BEGIN');
    await connection.run(`INSERT INTO ${environment} (${environment === 'open' ? 'a' : 's'}) VALUES ('a')`);
    await expect(connection.runAndReadAll(`SELECT ${sql} AS result FROM ${environment}`)).rejects.toThrow(/Error/);
    await connection.run('ROLLBACK');
  });
});

describe('golden expressions of alteryx', () => {
  it('cover every function that is translated', () => {
    const text = goldenPairs('alteryx')
      .map(([, expression]) => expression.toUpperCase())
      .join('\n');
    expect(functionNames.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
  });
});
