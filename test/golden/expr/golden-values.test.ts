import { readFileSync } from 'node:fs';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { quoteLiteral } from '../../../src/engine/core/text.ts';
import { etlTools } from '../../../src/shared/model/etl.ts';
import { goldenLanguages, goldenTranslation, type Macros } from './golden-languages.ts';

type Row = Record<string, string | number | boolean | null>;

/** Lines `columns as JSON TAB expression TAB value as JSON`, or ERROR where the tool refuses the row; remarks with #. */
function cases(tool: string): readonly (readonly string[])[] {
  return readFileSync(new URL(`./${tool}-values.tsv`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.split('\t'));
}

/** Alteryx has no macros. */
const variants = etlTools.flatMap((tool) =>
  (tool === 'alteryx' ? (['call'] as const) : (['call', 'inline'] as const)).map((macros: Macros) => ({ tool, macros })),
);

describe.each(variants)('values of $tool expressions with macros as $macros', ({ tool, macros }) => {
  const { columns, setUp } = goldenLanguages[tool];
  let connection: DuckDBConnection;

  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(':memory:')).connect();
    for (const statement of setUp)
      if (macros === 'call' || !statement.startsWith('CREATE')) await connection.run(statement);
  });

  /** A relation of one row with every column, NULL where the row has none. */
  function relation(row: Row): string {
    const values = columns.map(([name, type]) => {
      const value = row[name] ?? null;
      return `CAST(${value === null ? 'NULL' : quoteLiteral(String(value))} AS ${type}) AS "${name}"`;
    });
    return `(SELECT ${values.join(', ')})`;
  }

  const single = async (sql: string): Promise<unknown> => (await connection.runAndReadAll(sql)).getRowsJson()[0]?.[0];

  it('are at least 150', () => {
    expect(cases(tool).length).toBeGreaterThanOrEqual(150);
  });

  it.each(cases(tool))('%s: %s is %s', async (inputs = '{}', expression = '', expected = '') => {
    const { sql, rowErrors, confidence } = goldenTranslation(tool, 'typed', expression, macros);
    expect(confidence).toBeGreaterThan(0.5);
    const from = relation(JSON.parse(inputs) as Row);
    const errors = rowErrors.map((condition) => `coalesce(${condition}, FALSE)`).join(' OR ') || 'FALSE';
    expect(await single(`SELECT ${errors} FROM ${from}`)).toBe(expected === 'ERROR');
    if (expected === 'ERROR') return;
    expect(await single(`SELECT CAST(${sql} AS VARCHAR) FROM ${from}`)).toBe(JSON.parse(expected));
  });
});
