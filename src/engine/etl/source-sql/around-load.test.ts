import { describe, expect, it } from 'vitest';
import { createDuckDbRunner } from '../../adapters/duckdb/duckdb-runner.ts';
import type { Pipeline, PipelineNode, PipelineTable } from '../../dataflow/model.ts';
import { scriptPieces } from '../../dataflow/print-script.ts';
import { runPipeline, type PipelineRun } from '../../dataflow/run-pipeline.ts';
import { validatePipeline } from '../../dataflow/validate-pipeline.ts';
import { amongTables, aroundLoad, type AroundLoad } from './around-load.ts';

const tables: readonly PipelineTable[] = [
  { name: 'T', role: 'target', columns: [{ name: 'id', type: 'INTEGER', nullable: true }] },
];

function around(before: string, after: string | null = null) {
  const doubts: string[] = [];
  const found = aroundLoad(
    { doubt: (message) => doubts.push(message), note: () => {}, macro: () => {} },
    {
      texts: [
        { name: 'Pre SQL', when: 'before', text: before },
        { name: 'Post SQL', when: 'after', text: after },
      ],
      connector: 'oracle',
      resolve: amongTables(tables),
      confidence: 0.8,
    },
  );
  return { found, doubts };
}

const pipelineOf = (statements: AroundLoad): Pipeline => {
  const node: PipelineNode = {
    id: 'W',
    type: 'sink',
    operator: 'sink',
    config: { table: 'T', mode: 'insert' },
    columns: tables[0]?.columns ?? [],
    sql: 'SELECT CAST(count(*) + 10 AS INTEGER) AS id FROM tgt.T',
    confidence: 1,
    conversion: 'rule_engine',
    ...statements,
  };
  return {
    apiVersion: 'dataflow/v1',
    kind: 'Pipeline',
    name: 'p',
    tables,
    nodes: [node],
    metadata: { dialect: 'duckdb', generator: 'test', overall_confidence: 1, warnings_count: 0 },
  };
};

async function run(statements: AroundLoad): Promise<{ readonly run: PipelineRun; readonly ids: readonly unknown[] }> {
  const session = await createDuckDbRunner().open({ readable: [] });
  try {
    const done = await runPipeline(pipelineOf(statements), session);
    return { run: done, ids: (await session.query('SELECT id FROM tgt.T ORDER BY id')).rows.map(([id]) => id) };
  } finally {
    await session.close();
  }
}

describe('SQL around a load', () => {
  it('runs before and after the load', async () => {
    const { found, doubts } = around(
      'INSERT INTO own.T VALUES (1); INSERT INTO T VALUES (2);',
      'DELETE FROM T WHERE id = 1',
    );
    expect(doubts).toEqual([]);
    expect(await run(found)).toMatchObject({ run: { status: 'passed' }, ids: [2, 12] });
    expect([...scriptPieces(pipelineOf(found))].join('')).toMatch(
      /INSERT INTO tgt\.T VALUES \(1\);[\s\S]*DELETE FROM tgt\.T WHERE id = 1;/,
    );
  });

  it('is kept and not run where it cannot be translated', () => {
    const { found, doubts } = around('TRUNCATE TABLE Elsewhere', 'CALL done()');
    expect(found).toEqual({});
    expect(doubts).toEqual([
      'Pre SQL is kept in the configuration and is not run: it uses the table Elsewhere, which is not known here',
      'Post SQL is kept in the configuration and is not run: it runs the procedure done, whose code is in the database',
    ]);
  });

  it('fails its node where the database refuses it, and nothing is loaded', async () => {
    const { run: failed, ids } = await run({ before: [{ sql: 'DELETE FROM tgt.T WHERE nothing = 1' }] });
    expect(failed.status).toBe('failed');
    expect(failed.nodes[0]?.error).toContain('SQL before the load');
    expect(ids).toEqual([]);
  });

  it('may not reach outside the tables', () => {
    const problems = validatePipeline(
      pipelineOf({ after: [{ sql: "COPY tgt.T TO 'x.csv'" }, { sql: "SELECT * FROM 'x.csv'" }] }),
    );
    expect(problems.filter((one) => one.severity === 'error')).toHaveLength(2);
  });
});
