/** Settings of transformations and sessions that are seldom changed, and change what comes out. */
import { describe, expect, it } from 'vitest';
import { runEtl } from '../../../../test/support/run-etl.ts';
import { powerCenterXml, type MappingSpec, type TransformationSpec } from '../../../../test/support/powercenter-xml.ts';
import { parsePowerCenter } from './parse.ts';

const number = (name: string) => ({ name, type: 'decimal', precision: 10 });
const text = (name: string) => ({ name, type: 'string', precision: 20 });
const sources: MappingSpec['sources'] = {
  EMP: [
    { name: 'ID', type: 'number', key: true },
    { name: 'DEPT', type: 'varchar2', precision: 20 },
    { name: 'PAY', type: 'number' },
  ],
};
const emp =
  "(SELECT * FROM (VALUES (1, 'a', 10), (2, 'a', NULL), (3, 'A', 30), (4, 'b', 5), (5, 'a', 20)) AS t(ID, DEPT, PAY))";
const all = (to: string): readonly string[] => ['ID', 'DEPT', 'PAY'].map((one) => `SQ_EMP.${one}>${to}.${one}`);
const run = async (spec: MappingSpec, relations: readonly string[], data: Readonly<Record<string, string>> = {}) =>
  runEtl('powercenter', powerCenterXml(spec), { EMP: emp, ...data }, relations);

describe('Rank', () => {
  const rank: TransformationSpec = {
    name: 'RNK',
    type: 'Rank',
    attributes: { 'Top/Bottom': 'Bottom', 'Number of Ranks': '1' },
    ports: [
      { name: 'RANKINDEX', type: 'integer', port: 'OUTPUT', more: 'EXPRESSIONTYPE ="RANKINDEX"' },
      { ...number('ID'), port: 'INPUT/OUTPUT' },
      { ...text('DEPT'), port: 'INPUT/OUTPUT', more: 'EXPRESSIONTYPE ="GROUPBY"' },
      { ...number('PAY'), port: 'INPUT' },
      { ...number('v_pay'), port: 'LOCAL VARIABLE', expression: 'IIF(ISNULL(PAY), 0, PAY)' },
      { ...number('TWICE'), port: 'OUTPUT', expression: 'v_pay * 2', more: 'EXPRESSIONTYPE ="RANKPORT"' },
    ],
  };

  it('ranks by what it computes itself', async () => {
    const { error, rows } = await run(
      {
        sources,
        targets: {
          T: [
            { name: 'ID', type: 'number' },
            { name: 'TWICE', type: 'number' },
          ],
        },
        transformations: [rank],
        connectors: [...all('RNK'), 'RNK.ID>T.ID', 'RNK.TWICE>T.TWICE'],
      },
      ['tgt.T'],
    );
    expect([error, rows[0]]).toEqual([
      null,
      [
        [2, 0],
        [3, 60],
        [4, 10],
      ],
    ]);
  });
});

describe('Sequence Generator', () => {
  const sequence = (attributes: Readonly<Record<string, string>>): TransformationSpec => ({
    name: 'SEQ',
    type: 'Sequence',
    attributes: { 'Current Value': '1', 'Increment By': '1', 'End Value': '2147483647', ...attributes },
    ports: [{ name: 'NEXTVAL', type: 'bigint', port: 'OUTPUT' }],
  });
  const spec = (attributes: Readonly<Record<string, string>>): MappingSpec => ({
    sources,
    targets: {
      ONE: [
        { name: 'K', type: 'number', key: true },
        { name: 'ID', type: 'number' },
      ],
      TWO: [
        { name: 'K', type: 'number', key: true },
        { name: 'ID', type: 'number' },
      ],
    },
    transformations: [sequence(attributes)],
    connectors: ['SEQ.NEXTVAL>ONE.K', 'SQ_EMP.ID>ONE.ID', 'SEQ.NEXTVAL>TWO.K', 'SQ_EMP.ID>TWO.ID'],
  });

  it('gives each of its readers numbers of its own', async () => {
    const { rows } = await run(spec({}), ['tgt.ONE', 'tgt.TWO']);
    expect(rows.flat().map(([key]) => key)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('fails after its end value', async () => {
    expect((await run(spec({ 'End Value': '7' }), [])).error).toContain('the sequence has reached its end value 7');
  });
});

describe('Joiner', () => {
  it('compares texts without regard to case where it is told to', async () => {
    const joiner = (sensitive: string): TransformationSpec => ({
      name: 'JNR',
      type: 'Joiner',
      attributes: {
        'Join Type': 'Normal Join',
        'Join Condition': 'NAME = DEPT',
        'Case Sensitive String Comparison': sensitive,
      },
      ports: [
        { ...number('ID'), port: 'INPUT/OUTPUT' },
        { ...text('DEPT'), port: 'INPUT/OUTPUT' },
        { ...text('NAME'), port: 'INPUT/OUTPUT/MASTER' },
      ],
    });
    const joined = async (sensitive: string) =>
      (
        await run(
          {
            sources: { ...sources, NAMES: [{ name: 'NAME', type: 'varchar2', precision: 20 }] },
            targets: { T: [{ name: 'ID', type: 'number' }] },
            transformations: [joiner(sensitive)],
            connectors: ['SQ_EMP.ID>JNR.ID', 'SQ_EMP.DEPT>JNR.DEPT', 'SQ_NAMES.NAME>JNR.NAME', 'JNR.ID>T.ID'],
          },
          ['tgt.T'],
          { NAMES: "(SELECT 'A' AS NAME)" },
        )
      ).rows[0];
    expect([await joined('YES'), await joined('NO')]).toEqual([[[3]], [[1], [2], [3], [5]]]);
  });
});

describe('Lookup', () => {
  const lookup = (policy: string, override: string): TransformationSpec => ({
    name: 'LKP',
    type: 'Lookup Procedure',
    attributes: {
      'Lookup table name': 'NAMES',
      'Lookup condition': 'CODE = in_CODE',
      'Lookup policy on multiple match': policy,
      'Lookup Sql Override': override,
    },
    ports: [
      { ...text('in_CODE'), port: 'INPUT' },
      { ...text('CODE'), port: 'LOOKUP/OUTPUT' },
      { ...text('NAME'), port: 'LOOKUP/RETURN/OUTPUT' },
    ],
  });
  const names = { NAMES: "(SELECT * FROM (VALUES ('a', 'x', 1), ('a', 'y', 3), ('a', 'z', 2)) AS t(CODE, NAME, N))" };
  const nameFields = ['CODE', 'NAME'].map((name) => ({ name, type: 'varchar2', precision: 20 }));
  const spec = (policy: string, override: string): MappingSpec => ({
    sources: { ...sources, NAMES: [...nameFields, { name: 'N', type: 'number' }] },
    targets: {
      T: [
        { name: 'NAME', type: 'varchar2', precision: 20 },
        { name: 'ID', type: 'number' },
      ],
    },
    transformations: [lookup(policy, override)],
    connectors: ['SQ_EMP.DEPT>LKP.in_CODE', 'LKP.NAME>T.NAME', 'SQ_EMP.ID>T.ID'],
  });
  const found = async (policy: string, override: string) =>
    (await run(spec(policy, override), ['tgt.T'], names)).rows[0];
  const ordered = 'SELECT NAME AS NAME, CODE AS CODE FROM NAMES ORDER BY N DESC --';

  it('takes the first or last row in the order of its override', async () => {
    const first = await found('Use First Value', ordered);
    const last = await found('Use Last Value', ordered);
    expect([first?.[0], last?.[0]]).toEqual([
      ['y', 1],
      ['x', 1],
    ]);
  });

  it('fails at several matches where a call of it is to report them', async () => {
    const { error } = await run(
      {
        ...spec('Report Error', ''),
        transformations: [
          lookup('Report Error', ''),
          {
            name: 'EXP',
            type: 'Expression',
            ports: [
              { ...text('DEPT'), port: 'INPUT' },
              { ...text('OUT'), port: 'OUTPUT', expression: ':LKP.LKP(DEPT)' },
            ],
          },
        ],
        connectors: ['SQ_EMP.DEPT>EXP.DEPT', 'EXP.OUT>T.NAME'],
      },
      [],
      names,
    );
    expect(error).toContain('LKP: more than one match');
  });
});

describe('Source Qualifier', () => {
  const qualifier = (query: string): TransformationSpec => ({
    name: 'SQ_EMP',
    type: 'Source Qualifier',
    attributes: { 'Sql Query': query },
    ports: [
      { ...number('ID'), port: 'INPUT/OUTPUT' },
      { ...text('DEPT'), port: 'INPUT/OUTPUT' },
      { ...number('PAY'), port: 'INPUT/OUTPUT' },
    ],
  });
  const read = async (query: string) => {
    const { job, rows } = await run(
      {
        sources,
        targets: {
          T: [
            { name: 'ID', type: 'number' },
            { name: 'PAY', type: 'number' },
          ],
        },
        transformations: [qualifier(query)],
        connectors: ['SQ_EMP.ID>T.ID', 'SQ_EMP.PAY>T.PAY'],
      },
      ['tgt.T'],
    );
    return { first: rows[0]?.[0], issues: job.issues.map((one) => one.message).join() };
  };

  it('takes the columns of its query for the connected ports, or for all where there are as many', async () => {
    expect((await read('SELECT ID, PAY FROM EMP')).first).toEqual([1, 10]);
    const all = await read('SELECT ID, DEPT, PAY FROM EMP');
    expect([all.first, all.issues]).toEqual([[1, 10], expect.stringContaining('for all 3 ports')]);
    expect((await read('SELECT ID, DEPT, PAY, 1 FROM EMP')).issues).toContain('gives 4 columns for 2 connected ports');
  });
});

describe('a session', () => {
  const aggregator: TransformationSpec = {
    name: 'AGG',
    type: 'Aggregator',
    ports: [
      { ...text('DEPT'), port: 'INPUT/OUTPUT', more: 'EXPRESSIONTYPE ="GROUPBY"' },
      { ...number('PAY'), port: 'INPUT' },
      { ...number('TOTAL'), port: 'OUTPUT', expression: 'SUM(PAY)' },
    ],
  };

  it('that keeps groups for the next run leaves the Aggregator in doubt', async () => {
    const { job } = await run(
      {
        sources,
        targets: { T: [{ name: 'TOTAL', type: 'number' }] },
        transformations: [aggregator],
        connectors: ['SQ_EMP.DEPT>AGG.DEPT', 'SQ_EMP.PAY>AGG.PAY', 'AGG.TOTAL>T.TOTAL'],
        session: { 'Incremental Aggregation': 'YES' },
      },
      [],
    );
    expect(job.issues.map((one) => one.message).join()).toContain('Incremental Aggregation');
    expect(job.transformations.find((one) => one.id === 'AGG')?.confidence).toBe(0.7);
  });

  const plain = powerCenterXml({
    sources,
    targets: {
      T: [
        { name: 'ID', type: 'number', key: true },
        { name: 'NAME', type: 'varchar2', precision: 40 },
      ],
    },
    transformations: [
      {
        name: 'EXP',
        type: 'Expression',
        ports: [
          { ...number('ID'), port: 'INPUT/OUTPUT' },
          {
            ...text('WHO'),
            port: 'OUTPUT',
            expression: "$PMMappingName || '/' || $PMSessionName || '/' || $PMFolderName",
          },
        ],
      },
    ],
    connectors: ['SQ_EMP.ID>EXP.ID', 'EXP.ID>T.ID', 'EXP.WHO>T.NAME'],
    session: { 'Treat source rows as': 'Insert' },
  });
  const instance = `<WORKFLOW NAME ="w"><TASKINSTANCE NAME ="s_first" TASKNAME ="s_m" TASKTYPE ="Session"><SESSIONEXTENSION SINSTANCENAME ="T"><ATTRIBUTE NAME ="Truncate target table option" VALUE ="YES"/></SESSIONEXTENSION><ATTRIBUTE NAME ="Treat source rows as" VALUE ="Update"/></TASKINSTANCE></WORKFLOW>`;
  const inWorkflow = plain.replace('</FOLDER>', `${instance}</FOLDER>`);

  it('is overruled by what its instance in a workflow sets', async () => {
    const { pipeline } = await runEtl('powercenter', inWorkflow, { EMP: emp }, []);
    const config = pipeline.nodes.find((one) => one.id === 'T')?.config;
    expect([config?.['mode'], config?.['truncate']]).toEqual(['update', true]);
  });

  it('gives its own name and that of its mapping and folder', async () => {
    const { rows } = await runEtl('powercenter', inWorkflow, { EMP: emp }, ['EXP']);
    expect(rows[0]?.[0]?.[1]).toBe('m/s_first/F');
  });

  it('has the date format of its configuration object', () => {
    const text_ = plain
      .replace(
        '<SESSION ',
        '<CONFIG NAME ="c"><ATTRIBUTE NAME ="DateTime Format String" VALUE ="YYYY-MM-DD"/></CONFIG><SESSION ',
      )
      .replace('MAPPINGNAME ="m">', 'MAPPINGNAME ="m"><CONFIGREFERENCE REFOBJECTNAME ="c"/>')
      .replace('EXPRESSION ="$PMMappingName', 'EXPRESSION ="TO_CHAR(SYSDATE) || $PMMappingName');
    return expect(
      runEtl('powercenter', text_, { EMP: emp }, ['EXP']).then(({ rows }) => rows[0]?.[0]?.[1]),
    ).resolves.toMatch(/^2024-06-15m/);
  });
});

describe('a mapping', () => {
  it('with a connector from a port that gives nothing says so', async () => {
    const { job } = await run(
      {
        sources,
        targets: {
          T: [
            { name: 'ID', type: 'number' },
            { name: 'PAY', type: 'number' },
          ],
        },
        transformations: [
          {
            name: 'FIL',
            type: 'Filter',
            attributes: { 'Filter Condition': 'TRUE' },
            ports: [{ ...number('ID'), port: 'INPUT/OUTPUT' }],
          },
        ],
        connectors: ['SQ_EMP.ID>FIL.ID', 'FIL.ID>T.ID', 'FIL.PAY>T.PAY'],
      },
      [],
    );
    expect(job.issues.map((one) => one.message)).toContain('PAY is connected to FIL.PAY, which gives no values');
  });

  it('that reads what it has written before leaves the second read in doubt', async () => {
    const text_ = powerCenterXml({
      sources: { ...sources, T: [{ name: 'ID', type: 'number' }] },
      targets: { OUT: [{ name: 'ID', type: 'number' }], STAGE: [{ name: 'ID', type: 'number' }] },
      transformations: [],
      connectors: ['SQ_EMP.ID>STAGE.ID', 'SQ_T.ID>OUT.ID'],
    })
      .replaceAll('"STAGE"', '"T"')
      .replace(
        '</MAPPING>',
        '<TARGETLOADORDER ORDER ="1" TARGETINSTANCE ="T"/><TARGETLOADORDER ORDER ="2" TARGETINSTANCE ="OUT"/></MAPPING>',
      );
    const { job } = await runEtl('powercenter', text_, { EMP: emp }, []);
    expect(job.issues.map((one) => one.message).join()).toContain('before it reads it here');
  });
});

describe('worklets', () => {
  it('are found however deep they are defined', () => {
    const worklet = (name: string, inner: string): string => `<WORKLET NAME ="${name}">${inner}</WORKLET>`;
    const inner = worklet('a', worklet('b', worklet('c', '<TASK NAME ="Deep" TYPE ="Timer"/>')));
    const file = parsePowerCenter(
      `<POWERMART><REPOSITORY NAME="R"><FOLDER NAME="F"><WORKFLOW NAME ="w">${inner}</WORKFLOW></FOLDER></REPOSITORY></POWERMART>`,
      { file: 'w.xml' },
    );
    expect(file.workflows.map((one) => one.name)).toEqual(['w', 'a', 'b', 'c']);
    expect(file.tasks.map((one) => one.name)).toEqual(['Deep']);
  });
});
