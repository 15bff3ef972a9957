/** Items 1 to 21 of the checklist of source semantics: each a mapping of its own, converted, run, and compared with what PowerCenter gives. */
import { describe, expect, it } from 'vitest';
import type { SqlValue } from '../../../src/engine/ports/sql-runner.ts';
import { powerCenterXml, type FieldSpec, type MappingSpec, type PortSpec, type TransformationSpec } from '../../support/powercenter-xml.ts';
import { rowsOf, runEtl } from '../../support/run-etl.ts';

type Row = readonly SqlValue[];

const number = (name: string, key = false): FieldSpec => ({ name, type: 'number(p,s)', precision: 12, scale: 0, key });
const real = (name: string): FieldSpec => ({ name, type: 'double', precision: 15 });
const text = (name: string): FieldSpec => ({ name, type: 'varchar2', precision: 30 });
const date = (name: string): FieldSpec => ({ name, type: 'date', precision: 29, scale: 9 });
const port = (name: string, type: string, kind = 'INPUT/OUTPUT', more: Partial<PortSpec> = {}): PortSpec => ({ name, type, port: kind, precision: type === 'string' ? 30 : 12, ...more });
const output = (name: string, type: string, expression: string): PortSpec => port(name, type, 'OUTPUT', { expression });
const portTypes: Readonly<Record<string, string>> = { 'number(p,s)': 'decimal', double: 'double', varchar2: 'string', date: 'date/time' };
const targetTypes: Readonly<Record<string, string>> = { decimal: 'number(p,s)', double: 'double', string: 'varchar2', 'date/time': 'date', integer: 'number(p,s)' };

/** A mapping from S through one transformation to T, all ports that leave it connected. */
function single(fields: readonly FieldSpec[], one: TransformationSpec, more: Partial<MappingSpec> = {}): MappingSpec {
  const outputs = one.ports.filter((each) => each.port.includes('OUTPUT'));
  return {
    sources: { S: fields },
    targets: { T: outputs.map((each) => ({ name: each.name, type: targetTypes[each.type] ?? each.type, precision: each.precision ?? 10, scale: each.scale ?? 0 })) },
    transformations: [one],
    connectors: [
      ...one.ports.filter((each) => each.port.startsWith('INPUT') && fields.some((field) => field.name === each.name)).map((each) => `SQ_S.${each.name}>${one.name}.${each.name}`),
      ...outputs.map((each) => `${one.name}.${each.name}>T.${each.name}`),
    ],
    ...more,
  };
}

/** The values of expressions for each row of `values`; the columns of S keep their order. */
async function evaluated(fields: readonly FieldSpec[], values: string, outputs: Readonly<Record<string, readonly [type: string, expression: string]>>): Promise<readonly Row[]> {
  const inputs = fields.map((field) => port(field.name, portTypes[field.type] ?? field.type, 'INPUT', { precision: field.precision ?? 10 }));
  const ports = Object.entries(outputs).map(([name, [type, expression]]) => ({ ...output(name, type, expression), ...(type === 'double' ? { precision: 15 } : {}) }));
  const spec = single(fields, { name: 'EXP', type: 'Expression', ports: [...inputs, ...ports] });
  const [rows] = await rowsOf('powercenter', powerCenterXml(spec), { s: `(VALUES ${values}) AS v(${fields.map((field) => field.name).join(', ')})` }, `(SELECT ${Object.keys(outputs).join(', ')} FROM EXP)`);
  return rows ?? [];
}

const run = (spec: MappingSpec, data: Readonly<Record<string, string>>, ...relations: readonly string[]): Promise<readonly (readonly Row[])[]> => rowsOf('powercenter', powerCenterXml(spec), data, ...(relations.length === 0 ? ['tgt.T'] : relations));
const timestamp = (value: SqlValue | undefined): string => String(value).slice(0, 19);

describe('checklist of source semantics: PowerCenter', () => {
  it('1. IIF without a third argument gives 0, an empty text or NULL, by the type of the second', async () => {
    const rows = await evaluated([number('A'), date('D')], "(1, TIMESTAMP '2024-01-02'), (NULL, TIMESTAMP '2024-01-02')", { N: ['decimal', 'IIF(A > 5, 7)'], S: ['string', "IIF(A > 5, 'x')"], D1: ['date/time', 'IIF(A > 5, D)'] });
    expect(rows).toEqual([[0, '', null], [0, '', null]]);
  });

  it('2. || takes NULL for an empty text, and is NULL only where both sides are', async () => {
    const rows = await evaluated([text('A'), text('B')], "('a', NULL), (NULL, 'b'), (NULL, NULL), ('a ', 'b')", { O: ['string', 'A || B'] });
    expect(rows).toEqual([['a'], ['a b'], ['b'], [null]]);
  });

  it('3. DECODE finds NULL by NULL, is exact about case and blanks, and gives NULL without a default', async () => {
    const rows = await evaluated([text('A')], "(NULL), ('a'), ('A'), ('a ')", { O: ['string', "DECODE(A, 'a', 'lower', NULL, 'null', 'A', 'upper')"] });
    expect(rows).toEqual([['lower'], ['null'], ['upper'], [null]]);
  });

  it('4. SUBSTR starts at 1 for 0, from the end for a negative start, and gives an empty text for no length', async () => {
    const rows = await evaluated([text('A')], "('abcdef'), (NULL)", { ZERO: ['string', 'SUBSTR(A, 0, 3)'], LAST: ['string', 'SUBSTR(A, -2)'], BACK: ['string', 'SUBSTR(A, -4, 2)'], NEGATIVE: ['string', 'SUBSTR(A, 2, -1)'], NONE: ['string', 'SUBSTR(A, 2, 0)'] });
    expect(rows).toEqual([['abc', 'ef', 'cd', '', ''], [null, null, null, null, null]]);
  });

  it('5. INSTR finds the nth occurrence, and searches backwards from a negative start', async () => {
    const rows = await evaluated([text('A')], "('abcabcab')", { SECOND: ['decimal', "INSTR(A, 'ab', 1, 2)"], LATER: ['decimal', "INSTR(A, 'ab', 2)"], LAST: ['decimal', "INSTR(A, 'ab', -1, 1)"], BEFORE: ['decimal', "INSTR(A, 'ab', -1, 2)"], ABSENT: ['decimal', "INSTR(A, 'ab', 1, 4)"] });
    expect(rows).toEqual([[4, 4, 7, 4, 0]]);
  });

  it('6. a text that is no date leaves by the reject stream, counted; NULL is no error', async () => {
    const spec = single([number('ID'), text('A')], { name: 'EXP', type: 'Expression', ports: [port('ID', 'decimal'), port('A', 'string', 'INPUT'), output('D', 'date/time', "TO_DATE(A, 'YYYY-MM-DD')")] });
    const [rows, rejected] = await run(spec, { s: "(VALUES (1, '2024-02-29'), (2, '2024-02-30'), (3, NULL), (4, 'soon')) AS v(ID, A)" }, 'tgt.T', '(SELECT ID, A FROM EXP__rejected)');
    expect(rows?.map(([id, value]) => [id, value === null ? null : timestamp(value)])).toEqual([[1, '2024-02-29 00:00:00'], [3, null]]);
    expect(rejected).toEqual([[2, '2024-02-30'], [4, 'soon']]);
  });

  it('7. TO_INTEGER rounds half away from zero, cuts with its flag, and reads no number as 0', async () => {
    const rows = await evaluated([text('A'), real('R')], "('12.5', 2.5), ('A1', -2.5), (' 7x', 3.5), (NULL, NULL)", { T: ['integer', 'TO_INTEGER(A)'], CUT: ['integer', 'TO_INTEGER(A, TRUE)'], R1: ['integer', 'TO_INTEGER(R)'] });
    expect(rows).toEqual([[0, 0, -3], [7, 7, 4], [13, 12, 3], [null, null, null]]);
  });

  it('8. DATE_DIFF in months adds the share of each end in its own month: February has 28 or 29 days', async () => {
    const rows = await evaluated([number('ID'), date('A'), date('B')], "(1, TIMESTAMP '2024-03-01', TIMESTAMP '2024-02-15'), (2, TIMESTAMP '2023-03-01', TIMESTAMP '2023-02-15'), (3, TIMESTAMP '2024-02-29', TIMESTAMP '2023-02-28'), (4, TIMESTAMP '2024-01-31', TIMESTAMP '2024-02-29'), (5, NULL, TIMESTAMP '2024-02-29')", { ID: ['decimal', 'ID'], M: ['double', "DATE_DIFF(A, B, 'MM')"], Y: ['double', "DATE_DIFF(A, B, 'YYYY')"] });
    const months = [1 + 1 / 31 - 15 / 29, 1 + 1 / 31 - 15 / 28, 12, -1, null];
    expect(rows.map(([, m, y]) => [m === null ? null : Number(m).toFixed(9), y === null ? null : Number(y).toFixed(9)])).toEqual(months.map((m) => [m === null ? null : m.toFixed(9), m === null ? null : (m / 12).toFixed(9)]));
  });

  it('9. RR takes the century nearest to the run, YY that of the run', async () => {
    const rows = await evaluated([text('A')], "('49'), ('50'), ('69'), ('99')", { RR: ['string', "TO_CHAR(TO_DATE(A || '-03-04', 'RR-MM-DD'), 'YYYY')"], YY: ['string', "TO_CHAR(TO_DATE(A || '-03-04', 'YY-MM-DD'), 'YYYY')"] });
    expect(rows).toEqual([['1950', '2050'], ['1969', '2069'], ['1999', '2099'], ['2049', '2049']]);
  });

  it('10. GREATEST and LEAST are NULL where one argument is', async () => {
    const rows = await evaluated([number('A'), number('B')], '(1, 3), (1, NULL)', { G: ['decimal', 'GREATEST(A, B, 2)'], L: ['decimal', 'LEAST(A, B, 2)'] });
    expect(rows).toEqual([[3, 1], [null, null]]);
  });

  it('11. MOVINGAVG is NULL until its window is full, and leaves NULL values out of it', async () => {
    const rows = await evaluated([number('ID'), number('A')], '(1, 10), (2, 20), (3, 30), (4, NULL), (5, 50)', { ID: ['decimal', 'ID'], M: ['double', 'MOVINGAVG(A, 3)'], S: ['decimal', 'MOVINGSUM(A, 3)'] });
    expect(rows).toEqual([[1, null, null], [2, null, null], [3, 20, 60], [4, 25, 50], [5, 40, 80]]);
  });

  it('12. a port of an Aggregator that is neither grouped nor aggregated has the last row of the group; no input gives no row', async () => {
    const aggregator: TransformationSpec = { name: 'AGG', type: 'Aggregator', ports: [port('K', 'string', 'INPUT/OUTPUT', { more: 'EXPRESSIONTYPE="GROUPBY"' }), port('V', 'string'), port('A', 'decimal', 'INPUT'), output('TOTAL', 'decimal', 'SUM(A)')] };
    const fields = [number('ID'), text('K'), text('V'), number('A')];
    expect(await run(single(fields, aggregator), { s: "(VALUES (1, 'x', 'b', 1), (2, NULL, 'p', 4), (3, 'x', 'a', 2), (4, 'y', 'z', 5), (5, 'y', NULL, NULL), (6, NULL, 'q', 3)) AS v(ID, K, V, A)" })).toEqual([[['x', 'a', 3], ['y', null, 5], [null, 'q', 7]]]);
    const whole: TransformationSpec = { name: 'AGG', type: 'Aggregator', ports: [port('A', 'decimal', 'INPUT'), output('N', 'decimal', 'COUNT(A)')] };
    expect(await run(single([number('A')], whole), { s: '(SELECT 1 AS A WHERE FALSE)' })).toEqual([[]]);
  });

  it.each([['Use First Value', 'v1'], ['Use Last Value', 'v2']])('13. a lookup with %s picks by the order of its ports, and NULL finds NULL', async (policy, value) => {
    const spec: MappingSpec = {
      sources: { S: [number('ID', true), text('K')], REF: [text('RK'), text('RV')] },
      targets: { T: [number('ID'), text('RV')] },
      transformations: [{ name: 'LKP', type: 'Lookup Procedure', attributes: { 'Lookup table name': 'REF', 'Lookup condition': 'RK = IN_K', 'Lookup policy on multiple match': policy }, ports: [port('IN_K', 'string', 'INPUT'), port('RK', 'string', 'LOOKUP'), port('RV', 'string', 'LOOKUP/OUTPUT')] }],
      connectors: ['SQ_S.K>LKP.IN_K', 'SQ_S.ID>T.ID', 'LKP.RV>T.RV'],
    };
    expect(await run(spec, { s: "(VALUES (1, 'a'), (2, NULL), (3, 'none')) AS v(ID, K)", ref: "(VALUES ('a', 'v2'), (NULL, 'nul'), ('a', 'v1')) AS v(RK, RV)" })).toEqual([[[1, value], [2, 'nul'], [3, null]]]);
  });

  it('14. a dynamic lookup cache changes while rows pass: it is kept, marked unsupported, and fails when it is run', async () => {
    const spec: MappingSpec = {
      sources: { S: [number('ID', true), text('V')], DIM: [number('DID'), text('DV')] },
      targets: { T: [number('ID'), number('FLAG')] },
      transformations: [{ name: 'LKP', type: 'Lookup Procedure', attributes: { 'Lookup table name': 'DIM', 'Lookup condition': 'DID = IN_ID', 'Dynamic Lookup Cache': 'YES', 'Insert Else Update': 'YES' }, ports: [port('NewLookupRow', 'integer', 'OUTPUT'), port('IN_ID', 'decimal', 'INPUT/OUTPUT'), port('DID', 'decimal', 'LOOKUP/OUTPUT'), port('DV', 'string', 'LOOKUP/OUTPUT')] }],
      connectors: ['SQ_S.ID>LKP.IN_ID', 'LKP.IN_ID>T.ID', 'LKP.NewLookupRow>T.FLAG'],
    };
    const { job, error } = await runEtl('powercenter', powerCenterXml(spec), { s: "(VALUES (1, 'a'), (1, 'b')) AS v(ID, V)" }, []);
    const lookup = job.transformations.find((one) => one.id === 'LKP');
    expect({ source: lookup?.source, confidence: lookup?.confidence, notes: lookup?.notes, error }).toEqual({
      source: 'unsupported', confidence: 0, notes: [expect.stringContaining('dynamic lookup cache')], error: 'not converted (unsupported): it has to be written by hand',
    });
  });

  it.each([
    ['Normal Join', [[1, 'd1', 'm1']]],
    ['Master Outer Join', [[1, 'd1', 'm1'], [2, 'd2', null], [null, 'dn', null]]],
    ['Detail Outer Join', [[1, 'd1', 'm1'], [null, null, 'm3'], [null, null, 'mn']]],
    ['Full Outer Join', [[1, 'd1', 'm1'], [2, 'd2', null], [null, 'dn', null], [null, null, 'm3'], [null, null, 'mn']]],
  ])('15. a Joiner with %s keeps the rows of its side; NULL keys never match', async (type, expected) => {
    const spec: MappingSpec = {
      sources: { D: [number('ID'), text('DV')], M: [number('MID'), text('MV')] },
      targets: { T: [number('ID'), text('DV'), text('MV')] },
      transformations: [{ name: 'JNR', type: 'Joiner', attributes: { 'Join Type': type, 'Join Condition': 'MID = ID' }, ports: [port('ID', 'decimal'), port('DV', 'string'), port('MID', 'decimal', 'INPUT/OUTPUT/MASTER'), port('MV', 'string', 'INPUT/OUTPUT/MASTER')] }],
      connectors: ['SQ_D.ID>JNR.ID', 'SQ_D.DV>JNR.DV', 'SQ_M.MID>JNR.MID', 'SQ_M.MV>JNR.MV', 'JNR.ID>T.ID', 'JNR.DV>T.DV', 'JNR.MV>T.MV'],
    };
    expect(await run(spec, { d: "(VALUES (1, 'd1'), (2, 'd2'), (NULL, 'dn')) AS v(ID, DV)", m: "(VALUES (1, 'm1'), (3, 'm3'), (NULL, 'mn')) AS v(MID, MV)" })).toEqual([expected]);
  });

  it('16. a Router sends a row to each group that it meets, and a NULL condition to the default group', async () => {
    const spec: MappingSpec = {
      sources: { S: [number('ID'), number('A')] },
      targets: { BIG: [number('ID')], EVEN: [number('ID')], REST: [number('ID')] },
      transformations: [{
        name: 'RTR', type: 'Router',
        groups: [{ name: 'INPUT', type: 'INPUT' }, { name: 'BIG', type: 'OUTPUT', expression: 'A > 5' }, { name: 'EVEN', type: 'OUTPUT', expression: 'A % 2 = 0' }, { name: 'REST', type: 'OUTPUT/DEFAULT' }],
        ports: [port('ID', 'decimal', 'INPUT', { more: 'GROUP="INPUT"' }), port('A', 'decimal', 'INPUT', { more: 'GROUP="INPUT"' }), ...['BIG', 'EVEN', 'REST'].map((group, index) => port(`ID${index + 1}`, 'decimal', 'OUTPUT', { more: `GROUP="${group}" REF_FIELD="ID"` }))],
      }],
      connectors: ['SQ_S.ID>RTR.ID', 'SQ_S.A>RTR.A', 'RTR.ID1>BIG.ID', 'RTR.ID2>EVEN.ID', 'RTR.ID3>REST.ID'],
    };
    expect(await run(spec, { s: '(VALUES (1, 8), (2, 7), (3, NULL), (4, 2), (5, 1)) AS v(ID, A)' }, 'tgt.BIG', 'tgt.EVEN', 'tgt.REST')).toEqual([[[1], [2]], [[1], [4]], [[3], [5]]]);
  });

  it.each([
    ['ASCENDING', 'YES', ['a', 'b', 'A', 'B', null]],
    ['DESCENDING', 'YES', [null, 'B', 'A', 'b', 'a']],
    ['DESCENDING', 'NO', [null, 'b', 'B', 'a', 'A']],
  ])('17. a Sorter, %s and case sensitive %s, has NULL highest and upper case above lower', async (direction, caseSensitive, expected) => {
    const spec: MappingSpec = {
      sources: { S: [text('K')] },
      targets: { T: [number('N'), text('K')] },
      transformations: [
        { name: 'SRT', type: 'Sorter', attributes: { 'Case Sensitive': caseSensitive, Distinct: 'NO', 'Null Treated Low': 'NO' }, ports: [port('K', 'string', 'INPUT/OUTPUT', { more: `ISSORTKEY="YES" SORTDIRECTION="${direction}"` })] },
        { name: 'SEQ', type: 'Sequence', attributes: { 'Start Value': '1', 'Increment By': '1', 'Current Value': '1', Reset: 'NO' }, ports: [port('NEXTVAL', 'bigint', 'OUTPUT')] },
      ],
      connectors: ['SQ_S.K>SRT.K', 'SRT.K>T.K', 'SEQ.NEXTVAL>T.N'],
    };
    const [rows] = await run(spec, { s: "(VALUES ('b'), ('B'), ('a'), (NULL), ('A')) AS v(K)" });
    expect(rows?.map(([, key]) => key)).toEqual(expected);
  });

  it('18. a Rank keeps N rows a group; ties share a rank, and the first rows are kept where the limit cuts through them', async () => {
    const spec = single([number('ID'), text('G'), number('A')], { name: 'RNK', type: 'Rank', attributes: { 'Top/Bottom': 'Top', 'Number of Ranks': '3' }, ports: [port('RANKINDEX', 'integer', 'OUTPUT', { expression: 'RANKINDEX', more: 'EXPRESSIONTYPE="RANKINDEX"' }), port('ID', 'decimal'), port('G', 'string', 'INPUT/OUTPUT', { more: 'EXPRESSIONTYPE="GROUPBY"' }), port('A', 'decimal', 'INPUT/OUTPUT', { more: 'EXPRESSIONTYPE="RANKPORT"' })] });
    expect(await run(spec, { s: "(VALUES (1, 'x', 8), (2, 'x', 9), (3, 'x', 8), (4, 'x', 9), (5, 'x', NULL), (6, 'y', 1)) AS v(ID, G, A)" }, '(SELECT ID, RANKINDEX FROM tgt.T)')).toEqual([[[1, 3], [2, 1], [4, 1], [6, 1]]]);
  });

  const apart = { into: 'ID_in', ports: [port('ID_in', 'decimal', 'INPUT', { more: 'REF_SOURCE_FIELD="ID"' }), port('ID', 'decimal', 'OUTPUT', { more: 'REF_SOURCE_FIELD="ID"' })] };
  it.each([
    ['apart', apart],
    ['in one', { into: 'ID', ports: [port('ID', 'decimal')] }],
  ])('19. a Normalizer gives a row for each occurrence, NULL ones too, and one key for each row that comes in; ports in and out %s', async (_, { into, ports }) => {
    const ref = { more: 'REF_SOURCE_FIELD="Q"' };
    const spec: MappingSpec = {
      sources: { S: [number('ID'), number('Q1'), number('Q2')] },
      targets: { T: [number('ID'), number('Q'), number('N'), number('GK')] },
      transformations: [{
        name: 'NRM', type: 'Normalizer',
        ports: [
          ...ports, port('Q_in1', 'decimal', 'INPUT', ref), port('Q_in2', 'decimal', 'INPUT', ref),
          port('Q', 'decimal', 'OUTPUT', ref), port('GCID_Q', 'integer', 'GENERATED COLUMN ID/OUTPUT', ref), port('GK_Q', 'bigint', 'GENERATED KEY/OUTPUT', ref),
        ],
      }],
      connectors: [`SQ_S.ID>NRM.${into}`, 'SQ_S.Q1>NRM.Q_in1', 'SQ_S.Q2>NRM.Q_in2', 'NRM.ID>T.ID', 'NRM.Q>T.Q', 'NRM.GCID_Q>T.N', 'NRM.GK_Q>T.GK'],
    };
    expect(await run(spec, { s: '(VALUES (1, 7, NULL), (2, NULL, 9)) AS v(ID, Q1, Q2)' })).toEqual([[[1, 7, 1, 1], [1, null, 2, 1], [2, 9, 2, 2], [2, null, 1, 2]]]);
  });

  it.each([
    ['Data driven', [[1, 'newer'], [2, 'upd']]],
    ['Insert', [[1, 'new'], [1, 'newer'], [2, 'upd'], [3, 'x'], [4, 'none'], [5, 'rej']]],
  ])('20. the flags of an Update Strategy are applied by a session that is %s driven, and else ignored', async (treat, expected) => {
    const spec: MappingSpec = {
      sources: { S: [number('ID'), text('V'), text('C')] },
      targets: { T: [{ ...number('ID'), key: true }, text('V')] },
      transformations: [{ name: 'UPD', type: 'Update Strategy', ports: [port('ID', 'decimal'), port('V', 'string'), port('C', 'string')], attributes: { 'Update Strategy Expression': "DECODE(C, 'I', DD_INSERT, 'U', DD_UPDATE, 'D', DD_DELETE, DD_REJECT)" } }],
      connectors: ['SQ_S.ID>UPD.ID', 'SQ_S.V>UPD.V', 'SQ_S.C>UPD.C', 'UPD.ID>T.ID', 'UPD.V>T.V'],
      session: { 'Treat source rows as': treat },
    };
    const before = treat === 'Insert' ? '(SELECT 1 AS ID WHERE FALSE)' : "(VALUES (2, 'old'), (3, 'old')) AS v(ID, V)";
    const operations = "(VALUES (1, 'new', 'I'), (1, 'newer', 'U'), (2, 'upd', 'U'), (3, 'x', 'D'), (4, 'none', 'U'), (5, 'rej', 'X')) AS v(ID, V, C)";
    expect(await run(spec, { s: operations, t: before })).toEqual([expected]);
  });

  it('21. a variable that reads itself keeps its value from row to row, starts at 0 and stays NULL after a NULL', async () => {
    const state = (expression: string): MappingSpec => single([number('ID'), number('A')], { name: 'EXP', type: 'Expression', ports: [port('ID', 'decimal'), port('A', 'decimal', 'INPUT'), port('V', 'decimal', 'LOCAL VARIABLE', { expression }), output('OUT', 'decimal', 'V')] });
    const data = { s: '(VALUES (1, 10), (2, 20), (3, 30)) AS v(ID, A)' };
    expect(await run(state('V * 2 + A'), data)).toEqual([[[1, 10], [2, 40], [3, 110]]]);
    expect(await run(state('V + A'), { s: '(VALUES (1, 10), (2, NULL), (3, 30)) AS v(ID, A)' })).toEqual([[[1, 10], [2, null], [3, null]]]);
  });
});
