import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDuckDbRunner } from '../adapters/duckdb/duckdb-runner.ts';
import { nodeDataFiles } from '../adapters/duckdb/node-data-files.ts';
import type { Pipeline, PipelineNode } from '../dataflow/model.ts';
import { executePipeline } from './execute-job.ts';
import { type GivenData, givenFiles } from './given-files.ts';

const sql = createDuckDbRunner();
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-execute-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function given(table: string, content: string, prefix?: string): Promise<GivenData> {
  const path = join(folder, `${prefix ?? 'in'}-${table}.csv`);
  await writeFile(path, content);
  const file = await nodeDataFiles.prepare(path, `${table}.csv`);
  return givenFiles(new Map([[table.toLowerCase(), { file, format: 'csv', fillsTargets: true }]]), prefix);
}

const rule = { confidence: 0.95, conversion: 'rule_engine' } as const;
const source: PipelineNode = {
  ...rule,
  id: 'SQ',
  type: 'source',
  operator: 'source_connector_sql_pushdown',
  columns: [
    { name: 'ID', type: 'INTEGER' },
    { name: 'AMT', type: 'DECIMAL(9,2)' },
  ],
  sql: 'SELECT ID, AMT FROM src.ORDERS',
};
const double: PipelineNode = {
  ...rule,
  id: 'EXP',
  type: 'transform',
  operator: 'sql_expression',
  depends_on: [{ node: 'SQ' }],
  sql: 'SELECT ID, AMT * 2 AS AMT FROM SQ',
};
const sink: PipelineNode = {
  ...rule,
  id: 'T',
  type: 'sink',
  operator: 'sink',
  depends_on: [{ node: 'EXP' }],
  config: { table: 'DOUBLED', mode: 'insert' },
  columns: [
    { name: 'ID', type: 'INTEGER' },
    { name: 'AMT', type: 'DECIMAL(9,2)' },
  ],
  sql: 'SELECT ID, AMT FROM EXP',
};
const columns = [
  { name: 'ID', type: 'INTEGER', nullable: false },
  { name: 'AMT', type: 'DECIMAL(9,2)', nullable: true },
];
const pipelineOf = (nodes: readonly PipelineNode[], tool = 'powercenter'): Pipeline => ({
  apiVersion: 'dataflow/v1',
  kind: 'Pipeline',
  name: 'p',
  origin: { tool, file: 'a.xml', object: 'p' },
  tables: [
    { name: 'ORDERS', role: 'source', columns, key: ['ID'] },
    { name: 'DOUBLED', role: 'target', columns, key: ['ID'] },
  ],
  nodes,
  metadata: { dialect: 'duckdb', generator: 'test', overall_confidence: 0.95, warnings_count: 0 },
});
const run = (nodes: readonly PipelineNode[], more = {}, tool?: string) =>
  executePipeline(pipelineOf(nodes, tool), sql, { generate: 0, ...more });

describe('executing a pipeline', () => {
  it('compares a target with expected rows whatever their order, reading numbers as the column does', async () => {
    const { comparisons } = await run([source, double, sink], {
      data: await given('ORDERS', 'ID,AMT\n1,1.5\n2,2\n3,\n'),
      expected: await given('DOUBLED', 'amt,id\n4.0,2\n,3\n3,1\n', 'expect'),
    });
    expect(comparisons).toMatchObject([{ name: 'DOUBLED', equal: true, expectedRows: 3, actualRows: 3 }]);
  });

  it('says which value of which key differs, and which rows are missing or unexpected', async () => {
    const { comparisons } = await run([source, double, sink], {
      data: await given('ORDERS', 'ID,AMT\n1,1.5\n2,2\n3,4\n'),
      expected: await given('DOUBLED', 'ID,AMT\n1,3\n2,5\n9,1\n', 'expect'),
    });
    expect(comparisons).toMatchObject([
      {
        equal: false,
        missing: {
          count: 2,
          first: [
            ['2', '5.00'],
            ['9', '1.00'],
          ],
        },
        unexpected: {
          count: 2,
          first: [
            ['2', '4.00'],
            ['3', '8.00'],
          ],
        },
        changed: [{ key: ['2'], differences: [{ column: 'AMT', expected: '5.00', actual: '4.00' }] }],
      },
    ]);
  });

  it('counts equal rows: one row too many is a difference', async () => {
    const { comparisons } = await run([source, double, sink], {
      data: await given('ORDERS', 'ID,AMT\n1,1\n1,1\n'),
      expected: await given('DOUBLED', 'ID,AMT\n1,2\n', 'expect'),
    });
    expect(comparisons).toMatchObject([{ equal: false, missing: { count: 0 }, unexpected: { count: 1 } }]);
  });

  it('an expected value that the column cannot hold is a difference and not NULL', async () => {
    const { comparisons } = await run([source, double, sink], {
      data: await given('ORDERS', 'ID,AMT\n1,\n'),
      expected: await given('DOUBLED', 'ID,AMT\n1,many\n', 'expect'),
    });
    expect(comparisons).toMatchObject([{ equal: false, missing: { first: [['1', 'many']] } }]);
  });

  it('takes numbers within the tolerance for equal, row by row, and tells of columns that nothing is expected of', async () => {
    const rows = { data: await given('ORDERS', 'ID,AMT\n1,1.5\n2,2\n3,2\n') };
    const near = { expected: await given('DOUBLED', 'ID,AMT\n1,3.01\n2,4\n3,4.5\n', 'near') };
    const exactly = (await run([source, double, sink], { ...rows, ...near })).comparisons;
    expect(exactly).toMatchObject([{ equal: false, missing: { count: 2 }, uncompared: [] }]);
    const nearly = (await run([source, double, sink], { ...rows, ...near, tolerance: 0.01 })).comparisons;
    expect(nearly).toMatchObject([{ equal: false, missing: { count: 1, first: [['3', '4.50']] } }]);
    const amounts = { expected: await given('DOUBLED', 'AMT\n4.01\n3\n4\n', 'amounts') };
    const part = (await run([source, double, sink], { ...rows, ...amounts, tolerance: 0.02 })).comparisons;
    expect(part).toMatchObject([{ equal: true, columns: ['AMT'], uncompared: ['ID'] }]);
  });

  it('floats are equal to twelve digits, however large they are', async () => {
    const floats: PipelineNode = { ...source, sql: 'SELECT ID, (AMT * 1e9 + 0.1 + 0.2) AS AMT FROM src.ORDERS' };
    const pipeline = pipelineOf([floats, { ...sink, depends_on: [{ node: 'SQ' }], sql: 'SELECT ID, AMT FROM SQ' }]);
    const wide = columns.map((one) => (one.name === 'AMT' ? { ...one, type: 'DOUBLE' } : one));
    const tables = pipeline.tables?.map((one) => (one.role === 'target' ? { ...one, columns: wide } : one)) ?? [];
    const { comparisons } = await executePipeline({ ...pipeline, tables }, sql, {
      generate: 0,
      data: await given('ORDERS', 'ID,AMT\n1,3\n2,4\n'),
      expected: await given('DOUBLED', 'ID,AMT\n1,3000000000.3\n2,4000000000.4\n', 'floats'),
    });
    expect(comparisons).toMatchObject([{ missing: { count: 1, first: [['2', '4000000000.4']] } }]);
  });

  it('empties a target once before the load, although two sinks write it', async () => {
    const emptying = { ...sink, config: { table: 'DOUBLED', mode: 'insert', truncate: true } };
    const second: PipelineNode = {
      ...emptying,
      id: 'T2',
      depends_on: [{ node: 'SQ' }],
      sql: 'SELECT ID + 10 AS ID, AMT FROM SQ',
    };
    const before = await given('ORDERS', 'ID,AMT\n1,1\n');
    const there = await given('DOUBLED', 'ID,AMT\n7,7\n8,8\n', 'there');
    const data: GivenData = {
      readable: [...before.readable, ...there.readable],
      tables: ['orders', 'doubled'],
      load: async (session, tables) =>
        new Map([...(await before.load(session, tables)), ...(await there.load(session, tables))]),
    };
    const expected = await given('DOUBLED', 'ID,AMT\n1,2\n11,1\n', 'emptied');
    const both = await run([source, double, emptying, second], { data, expected });
    expect(both.comparisons).toMatchObject([{ equal: true, actualRows: 2 }]);
    const kept = await run([source, double, sink], { data, expected });
    expect(kept.comparisons).toMatchObject([{ equal: false, actualRows: 3 }]);
  });

  it('fails where an expression node loses rows, and names the law', async () => {
    const losing = { ...double, sql: 'SELECT SQ.ID, AMT FROM SQ JOIN range(6, 100) r(n) ON SQ.ID = r.n' };
    const { run: result } = await run([source, losing, sink], { generate: 20 });
    expect(result?.status).toBe('failed');
    expect(result?.brokenLaws).toEqual([{ node: 'EXP', message: '20 rows went in and 15 came out of EXP' }]);
  });

  it.each([
    ['ssis', [{ node: 'SPLIT', message: '20 rows went in and the outputs together have 19' }]],
    ['powercenter', []],
  ])('a split of %s sends each row one way', async (tool, broken) => {
    const split: PipelineNode = {
      ...rule,
      id: 'SPLIT',
      type: 'transform',
      operator: 'conditional_branch',
      depends_on: [{ node: 'SQ' }],
      outputs: [
        { name: 'low', columns: [], sql: 'SELECT * FROM SQ WHERE ID < 10' },
        { name: 'high', columns: [], sql: 'SELECT * FROM SQ WHERE ID > 10' },
      ],
    };
    expect((await run([source, split], { generate: 20 }, tool)).run?.brokenLaws).toEqual(broken);
  });

  it('every left row of a join is joined or beside it', async () => {
    const join: PipelineNode = {
      ...rule,
      id: 'J',
      type: 'transform',
      operator: 'sql_join',
      depends_on: [{ node: 'SQ' }, { node: 'EXP' }],
      outputs: [
        { name: 'Left', columns: [], sql: 'SELECT * FROM SQ WHERE ID > 15' },
        { name: 'Join', columns: [], sql: 'SELECT SQ.ID FROM SQ JOIN EXP ON SQ.ID = EXP.ID AND SQ.ID <= 12' },
        { name: 'Right', columns: [], sql: 'SELECT * FROM EXP WHERE ID > 12' },
      ],
    };
    expect((await run([source, double, join], { generate: 20 }, 'alteryx')).run?.brokenLaws).toEqual([
      { node: 'J', message: '3 rows of the left are neither joined nor unmatched' },
    ]);
  });

  it('a node that is not converted fails closed together with what depends on it', async () => {
    const kept: PipelineNode = {
      id: 'EXP',
      type: 'transform',
      operator: 'unsupported',
      depends_on: [{ node: 'SQ' }],
      confidence: 0,
      conversion: 'unsupported',
      original: 'Java code',
    };
    const { run: result } = await run([source, kept, sink], { generate: 5 });
    expect(result?.nodes).toMatchObject([
      { id: 'SQ', rows: 5, error: null },
      { id: 'EXP', rows: null, error: 'not converted (unsupported): it has to be written by hand' },
      { id: 'T', rows: null, error: 'not run, because EXP failed' },
    ]);
  });

  it('can be cancelled while a statement runs', async () => {
    const controller = new AbortController();
    const endless = { ...double, sql: 'SELECT sum(a.i * b.i) AS AMT FROM range(10000000) a(i), range(10000000) b(i)' };
    const done = run([source, endless], { generate: 5, signal: controller.signal });
    setTimeout(() => controller.abort(), 200);
    await expect(done).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('a node that needs more memory than it may have fails alone and says so', async () => {
    const big = {
      ...double,
      sql: "SELECT list(repeat('x', 1000) || i) AS AMT FROM range(2000000) r(i)",
    };
    const { run: result } = await run([source, big], { generate: 5, memoryLimit: '64MB' });
    expect(result?.nodes.at(-1)?.error).toContain('needs more memory');
  });
});
