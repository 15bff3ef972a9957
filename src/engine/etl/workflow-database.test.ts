import { describe, expect, it } from 'vitest';
import { createDuckDbRunner } from '../adapters/duckdb/duckdb-runner.ts';
import type { Pipeline, PipelineTable, TaskStatement } from '../dataflow/model.ts';
import type { ExecuteOptions } from './execute-job.ts';
import type { GivenData } from './given-files.ts';
import { WorkflowDatabase } from './workflow-database.ts';

const metadata = { dialect: 'duckdb', generator: 'test', overall_confidence: 1, warnings_count: 0 };
const rule = { confidence: 1, conversion: 'rule_engine' } as const;
const table = (name: string, role: 'source' | 'target', more: Partial<PipelineTable> = {}): PipelineTable => ({
  name,
  role,
  columns: [
    { name: 'id', type: 'INTEGER', nullable: true },
    { name: 'v', type: 'VARCHAR', nullable: true },
  ],
  ...more,
});

/** Copies one table to another, counting the rows. */
const copy = (from: PipelineTable, to: PipelineTable, sql = 'SELECT id, v FROM'): Pipeline => ({
  apiVersion: 'dataflow/v1',
  kind: 'Pipeline',
  name: `${from.name} to ${to.name}`,
  parameters: [{ name: 'User::Rows', type: 'Int32' }],
  tables: [from, to],
  nodes: [
    { id: 'R', type: 'source', operator: 'source_connector_sql_pushdown', sql: `${sql} src.${from.name}`, ...rule },
    {
      id: 'C',
      type: 'transform',
      operator: 'sql_expression',
      config: { row_count_variable: 'User::Rows' },
      depends_on: [{ node: 'R' }],
      sql: 'SELECT * FROM R',
      ...rule,
    },
    {
      id: 'W',
      type: 'sink',
      operator: 'sink',
      config: { table: to.name, mode: 'insert' },
      depends_on: [{ node: 'C' }],
      columns: to.columns,
      sql: 'SELECT id, v FROM C',
      ...rule,
    },
  ],
  metadata,
});

async function within<T>(
  pipelines: readonly Pipeline[],
  work: (database: WorkflowDatabase) => Promise<T>,
  options: Partial<ExecuteOptions> = {},
): Promise<T> {
  const database = await WorkflowDatabase.open(createDuckDbRunner(), pipelines, { generate: 20, ...options });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
const statement = (sql: string, more: Partial<TaskStatement> = {}): readonly TaskStatement[] => [{ sql, ...more }];
const one: GivenData = {
  readable: [],
  tables: ['a'],
  async load(session, tables) {
    if (tables[0]?.name !== 'A') return new Map();
    await session.run("CREATE OR REPLACE TABLE given_a AS SELECT '7' AS id, 'seven' AS v");
    return new Map([['a', { file: 'a.csv', relation: 'given_a', notes: [] }]]);
  },
};
const [a, b, c] = [table('A', 'source'), table('B', 'target'), table('C', 'target')];
const load = copy(a, b);
const next = copy(table('B', 'source'), c);

describe('the database of a workflow', () => {
  it('lets a later pipeline read what an earlier one wrote', async () => {
    await within([load, next], async (database) => {
      const first = await database.pipeline(load);
      expect(first.error).toBeNull();
      expect(await database.holds("(SELECT count(*) FROM tgt.B) = 20 AND getvariable('User::Rows') = 20")).toBe(true);
      await database.statements(statement('DELETE FROM tgt.B WHERE id <> (SELECT min(id) FROM tgt.B)'));
      await database.pipeline(next);
      expect(await database.holds('(SELECT count(*) FROM tgt.C) = (SELECT count(*) FROM tgt.B)')).toBe(true);
    });
  });

  it('gives the types to a source that its own pipeline says', async () => {
    const text = table('B', 'source', {
      columns: [
        { name: 'id', type: 'VARCHAR', nullable: true },
        { name: 'v', type: 'INTEGER', nullable: true },
        { name: 'later', type: 'DATE', nullable: true },
      ],
    });
    const odd = copy(text, c, "SELECT CASE WHEN v IS NULL AND later IS NULL THEN length(id) END AS id, 'x' AS v FROM");
    await within(
      [load, odd],
      async (database) => {
        await database.pipeline(load);
        const { run, error } = await database.pipeline(odd);
        expect(error ?? run?.nodes.map((node) => node.error)).toEqual([null, null, null]);
      },
      { data: one },
    );
  });

  it('keeps a source apart that is known to be another table of the same name', async () => {
    const far = copy(table('B', 'source', { connection: 'CRM' }), table('B', 'target', { connection: 'DWH' }));
    await within([far], async (database) => {
      await database.pipeline(far);
      await database.pipeline(far);
      expect(await database.holds('(SELECT count(*) FROM tgt.B) = 40')).toBe(true);
    });
  });

  it('generates no rows for what a statement made or filled', async () => {
    await within([load, next], async (database) => {
      await database.statements(statement("INSERT INTO tgt.B VALUES (1, 'one')"));
      await database.pipeline(next);
      expect(await database.holds('(SELECT count(*) FROM tgt.C) = 1')).toBe(true);
    });
  });

  it('fills tables that only statements read, as pipelines know them or from a file', async () => {
    await within(
      [load],
      async (database) => {
        const result = [{ variable: 'User::N', column: 0 }];
        await database.statements(statement('SELECT count(*) FROM tgt.A', { result }));
        expect(await database.holds("getvariable('User::N') = 1")).toBe(true);
        await expect(database.statements(statement('SELECT 1 FROM tgt.Unheard'))).rejects.toThrow(
          'No pipeline of the workflow knows the table Unheard',
        );
      },
      { data: one },
    );
  });

  it('reads one file once for two pipelines, and adds the columns that the other knows', async () => {
    const wide = table('A', 'source', { columns: [...a.columns, { name: 'w', type: 'DATE', nullable: true }] });
    const other = copy(wide, c, 'SELECT id, CAST(w AS VARCHAR) AS v FROM');
    await within(
      [load, other],
      async (database) => {
        const runs = [await database.pipeline(load), await database.pipeline(other)];
        expect(runs.map((run) => run.error ?? run.run?.status)).toEqual(['passed', 'passed']);
        expect(runs.map((run) => run.given.map((one) => one.table))).toEqual([['a'], []]);
      },
      { data: one },
    );
  });

  it('fails where a variable takes its value from no row, and from a column that is not there', async () => {
    await within([], async (database) => {
      const result = [{ variable: 'x', column: 'n' }];
      await expect(database.statements(statement('SELECT 1 AS n WHERE FALSE', { result }))).rejects.toThrow('no row');
      await expect(database.statements(statement('SELECT 1 AS m', { result }))).rejects.toThrow('no column n');
    });
  });

  it('holds more than its memory', async () => {
    await within(
      [],
      async (database) => {
        await database.statements([
          { sql: 'CREATE TABLE tgt.Big AS SELECT i, repeat(md5(i::VARCHAR), 8) AS t FROM range(600000) AS r(i)' },
        ]);
        expect(await database.holds('(SELECT count(DISTINCT t) FROM tgt.Big WHERE i < 1000) = 1000')).toBe(true);
      },
      { memoryLimit: '100MB' },
    );
  });
});
