import { describe, expect, it } from 'vitest';
import { powerCenterXml, type MappingSpec, type PortSpec } from '../../support/powercenter-xml.ts';
import { createDuckDbRunner } from '../../../src/engine/adapters/duckdb/duckdb-runner.ts';
import { runPipeline } from '../../../src/engine/dataflow/run-pipeline.ts';
import type { SqlValue } from '../../../src/engine/ports/sql-runner.ts';
import { convertFile } from '../../../src/engine/etl/convert.ts';
import { readEtl } from '../../../src/engine/etl/read-etl.ts';

const runner = createDuckDbRunner();
const id = { name: 'ID', type: 'number(p,s)', key: true };
const text = (name: string): { name: string; type: string; precision: number } => ({ name, type: 'varchar2', precision: 20 });
const number = (name: string): { name: string; type: string } => ({ name, type: 'number(p,s)' });
const port = (name: string, type: string, kind: string, ...[expression, more]: readonly (string | undefined)[]): PortSpec => ({
  name, type, port: kind, precision: type === 'string' ? 20 : 10,
  ...(expression === undefined ? {} : { expression }), ...(more === undefined ? {} : { more }),
});
const inOut = (name: string, type: string, more?: string): PortSpec => port(name, type, 'INPUT/OUTPUT', undefined, more);

/** Converts the mapping, runs it on `data` and gives the rows of `target`, in order of its columns. */
async function run(spec: MappingSpec, data: Readonly<Record<string, string>>, target = 'T'): Promise<readonly (readonly SqlValue[])[]> {
  const file = readEtl(powerCenterXml(spec), { file: 'm.xml', tool: 'powercenter' });
  const { pipelines } = convertFile(file, { dialect: 'duckdb', reproducibleTime: null });
  const [pipeline] = pipelines;
  if (pipeline === undefined) throw new Error('no pipeline');
  const session = await runner.open({ readable: [] });
  try {
    const result = await runPipeline(pipeline, session, { data: new Map(Object.entries(data)) });
    expect(result.nodes.filter((node) => node.error !== null)).toEqual([]);
    return (await session.query(`SELECT * FROM tgt.${target} ORDER BY ALL NULLS LAST`)).rows.map((row) => row.map((value) => (typeof value === 'bigint' ? Number(value) : value)));
  } finally {
    await session.close();
  }
}

describe('PowerCenter transformations on DuckDB', () => {
  it('a filter drops rows whose condition is NULL', async () => {
    const rows = await run(
      {
        sources: { S: [id, number('A')] },
        targets: { T: [id] },
        transformations: [{ name: 'FIL', type: 'Filter', ports: [inOut('ID', 'decimal'), inOut('A', 'decimal')], attributes: { 'Filter Condition': 'A != 5' } }],
        connectors: ['SQ_S.ID>FIL.ID', 'SQ_S.A>FIL.A', 'FIL.ID>T.ID'],
      },
      { s: '(VALUES (1, 5), (2, NULL), (3, 4)) AS v(ID, A)' },
    );
    expect(rows).toEqual([[3]]);
  });

  const lookup = (policy: string): MappingSpec => ({
    sources: { S: [id, text('K')], REF: [text('RK'), text('RV')] },
    targets: { T: [id, text('RV')] },
    transformations: [
      {
        name: 'LKP', type: 'Lookup Procedure', attributes: { 'Lookup table name': 'REF', 'Lookup condition': 'RK = IN_K', 'Lookup policy on multiple match': policy },
        ports: [port('IN_K', 'string', 'INPUT'), port('RK', 'string', 'LOOKUP'), port('RV', 'string', 'LOOKUP/OUTPUT')],
      },
    ],
    connectors: ['SQ_S.K>LKP.IN_K', 'SQ_S.ID>T.ID', 'LKP.RV>T.RV'],
  });
  const looked = { s: "(VALUES (1, 'a'), (2, NULL), (3, 'none')) AS v(ID, K)", ref: "(VALUES ('a', 'v2'), ('a', 'v1'), (NULL, 'nul')) AS v(RK, RV)" };
  it('a lookup with Use All Values gives a row for each match', async () => {
    const spec = lookup('Use All Values');
    const all: MappingSpec = { ...spec, targets: { T: [text('RV')] }, connectors: ['SQ_S.K>LKP.IN_K', 'LKP.RV>T.RV'] };
    expect(await run(all, looked)).toEqual([['nul'], ['v1'], ['v2'], [null]]);
  });

  it('an unconnected lookup is called from an expression', async () => {
    const spec: MappingSpec = {
      sources: { S: [id, text('K')], REF: [text('RK'), text('RV')] },
      targets: { T: [id, text('OUT')] },
      transformations: [
        {
          name: 'LKP_REF', type: 'Lookup Procedure', attributes: { 'Lookup table name': 'REF', 'Lookup condition': 'RK = IN_K', 'Lookup policy on multiple match': 'Use First Value' },
          ports: [port('IN_K', 'string', 'INPUT'), port('RK', 'string', 'LOOKUP'), port('RV', 'string', 'LOOKUP/RETURN/OUTPUT')],
        },
        { name: 'EXP', type: 'Expression', ports: [inOut('ID', 'decimal'), port('K', 'string', 'INPUT'), port('OUT', 'string', 'OUTPUT', "IIF(ISNULL(:LKP.LKP_REF(K)), 'missing', :LKP.LKP_REF(K))")] },
      ],
      connectors: ['SQ_S.ID>EXP.ID', 'SQ_S.K>EXP.K', 'EXP.ID>T.ID', 'EXP.OUT>T.OUT'],
    };
    expect(await run(spec, looked)).toEqual([[1, 'v1'], [2, 'nul'], [3, 'missing']]);
  });

  const state = (variables: readonly PortSpec[], output: string): MappingSpec => ({
    sources: { S: [id, text('K'), number('A')] },
    targets: { T: [id, number('OUT')] },
    transformations: [{ name: 'EXP', type: 'Expression', ports: [inOut('ID', 'decimal'), port('K', 'string', 'INPUT'), port('A', 'decimal', 'INPUT'), ...variables, port('OUT', 'decimal', 'OUTPUT', output)] }],
    connectors: ['SQ_S.ID>EXP.ID', 'SQ_S.K>EXP.K', 'SQ_S.A>EXP.A', 'EXP.ID>T.ID', 'EXP.OUT>T.OUT'],
  });
  const variable = (name: string, type: string, expression: string): PortSpec => port(name, type, 'LOCAL VARIABLE', expression);
  const sequence = { s: "(VALUES (1, 'a', 10), (2, 'a', 20), (3, 'b', 30), (4, 'a', 40)) AS v(ID, K, A)" };
  it('a variable counts rows and starts at zero', async () => {
    expect(await run(state([variable('V', 'integer', 'V + 1')], 'V'), sequence)).toEqual([[1, 1], [2, 2], [3, 3], [4, 4]]);
  });
  it('a counter that restarts on a new key counts runs, not keys', async () => {
    const variables = [variable('V_N', 'integer', 'IIF(K = V_PREV, V_N + 1, 1)'), variable('V_PREV', 'string', 'K')];
    expect(await run(state(variables, 'V_N'), sequence)).toEqual([[1, 1], [2, 2], [3, 1], [4, 1]]);
  });
  it('variables of one row build on each other', async () => {
    expect(await run(state([variable('X', 'decimal', 'A + 1'), variable('Y', 'decimal', 'X * 2')], 'X + Y'), sequence)).toEqual([[1, 33], [2, 63], [3, 93], [4, 123]]);
  });

  it('a transformation without a rule fails closed when the pipeline is run', async () => {
    const spec: MappingSpec = {
      sources: { S: [id] },
      targets: { T: [id] },
      transformations: [{ name: 'JAVA', type: 'Java', ports: [inOut('ID', 'decimal')], attributes: { Code: 'x();' } }],
      connectors: ['SQ_S.ID>JAVA.ID', 'JAVA.ID>T.ID'],
    };
    const { job, pipelines } = convertFile(readEtl(powerCenterXml(spec), { file: 'm.xml', tool: 'powercenter' }), { dialect: 'duckdb', reproducibleTime: null });
    expect(job.status).toBe('completed_with_warnings');
    expect(job.objects.manualRequired).toBe(1);
    const session = await runner.open({ readable: [] });
    const [pipeline] = pipelines;
    const result = pipeline === undefined ? null : await runPipeline(pipeline, session, { generate: 5 });
    await session.close();
    expect(result?.nodes.map((node) => [node.id, node.error === null])).toEqual([['SQ_S', true], ['JAVA', false], ['T', false]]);
  });
});
