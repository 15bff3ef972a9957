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

  it('a router sends a row to every group it meets, and NULL conditions to the default group', async () => {
    const groups = [
      { name: 'INPUT', type: 'INPUT' },
      { name: 'BIG', type: 'OUTPUT', expression: 'A > 5' },
      { name: 'EVEN', type: 'OUTPUT', expression: 'A % 2 = 0' },
      { name: 'REST', type: 'OUTPUT/DEFAULT' },
    ];
    const spec: MappingSpec = {
      sources: { S: [id, number('A')] },
      targets: { BIG: [id], EVEN: [id], REST: [id] },
      transformations: [
        {
          name: 'RTR', type: 'Router', groups,
          ports: [
            port('ID', 'decimal', 'INPUT', undefined, 'GROUP="INPUT"'), port('A', 'decimal', 'INPUT', undefined, 'GROUP="INPUT"'),
            port('ID1', 'decimal', 'OUTPUT', undefined, 'GROUP="BIG" REF_FIELD="ID"'), port('ID2', 'decimal', 'OUTPUT', undefined, 'GROUP="EVEN" REF_FIELD="ID"'),
            port('ID3', 'decimal', 'OUTPUT', undefined, 'GROUP="REST" REF_FIELD="ID"'),
          ],
        },
      ],
      connectors: ['SQ_S.ID>RTR.ID', 'SQ_S.A>RTR.A', 'RTR.ID1>BIG.ID', 'RTR.ID2>EVEN.ID', 'RTR.ID3>REST.ID'],
    };
    const data = { s: '(VALUES (1, 8), (2, 7), (3, NULL), (4, 2), (5, 1)) AS v(ID, A)' };
    expect(await run(spec, data, 'BIG')).toEqual([[1], [2]]);
    expect(await run(spec, data, 'EVEN')).toEqual([[1], [4]]);
    expect(await run(spec, data, 'REST')).toEqual([[3], [5]]);
  });

  const joiner = (type: string): MappingSpec => ({
    sources: { D: [id, text('DV')], M: [{ ...id, name: 'MID' }, text('MV')] },
    targets: { T: [number('ID'), text('DV'), text('MV')] },
    transformations: [
      {
        name: 'JNR', type: 'Joiner', attributes: { 'Join Type': type, 'Join Condition': 'MID = ID' },
        ports: [inOut('ID', 'decimal'), inOut('DV', 'string'), port('MID', 'decimal', 'INPUT/OUTPUT/MASTER'), port('MV', 'string', 'INPUT/OUTPUT/MASTER')],
      },
    ],
    connectors: ['SQ_D.ID>JNR.ID', 'SQ_D.DV>JNR.DV', 'SQ_M.MID>JNR.MID', 'SQ_M.MV>JNR.MV', 'JNR.ID>T.ID', 'JNR.DV>T.DV', 'JNR.MV>T.MV'],
  });
  const sides = { d: "(VALUES (1, 'd1'), (2, 'd2'), (NULL, 'dn')) AS v(ID, DV)", m: "(VALUES (1, 'm1'), (3, 'm3'), (NULL, 'mn')) AS v(MID, MV)" };
  it.each([
    ['Normal Join', [[1, 'd1', 'm1']]],
    ['Master Outer Join', [[1, 'd1', 'm1'], [2, 'd2', null], [null, 'dn', null]]],
    ['Detail Outer Join', [[1, 'd1', 'm1'], [null, null, 'm3'], [null, null, 'mn']]],
  ])('a joiner with %s keeps the right side, and NULL keys never match', async (type, expected) => {
    expect(await run(joiner(type), sides)).toEqual(expected);
  });

  it('ports of an aggregator that are neither grouped nor aggregated have the last row, NULL included', async () => {
    const spec: MappingSpec = {
      sources: { S: [id, text('K'), text('V'), number('A')] },
      targets: { T: [text('K'), text('V'), number('TOTAL')] },
      transformations: [
        {
          name: 'AGG', type: 'Aggregator',
          ports: [inOut('K', 'string', 'EXPRESSIONTYPE="GROUPBY"'), inOut('V', 'string'), port('A', 'decimal', 'INPUT'), port('TOTAL', 'decimal', 'OUTPUT', 'SUM(A)')],
        },
      ],
      connectors: ['SQ_S.K>AGG.K', 'SQ_S.V>AGG.V', 'SQ_S.A>AGG.A', 'AGG.K>T.K', 'AGG.V>T.V', 'AGG.TOTAL>T.TOTAL'],
    };
    expect(await run(spec, { s: "(VALUES (1, 'x', 'b', 1), (2, 'x', 'a', 2), (3, 'y', 'z', 5), (4, 'y', NULL, NULL)) AS v(ID, K, V, A)" })).toEqual([['x', 'a', 3], ['y', null, 5]]);
  });

  it('an aggregator without groups gives no row for no input', async () => {
    const spec: MappingSpec = {
      sources: { S: [number('A')] },
      targets: { T: [number('N')] },
      transformations: [{ name: 'AGG', type: 'Aggregator', ports: [port('A', 'decimal', 'INPUT'), port('N', 'decimal', 'OUTPUT', 'COUNT(A)')] }],
      connectors: ['SQ_S.A>AGG.A', 'AGG.N>T.N'],
    };
    expect(await run(spec, { s: '(SELECT 1 AS A WHERE FALSE)' })).toEqual([]);
    expect(await run(spec, { s: '(VALUES (1), (NULL)) AS v(A)' })).toEqual([[1]]);
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
  it.each([
    ['Use First Value', 'v1'],
    ['Use Last Value', 'v2'],
  ])('a lookup with %s picks in cache order, matches NULL with NULL and keeps rows without a match', async (policy, value) => {
    expect(await run(lookup(policy), looked)).toEqual([[1, value], [2, 'nul'], [3, null]]);
  });
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
  it('a running sum stays NULL after a NULL', async () => {
    const data = { s: "(VALUES (1, 'a', 10), (2, 'a', NULL), (3, 'b', 30)) AS v(ID, K, A)" };
    expect(await run(state([variable('V', 'decimal', 'V + A')], 'V'), data)).toEqual([[1, 10], [2, null], [3, null]]);
  });
  it('a recurrence of no known form is computed row by row', async () => {
    expect(await run(state([variable('V', 'decimal', 'V * 2 + A')], 'V'), sequence)).toEqual([[1, 10], [2, 40], [3, 110], [4, 260]]);
  });
  it('variables of one row build on each other', async () => {
    expect(await run(state([variable('X', 'decimal', 'A + 1'), variable('Y', 'decimal', 'X * 2')], 'X + Y'), sequence)).toEqual([[1, 33], [2, 63], [3, 93], [4, 123]]);
  });

  const strategy = (treat: string): MappingSpec => ({
    sources: { S: [{ ...id, key: false }, text('V'), text('C')] },
    targets: { T: [id, text('V')] },
    transformations: [
      {
        name: 'UPD', type: 'Update Strategy', ports: [inOut('ID', 'decimal'), inOut('V', 'string'), port('C', 'string', 'INPUT/OUTPUT')],
        attributes: { 'Update Strategy Expression': "DECODE(C, 'I', DD_INSERT, 'U', DD_UPDATE, 'D', DD_DELETE, DD_REJECT)", 'Forward Rejected Rows': 'YES' },
      },
    ],
    connectors: ['SQ_S.ID>UPD.ID', 'SQ_S.V>UPD.V', 'SQ_S.C>UPD.C', 'UPD.ID>T.ID', 'UPD.V>T.V'],
    session: { 'Treat source rows as': treat },
  });
  const operations = { s: "(VALUES (1, 'new', 'I'), (1, 'newer', 'U'), (2, 'upd', 'U'), (3, 'x', 'D'), (4, 'none', 'U'), (5, 'rej', 'X')) AS v(ID, V, C)", t: "(VALUES (2, 'old'), (3, 'old')) AS v(ID, V)" };
  it('flags of an update strategy insert, update and delete by key, the last of a key last', async () => {
    expect(await run(strategy('Data driven'), operations)).toEqual([[1, 'newer'], [2, 'upd']]);
  });
  it('flags of an update strategy are ignored where the session inserts all rows', async () => {
    expect(await run(strategy('Insert'), { ...operations, t: '(SELECT 1 AS ID WHERE FALSE)' })).toHaveLength(6);
  });

  it('a normalizer keeps NULL occurrences and numbers them', async () => {
    const ref = 'REF_SOURCE_FIELD="Q"';
    const spec: MappingSpec = {
      sources: { S: [id, number('Q1'), number('Q2')] },
      targets: { T: [number('ID'), number('Q'), number('N')] },
      transformations: [
        {
          name: 'NRM', type: 'Normalizer',
          ports: [
            port('ID_in', 'decimal', 'INPUT', undefined, 'REF_SOURCE_FIELD="ID"'), port('Q_in1', 'decimal', 'INPUT', undefined, ref), port('Q_in2', 'decimal', 'INPUT', undefined, ref),
            port('ID', 'decimal', 'OUTPUT', undefined, 'REF_SOURCE_FIELD="ID"'), port('Q', 'decimal', 'OUTPUT', undefined, ref), port('GCID_Q', 'integer', 'GENERATED COLUMN ID/OUTPUT', undefined, ref),
          ],
        },
      ],
      connectors: ['SQ_S.ID>NRM.ID_in', 'SQ_S.Q1>NRM.Q_in1', 'SQ_S.Q2>NRM.Q_in2', 'NRM.ID>T.ID', 'NRM.Q>T.Q', 'NRM.GCID_Q>T.N'],
    };
    expect(await run(spec, { s: '(VALUES (1, 7, NULL)) AS v(ID, Q1, Q2)' })).toEqual([[1, 7, 1], [1, null, 2]]);
  });

  it('a rank keeps N rows of a group, and ties share a rank', async () => {
    const spec: MappingSpec = {
      sources: { S: [id, number('A')] },
      targets: { T: [number('ID'), number('R')] },
      transformations: [{ name: 'RNK', type: 'Rank', attributes: { 'Top/Bottom': 'Top', 'Number of Ranks': '3' }, ports: [port('RANKINDEX', 'integer', 'OUTPUT', 'RANKINDEX', 'EXPRESSIONTYPE="RANKINDEX"'), inOut('ID', 'decimal'), inOut('A', 'decimal', 'EXPRESSIONTYPE="RANKPORT"')] }],
      connectors: ['SQ_S.ID>RNK.ID', 'SQ_S.A>RNK.A', 'RNK.ID>T.ID', 'RNK.RANKINDEX>T.R'],
    };
    expect(await run(spec, { s: '(VALUES (1, 9), (2, 9), (3, 8), (4, 8), (5, NULL)) AS v(ID, A)' })).toEqual([[1, 1], [2, 1], [3, 3]]);
  });

  it('a sorter puts NULL highest and upper case above lower case, which a following sequence shows', async () => {
    const spec: MappingSpec = {
      sources: { S: [text('K')] },
      targets: { T: [number('N'), text('K')] },
      transformations: [
        { name: 'SRT', type: 'Sorter', attributes: { 'Case Sensitive': 'YES', Distinct: 'NO', 'Null Treated Low': 'NO' }, ports: [inOut('K', 'string', 'ISSORTKEY="YES" SORTDIRECTION="DESCENDING"')] },
        { name: 'SEQ', type: 'Sequence', attributes: { 'Start Value': '1', 'Increment By': '1', 'Current Value': '5', Reset: 'NO' }, ports: [port('NEXTVAL', 'bigint', 'OUTPUT')] },
      ],
      connectors: ['SQ_S.K>SRT.K', 'SRT.K>T.K', 'SEQ.NEXTVAL>T.N'],
    };
    expect(await run(spec, { s: "(VALUES ('a'), ('A'), ('b'), (NULL)) AS v(K)" })).toEqual([[5, null], [6, 'A'], [7, 'b'], [8, 'a']]);
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
