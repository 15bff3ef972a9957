import { describe, expect, it } from 'vitest';
import { createDuckDbRunner } from '../adapters/duckdb/duckdb-runner.ts';
import type { Pipeline, PipelineNode, QualityCheck } from './model.ts';
import { runPipeline } from './run-pipeline.ts';

const rule = { confidence: 0.95, conversion: 'rule_engine' } as const;
const columns = [
  { name: 'ID', type: 'INTEGER' },
  { name: 'CODE', type: 'VARCHAR' },
];
const nodes = (rows: string): readonly PipelineNode[] => [
  {
    ...rule,
    id: 'SRC',
    type: 'source',
    operator: 'source_connector_sql_pushdown',
    columns,
    sql: `SELECT * FROM (VALUES ${rows}) AS v(ID, CODE)`,
  },
  {
    ...rule,
    id: 'OUT',
    type: 'sink',
    operator: 'sink',
    depends_on: [{ node: 'SRC' }],
    config: { table: 'T', mode: 'insert' },
    columns,
    sql: 'SELECT ID, CODE FROM SRC',
  },
];

/** Runs a pipeline over `rows` with the checks given; the target takes codes of digits only. */
async function checked(rows: string, quality: readonly QualityCheck[]) {
  const pipeline: Pipeline = {
    apiVersion: 'dataflow/v1',
    kind: 'Pipeline',
    name: 'p',
    tables: [
      {
        name: 'T',
        role: 'target',
        columns: [
          { name: 'ID', type: 'INTEGER', nullable: false },
          { name: 'CODE', type: 'INTEGER', nullable: true },
        ],
      },
    ],
    nodes: nodes(rows),
    quality,
    metadata: { dialect: 'duckdb', generator: 'test', overall_confidence: 0.95, warnings_count: 0 },
  };
  const session = await createDuckDbRunner().open({ readable: [] });
  try {
    return await runPipeline(pipeline, session);
  } finally {
    await session.close();
  }
}
const outcome = async (rows: string, check: Omit<QualityCheck, 'node'>) => {
  const { quality } = await checked(rows, [{ node: 'OUT', ...check }]);
  const [one] = quality;
  return one === undefined
    ? null
    : { status: one.status, failingRows: one.failingRows, rows: one.sample?.rows ?? null };
};

describe('quality checks of a pipeline', () => {
  it('count the rows against both bounds', async () => {
    const two = "(1, '1'), (2, '2')";
    expect(await outcome(two, { check: 'row_count', min: 1 })).toEqual({
      status: 'passed',
      failingRows: 0,
      rows: null,
    });
    expect(await outcome(two, { check: 'row_count', min: 5 })).toMatchObject({ status: 'failed', failingRows: 3 });
    expect(await outcome(two, { check: 'row_count', max: 1 })).toMatchObject({ status: 'failed', failingRows: 1 });
  });

  it('show the rows whose share of NULL is too large', async () => {
    const rows = "(1, '1'), (2, NULL), (3, '3'), (4, NULL)";
    expect(await outcome(rows, { check: 'null_percentage', max: 50, columns: ['CODE'] })).toMatchObject({
      status: 'passed',
    });
    expect(await outcome(rows, { check: 'null_percentage', max: 49, columns: ['ID', 'CODE'] })).toEqual({
      status: 'failed',
      failingRows: 2,
      rows: [
        [2, null],
        [4, null],
      ],
    });
  });

  it('find copies of a row, or of a key where one is named', async () => {
    const rows = "(1, 'a'), (1, 'b'), (1, 'b'), (NULL, 'c'), (NULL, 'd')";
    expect(await outcome(rows, { check: 'duplicate', max: 0 })).toEqual({
      status: 'failed',
      failingRows: 1,
      rows: [[1, 'b']],
    });
    expect(await outcome(rows, { check: 'duplicate', max: 0, columns: ['ID'] })).toMatchObject({
      status: 'failed',
      failingRows: 2,
    });
    expect(await outcome(rows, { check: 'duplicate', max: 2, columns: ['ID'] })).toMatchObject({ status: 'passed' });
  });

  it('tell of rows that do not fit the table', async () => {
    expect(await outcome("(1, '12'), (2, 'twelve'), (NULL, '3')", { check: 'schema_validation' })).toEqual({
      status: 'failed',
      failingRows: 2,
      rows: [
        [2, 'twelve'],
        [null, '3'],
      ],
    });
    expect(await outcome("(1, '12')", { check: 'schema_validation' })).toMatchObject({ status: 'passed' });
  });

  it('are told of, and fail the run where they say so', async () => {
    const rows = "(1, '1')";
    const check: QualityCheck = { check: 'row_count', node: 'OUT', min: 2 };
    expect((await checked(rows, [check])).status).toBe('passed');
    expect((await checked(rows, [{ ...check, on_failure: 'fail' }])).status).toBe('failed');
  });

  it('are skipped with the reason where there is nothing to check', async () => {
    expect(await outcome("(1, '1')", { check: 'low_confidence_reconciliation' })).toMatchObject({ status: 'skipped' });
    const { quality } = await checked("('x'::INTEGER, '1')", [
      { check: 'row_count', node: 'OUT', min: 1, on_failure: 'fail' },
    ]);
    expect(quality).toMatchObject([{ status: 'skipped', detail: 'The node gave no rows' }]);
  });

  it('that cannot be made count as failed', async () => {
    expect(await outcome("(1, '1')", { check: 'null_percentage', columns: ['NO_SUCH'] })).toMatchObject({
      status: 'failed',
    });
  });
});
