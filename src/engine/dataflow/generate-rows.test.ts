import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDuckDbRunner } from '../adapters/duckdb/duckdb-runner.ts';
import type { SqlSession } from '../ports/sql-runner.ts';
import { generateStatements } from './generate-rows.ts';
import type { Pipeline, PipelineTable } from './model.ts';
import { schemaStatements } from './prepare-statements.ts';

let session: SqlSession;
beforeAll(async () => {
  session = await createDuckDbRunner().open({ readable: [] });
});
afterAll(() => session.close());

const column = (name: string, type: string, nullable = false) => ({ name, type, nullable });
const table = (name: string, columns: PipelineTable['columns'], more: Partial<PipelineTable> = {}): PipelineTable => ({
  name,
  role: 'source',
  columns,
  ...more,
});
const pipelineOf = (tables: readonly PipelineTable[], sql?: string): Pipeline => ({
  apiVersion: 'dataflow/v1',
  kind: 'Pipeline',
  name: 'p',
  tables,
  nodes:
    sql === undefined
      ? []
      : [
          {
            id: 'S',
            type: 'source',
            operator: 'source_connector_sql_pushdown',
            sql,
            confidence: 1,
            conversion: 'rule_engine',
          },
        ],
  metadata: { dialect: 'duckdb', generator: 'test', overall_confidence: 1, warnings_count: 0 },
});

async function generate(pipeline: Pipeline, rows = 500): Promise<void> {
  await session.run('DROP SCHEMA IF EXISTS src CASCADE; DROP SCHEMA IF EXISTS tgt CASCADE');
  for (const statement of schemaStatements(pipeline)) await session.run(statement);
  for (const { sql } of generateStatements(pipeline, rows, 1)) await session.run(sql);
}
const one = async (sql: string): Promise<number> => Number((await session.query(sql)).rows[0]?.[0]);

describe('generated rows', () => {
  it('a declared foreign key of two columns of another type always finds its row', async () => {
    await generate(
      pipelineOf([
        table('ORD', [column('REGION', 'VARCHAR(4)'), column('NO', 'INTEGER'), column('AMT', 'DOUBLE')], {
          key: ['REGION', 'NO'],
        }),
        table('LINE', [column('ID', 'INTEGER'), column('R', 'VARCHAR(4)'), column('ORD_NO', 'DECIMAL(12,0)')], {
          key: ['ID'],
          references: [{ columns: ['R', 'ORD_NO'], table: 'ORD', to: ['REGION', 'NO'] }],
        }),
      ]),
    );
    const found = 'SELECT count(*) FROM src.LINE l JOIN src.ORD o ON l.R = o.REGION AND l.ORD_NO = o.NO';
    expect([await one('SELECT count(*) FROM src.LINE'), await one(found)]).toEqual([500, 500]);
    expect(await one('SELECT count(DISTINCT ORD_NO) FROM src.LINE')).toBeGreaterThan(100);
  });

  it('keys of several columns, and keys too short for as many rows, are unique', async () => {
    await generate(
      pipelineOf([
        table('A', [column('X', 'VARCHAR(2)'), column('Y', 'DECIMAL(2,0)'), column('Z', 'INTEGER')], {
          key: ['X', 'Y'],
        }),
        table('B', [column('C', 'VARCHAR(1)')], { key: ['C'] }),
      ]),
    );
    expect(await one('SELECT count(*) - count(DISTINCT (X, Y)) FROM src.A')).toBe(0);
    expect(await one('SELECT count(*) FROM src.A')).toBeGreaterThan(90);
    expect(await one('SELECT count(*) - count(DISTINCT C) FROM src.B')).toBe(0);
  });

  it('a text that the pipeline casts to a number is one, and a text that it searches holds what is searched', async () => {
    await generate(
      pipelineOf(
        [table('T', [column('QTY', 'VARCHAR(10)'), column('PATH', 'VARCHAR'), column('D', 'VARCHAR')])],
        "SELECT TRY_CAST(trim(QTY) AS INTEGER) AS Q, instr(reverse(PATH), '/') AS P, CAST(D AS DATE) AS D FROM src.T",
      ),
    );
    expect(await one('SELECT count(*) FROM src.T WHERE TRY_CAST(QTY AS INTEGER) IS NULL')).toBe(0);
    expect(await one("SELECT count(*) FROM src.T WHERE NOT contains(PATH, '/')")).toBe(0);
    expect(await one('SELECT count(*) FROM src.T WHERE TRY_CAST(D AS DATE) IS NULL')).toBe(0);
    expect(await one('SELECT count(DISTINCT QTY) FROM src.T')).toBeGreaterThan(50);
  });

  it('a text that the pipeline casts to a number is one where rows are joined by it too', async () => {
    const side = (id: string): Pipeline['nodes'][number] => ({
      id,
      type: 'source',
      operator: 'source_connector_sql_pushdown',
      columns: [{ name: 'ID', type: 'VARCHAR', from: [`${id}.ID`] }],
      sql: `SELECT ID, ${id === 'A' ? 'TRY_CAST(ID AS INTEGER)' : '0'} AS N FROM src.${id}`,
      confidence: 1,
      conversion: 'rule_engine',
    });
    await generate({
      ...pipelineOf(['A', 'B'].map((name) => table(name, [column('ID', 'VARCHAR')]))),
      nodes: [
        side('A'),
        side('B'),
        {
          ...side('J'),
          type: 'transform',
          operator: 'sql_join',
          depends_on: [{ node: 'A' }, { node: 'B' }],
          config: { keys: [{ left: 'A.ID', right: 'B.ID' }] },
        },
      ],
    });
    expect(await one('SELECT count(*) FROM src.A WHERE TRY_CAST(ID AS INTEGER) IS NULL AND ID IS NOT NULL')).toBe(0);
    expect(await one('SELECT count(*) FROM src.A JOIN src.B USING (ID)')).toBeGreaterThan(0);
  });

  it('a column whose NULL ends the run has none; one that may be NULL has some', async () => {
    const guard = (condition: string): string => `CASE WHEN ((${condition}) IS NULL) THEN error('no') ELSE TRUE END`;
    await generate(
      pipelineOf(
        [
          table(
            'T',
            ['A', 'B', 'C'].map((name) => column(name, 'VARCHAR(9)', true)),
          ),
        ],
        `SELECT A FROM src.T WHERE ${guard('A <> B')} AND CASE WHEN (C IS NOT NULL AND TRY_CAST(C AS DATE) IS NULL) THEN error('no') ELSE TRUE END`,
      ),
    );
    expect(await one('SELECT count(*) FROM src.T WHERE A IS NULL OR B IS NULL')).toBe(0);
    expect(await one('SELECT count(*) FROM src.T WHERE C IS NULL')).toBeGreaterThan(0);
  });

  it('conditions are met and missed, at their boundary too', async () => {
    await generate(
      pipelineOf(
        [table('T', [column('AMT', 'DECIMAL(9,2)'), column('ST', 'VARCHAR(3)')])],
        "SELECT * FROM src.T WHERE AMT > 7777 AND ST IN ('A', 'ZZ')",
      ),
    );
    for (const amount of [7776, 7777, 7778])
      expect(await one(`SELECT count(*) FROM src.T WHERE AMT = ${amount}`)).toBeGreaterThan(0);
    expect(await one("SELECT count(*) FROM src.T WHERE ST = 'ZZ'")).toBeGreaterThan(0);
    expect(await one("SELECT count(*) FROM src.T WHERE ST NOT IN ('A', 'ZZ')")).toBeGreaterThan(0);
  });

  it('a lookup that must not fail finds every row, through a union and a condition on the reference', async () => {
    const passed = (name: string, type: string, from: readonly string[]) => ({ name, type, from });
    const node = (id: string, more: Partial<Pipeline['nodes'][number]>): Pipeline['nodes'][number] => ({
      id,
      type: 'transform',
      operator: 'sql_expression',
      confidence: 1,
      conversion: 'rule_engine',
      ...more,
    });
    const pipeline = {
      ...pipelineOf([
        table('A', [column('JOB', 'VARCHAR(9)', true)]),
        table('B', [column('JOB', 'VARCHAR(9)', true)]),
        table('R', [column('JOB', 'VARCHAR(30)', true), column('ST', 'VARCHAR(9)'), column('N', 'INTEGER')]),
      ]),
      nodes: [
        ...['A', 'B'].map((id) => node(id, { type: 'source', columns: [passed('JOB', 'VARCHAR(9)', [`${id}.JOB`])] })),
        node('U', {
          depends_on: [{ node: 'A' }, { node: 'B' }],
          columns: [passed('JOB', 'VARCHAR(9)', ['A.JOB', 'B.JOB'])],
        }),
        node('F', {
          type: 'source',
          columns: [passed('JOB', 'VARCHAR(30)', ['R.JOB'])],
          sql: "SELECT JOB FROM src.R WHERE ST <> 'gone' AND N > 40",
        }),
        node('L', {
          operator: 'lookup',
          depends_on: [{ node: 'U' }, { node: 'F' }],
          config: { keys: [{ left: 'U.JOB', right: 'F.JOB', no_match: 'fail' }] },
        }),
      ],
    };
    await generate(pipeline);
    const missing =
      "SELECT count(*) FROM (FROM src.A UNION ALL FROM src.B) WHERE JOB IS NULL OR JOB NOT IN (SELECT JOB FROM src.R WHERE ST <> 'gone' AND N > 40)";
    expect(await one(missing)).toBe(0);
    expect(await one('SELECT count(DISTINCT JOB) FROM src.A')).toBeGreaterThan(100);
  });

  it('rows that are joined by a computed key, where NULL equals NULL, do not multiply', async () => {
    const key = "regexp_extract(ID, '<(.+?)>', 1)";
    const side = (id: string): Pipeline['nodes'][number] => ({
      id,
      type: 'source',
      operator: 'source_connector_sql_pushdown',
      columns: [{ name: 'K', type: 'VARCHAR', expression: key, from: [`${id}.ID`] }],
      sql: `SELECT ${key} AS K FROM src.${id}`,
      confidence: 1,
      conversion: 'rule_engine',
    });
    const pipeline: Pipeline = {
      ...pipelineOf(['A', 'B'].map((name) => table(name, [column('ID', 'VARCHAR(50)', true)]))),
      nodes: [
        side('A'),
        side('B'),
        {
          id: 'J',
          type: 'transform',
          operator: 'sql_join',
          depends_on: [{ node: 'A' }, { node: 'B' }],
          config: { keys: [{ left: 'A.K', right: 'B.K' }] },
          confidence: 1,
          conversion: 'rule_engine',
        },
      ],
    };
    await generate(pipeline, 1000);
    const joined = await one(
      `SELECT count(*) FROM (SELECT ${key} AS K FROM src.A) a JOIN (SELECT ${key} AS K FROM src.B) b ON a.K IS NOT DISTINCT FROM b.K`,
    );
    expect(joined).toBeGreaterThan(300);
    expect(joined).toBeLessThan(2500);
    expect(await one('SELECT count(*) FROM src.A WHERE ID IS NULL')).toBeGreaterThan(0);
  });

  it('every type gets rows, also those that no tool writes', async () => {
    const types = ['uuid', 'integer[]', 'varchar(7)', 'numeric(8,2)', 'REAL', 'UBIGINT', 'TIMESTAMP', 'time', 'blob'];
    await generate(
      pipelineOf([
        table(
          'T',
          types.map((type, i) => column(`C${i}`, type, true)),
        ),
      ]),
    );
    expect(await one('SELECT count(*) FROM src.T')).toBe(500);
    expect(await one('SELECT count(DISTINCT C2) FROM src.T')).toBeGreaterThan(50);
    expect(await one('SELECT count(DISTINCT C3) FROM src.T')).toBeGreaterThan(50);
  });

  it('the same seed gives the same statements and another seed others', () => {
    const pipeline = pipelineOf([table('T', [column('A', 'INTEGER', true)])]);
    expect(generateStatements(pipeline, 10, 1)).toEqual(generateStatements(pipeline, 10, 1));
    expect(generateStatements(pipeline, 10, 1)).not.toEqual(generateStatements(pipeline, 10, 2));
  });
});
