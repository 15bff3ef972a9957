import { describe, expect, it } from 'vitest';
import { createDuckDbRunner } from '../adapters/duckdb/duckdb-runner.ts';
import { readDdl } from '../readers/ddl/index.ts';
import { columnProfile, tableProfile } from '../../../test/support/builders.ts';
import { previewExpression } from './preview-expression.ts';

const [table] = readDdl('CREATE TABLE METER (READ_DT VARCHAR(10), KWH INTEGER);', { file: 'a.sql' }).tables;
const [target] = readDdl('CREATE TABLE meter (read_on DATE, kwh INTEGER);', { file: 'b.sql' }).tables[0]?.columns ?? [];

const profile = tableProfile(
  'METER',
  [columnProfile('READ_DT'), columnProfile('KWH')],
  [
    ['2024-02-29', '12'],
    ['2024-02-30', '13'],
    [null, '14'],
  ],
);

const preview = (expression: string) =>
  previewExpression(
    { table: table!, profile, columns: ['READ_DT'], expression, target: target! },
    createDuckDbRunner(),
  );

describe('previewExpression', () => {
  it('shows what each sampled value becomes, and counts the values that the target cannot take', async () => {
    expect(await preview('"READ_DT"')).toEqual({
      rows: [
        { in: ['2024-02-29'], out: '2024-02-29' },
        { in: ['2024-02-30'], out: null },
        { in: [null], out: null },
      ],
      failures: 1,
      tested: 3,
      error: null,
    });
  });

  it('says why an expression cannot be run, without the statement that it was wrapped in', async () => {
    const { rows, error } = await preview('no_such_function("READ_DT")');
    expect(rows).toEqual([]);
    expect(error).toContain('no_such_function does not exist');
    expect(error).not.toMatch(/LINE|TRY_CAST|FROM sample/);
  });
});
