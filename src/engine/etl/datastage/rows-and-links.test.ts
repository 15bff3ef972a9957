import { describe, expect, it } from 'vitest';
import { dsxOf, listProperty, type DsxJob } from '../../../../test/support/datastage-dsx.ts';
import { file, int, runDataStage, single, text } from '../../../../test/support/run-datastage.ts';
import { convertFile } from '../convert.ts';
import { readEtl } from '../read-etl.ts';

const source = [int('ID'), text('G'), int('N')];
const rows = { s: "(VALUES (1, 'a', 10), (2, 'b', 20), (3, 'a', NULL), (4, 'a', 5)) AS v(ID, G, N)" };
const decimal = (name: string, derivation?: string) => ({
  name,
  type: 3,
  precision: 18,
  scale: 2,
  ...(derivation === undefined ? {} : { derivation }),
});

function notesOf(job: DsxJob, stage = 'X') {
  const parsed = readEtl(dsxOf(job), { file: 'job.dsx', tool: 'datastage' });
  const { job: found } = convertFile(parsed, { dialect: 'duckdb', reproducibleTime: null });
  return found.transformations.find((one) => one.id === stage);
}

/** A job of a Transformer between S and T. */
const transformer = (
  stage: Partial<DsxJob['stages'][number]>,
  output: DsxJob['links'][number]['columns'],
  more: Partial<DsxJob['links'][number]> = {},
): DsxJob => ({
  name: 'job',
  stages: [file('S'), { name: 'X', type: 'CTransformerStage', ...stage }, file('T')],
  links: [
    { name: 'in', from: 'S', to: 'X', columns: source },
    { name: 'out', from: 'X', to: 'T', columns: output, ...more },
  ],
});

describe('the sort of an input link', () => {
  const job = (keep: string, compiler: Readonly<Record<string, string>>): DsxJob => {
    const plain = single(
      { name: 'X', type: 'PxRemDup', properties: { keep, key: listProperty('key', [{ value: 'G' }]) } },
      source,
      source,
    );
    return { ...plain, links: plain.links.map((link, index) => (index === 0 ? { ...link, compiler } : link)) };
  };

  it('decides which row of a key is kept', async () => {
    const sort = 'tsort -key G -cs -asc -key N -cs -desc -nulls first';
    expect(await runDataStage(job('first', { Sort: sort }), rows, 'T')).toEqual([
      [
        [2, 'b', 20],
        [3, 'a', null],
      ],
    ]);
    expect(await runDataStage(job('last', { Sort: sort }), rows, 'T')).toEqual([
      [
        [2, 'b', 20],
        [4, 'a', 5],
      ],
    ]);
  });

  it('keeps one row of each key where it is to be unique, before any stage', async () => {
    const plain = single({ name: 'X', type: 'PxCopy' }, source, source);
    const compiler = { Sort: 'tsort -key G -ci -asc', SortAdv: '-unique -stable' };
    const unique = { ...plain, links: plain.links.map((link) => (link.to === 'X' ? { ...link, compiler } : link)) };
    const given = { s: "(VALUES (1, 'a', 1), (2, 'A', 2), (3, 'b', 3)) AS v(ID, G, N)" };
    expect(await runDataStage(unique, given, 'T')).toEqual([
      [
        [1, 'a', 1],
        [3, 'b', 3],
      ],
    ]);
  });
});

describe('stage variables', () => {
  const previous = { name: 'svPrev', expression: 'in.G', type: 12 };

  it('count and add up within a group that starts where a key changes, from their initial values', async () => {
    const job = transformer(
      {
        variables: [
          { name: 'svNew', expression: 'If in.G <> svPrev Then 1 Else 0', initial: '0' },
          { name: 'svCount', expression: 'If svNew = 1 Then 1 Else svCount + 1', initial: '0' },
          { name: 'svAll', expression: 'svAll + in.ID', initial: '100' },
          previous,
        ],
      },
      [int('ID', 'in.ID'), int('C', 'svCount'), int('A', 'svAll')],
    );
    expect(await runDataStage(job, rows, 'T')).toEqual([
      [
        [1, 1, 101],
        [2, 1, 103],
        [3, 1, 106],
        [4, 2, 110],
      ],
    ]);
  });

  it('that depend on each other across rows are computed row by row', async () => {
    const job = transformer(
      {
        variables: [
          { name: 'svA', expression: 'svB * 2 + in.ID', initial: '1' },
          { name: 'svB', expression: 'If svA > 10 Then 0 Else svA', initial: '1' },
        ],
      },
      [int('ID', 'in.ID'), int('A', 'svA'), int('B', 'svB')],
    );
    expect(await runDataStage(job, rows, 'T')).toEqual([
      [
        [1, 3, 3],
        [2, 8, 8],
        [3, 19, 0],
        [4, 4, 4],
      ],
    ]);
  });

  it('stand beside reference links, whose NOTFOUND they and constraints may read', async () => {
    const job: DsxJob = {
      name: 'job',
      stages: [
        file('S'),
        file('R'),
        {
          name: 'X',
          type: 'CTransformerStage',
          variables: [{ name: 'svName', expression: 'If ref.NOTFOUND Then "none" Else ref.B', type: 12 }],
        },
        file('T'),
        file('U'),
      ],
      links: [
        { name: 'in', from: 'S', to: 'X', columns: source },
        {
          name: 'ref',
          from: 'R',
          to: 'X',
          reference: true,
          columns: [text('G', undefined, { keyExpression: 'in.G' }), text('B')],
        },
        { name: 'all', from: 'X', to: 'T', columns: [int('ID', 'in.ID'), text('V', 'svName')] },
        { name: 'lost', from: 'X', to: 'U', constraint: 'ref.NOTFOUND', columns: [int('ID', 'in.ID')] },
      ],
    };
    expect(await runDataStage(job, { ...rows, r: "(VALUES ('a', 'x')) AS v(G, B)" }, 'T', 'U')).toEqual([
      [
        [1, 'x'],
        [2, 'none'],
        [3, 'x'],
        [4, 'x'],
      ],
      [[2]],
    ]);
  });
});

describe('row numbers and loops', () => {
  it('@INROWNUM counts the rows that come in, before a constraint takes any away', async () => {
    const job = transformer({}, [int('ID', 'in.ID'), int('R', '@INROWNUM'), int('O', '@OUTROWNUM')], {
      constraint: 'in.G = "a" And @INROWNUM > 1',
    });
    expect(await runDataStage(job, rows, 'T')).toEqual([
      [
        [3, 3, 1],
        [4, 4, 2],
      ],
    ]);
  });

  it('a loop gives a row for each iteration, with the variables of the loop', async () => {
    const job = transformer(
      {
        variables: [{ name: 'svParts', expression: 'Dcount(in.G, ",")' }],
        loop: '@ITERATION <= svParts',
        loopVariables: [{ name: 'part', expression: 'Field(in.G, ",", @ITERATION)' }],
      },
      [int('ID', 'in.ID'), int('I', '@ITERATION'), text('P', 'part')],
    );
    const given = { s: "(VALUES (1, 'x,y', 0), (2, '', 0), (3, 'z', 0), (4, NULL, 0)) AS v(ID, G, N)" };
    expect(await runDataStage(job, given, 'T')).toEqual([
      [
        [1, 1, 'x'],
        [1, 2, 'y'],
        [3, 1, 'z'],
      ],
    ]);
  });

  it('a loop whose condition or variables depend on the iteration before is left for a person', () => {
    const out = [int('ID', 'in.ID')];
    const reason = (stage: Partial<DsxJob['stages'][number]>) => notesOf(transformer(stage, out))?.notes.join(' ');
    expect(reason({ loop: 'GetSavedInputRecord() > 0' })).toContain('no number of iterations');
    expect(reason({ loop: '@ITERATION <= 2', loopVariables: [{ name: 'v', expression: 'v : "x"' }] })).toContain(
      'keeps its value',
    );
  });
});

describe('statistics', () => {
  it('are cut off towards zero where a whole number is declared, and count text as numbers', async () => {
    const reduce = listProperty('reduce', [
      { value: 'N', more: { mean: 'M' } },
      { value: 'D', more: { sum: 'S' } },
      { value: 'V', more: { sum: 'W' } },
    ]);
    const job = single(
      { name: 'X', type: 'PxAggregator', properties: { key: listProperty('key', [{ value: 'G' }]), reduce } },
      [text('G'), int('N'), decimal('D'), text('V')],
      [text('G', 'in.G'), int('M'), int('S'), decimal('W')],
    );
    const given = { s: "(VALUES ('a', 1, 1.4, '1.5'), ('a', 2, 1.4, 'x')) AS v(G, N, D, V)" };
    expect(await runDataStage(job, given, 'T')).toEqual([[['a', 1, 2, '1.50']]]);
  });

  it('of a server job are grouped by the columns that are handed on', async () => {
    const job = single({ name: 'X', type: 'CAggregatorStage' }, source, [text('G', 'in.G'), int('S', 'Sum(in.N)')]);
    expect(await runDataStage(job, rows, 'T')).toEqual([
      [
        ['a', 15],
        ['b', 20],
      ],
    ]);
  });
});

describe('rejected rows', () => {
  const reject = { name: 'bad', from: 'X', to: 'U', columns: source, reject: true };
  const good = { name: 'out', from: 'X', to: 'T', columns: source };
  const into = { name: 'in', from: 'S', to: 'X', columns: source };

  it('of a Transformer are those that fail, not all', async () => {
    const derived = source.map((one) => ({ ...one, derivation: `in.${one.name}` }));
    const job: DsxJob = {
      name: 'job',
      stages: [file('S'), { name: 'X', type: 'CTransformerStage' }, file('T'), file('U')],
      links: [into, { ...good, columns: derived, constraint: 'in.ID > 3' }, { ...reject, columns: derived }],
    };
    expect(await runDataStage(job, rows, 'T', 'U')).toEqual([[[4, 'a', 5]], []]);
  });

  it('of a lookup are told apart from its result by the link, whatever the order of the links', async () => {
    const job: DsxJob = {
      name: 'job',
      stages: [file('S'), file('R'), { name: 'X', type: 'PxLookup' }, file('T'), file('U')],
      links: [
        into,
        {
          name: 'ref',
          from: 'R',
          to: 'X',
          reference: true,
          lookupFail: 'reject',
          columns: [text('G', undefined, { keyExpression: 'in.G' }), text('B')],
        },
        reject,
        { name: 'out', from: 'X', to: 'T', columns: [int('ID', 'in.ID'), text('B', 'ref.B')] },
      ],
    };
    expect(await runDataStage(job, { ...rows, r: "(VALUES ('b', 'x')) AS v(G, B)" }, 'T', 'U')).toEqual([
      [[2, 'x']],
      [
        [1, 'a', 10],
        [3, 'a', null],
        [4, 'a', 5],
      ],
    ]);
  });

  it('of a file that is read and of a table that is written have columns and no rows', async () => {
    const table: DsxJob = {
      name: 'job',
      stages: [file('S'), { name: 'X', type: 'OracleConnectorPX' }, file('U')],
      links: [into, { ...reject, columns: [int('ID'), text('ERRORTEXT')] }],
    };
    expect(await runDataStage(table, rows, 'X', 'U')).toEqual([expect.objectContaining({ length: 4 }), []]);
    const read: DsxJob = {
      name: 'job',
      stages: [{ name: 'X', type: 'PxSequentialFile' }, file('T'), file('U')],
      links: [good, { ...reject, columns: [text('rejected')] }],
    };
    expect(await runDataStage(read, { x: rows.s }, 'T', 'U')).toEqual([expect.objectContaining({ length: 4 }), []]);
  });
});

describe('files that are written and read back', () => {
  it('a hashed file gives the last row of each key, and takes all', async () => {
    const keyed = [text('G', undefined, { key: true }), int('ID')];
    const job: DsxJob = {
      name: 'job',
      stages: [file('S'), { name: 'X', type: 'CHashedFileStage' }, file('T')],
      links: [
        { name: 'in', from: 'S', to: 'X', columns: keyed, input: { ClearFile: '1' } },
        { name: 'out', from: 'X', to: 'T', columns: keyed },
      ],
    };
    const given = { s: "(VALUES ('a', 1), ('b', 2), ('a', 3)) AS v(G, ID)" };
    expect(await runDataStage(job, given, 'T', 'X')).toEqual([
      [
        ['a', 3],
        ['b', 2],
      ],
      [
        ['a', 3],
        ['b', 2],
      ],
    ]);
  });
});

describe('Modify', () => {
  const modified = (specification: string, input: ReturnType<typeof text>, output: ReturnType<typeof text>) =>
    single(
      {
        name: 'X',
        type: 'PxModify',
        properties: { modifyspec: listProperty('modifyspec', [{ value: specification }]) },
      },
      [input],
      [output],
    );
  const date = { name: 'D', type: 9 };

  it.each([
    ['Y:int32 = year_from_date(D)', date, int('Y'), "DATE '2019-03-04'", 2019],
    ['T:string[10] = string_from_date[%dd/%mm/%yyyy](D)', date, text('T'), "DATE '2019-03-04'", '04/03/2019'],
    ['L:int32 = string_length(V)', text('V'), int('L'), "'abc'", 3],
    ['W = string_trim["0", begin](V)', text('V'), text('W'), "'0070'", '70'],
    ["W = handle_null(V, '1')", text('V'), text('W'), 'NULL', '1'],
    ["W = make_null(V, 'x')", text('V'), text('W'), "'x'", null],
    ['I:int32 = int32_from_decimal[round_inf](N)', decimal('N'), int('I'), '2.5', 3],
    ['I:int32 = int32_from_decimal(N)', decimal('N'), int('I'), '2.9', 2],
  ])('%s', async (...[specification, input, output, value, expected]) => {
    const job = modified(specification, input, output);
    expect(await runDataStage(job, { s: `(VALUES (${value})) AS v(${input.name})` }, 'T')).toEqual([[[expected]]]);
  });

  it('a conversion that no rule knows is left for a person', () => {
    expect(notesOf(modified('W = raw_from_string(V)', text('V'), text('W')))).toMatchObject({ confidence: 0 });
  });
});

describe('a sparse lookup', () => {
  const job = (query: string): DsxJob => ({
    name: 'job',
    stages: [
      file('S'),
      { name: 'R', type: 'OracleConnectorPX', properties: { 'Usage/SQL/SelectStatement': query } },
      { name: 'X', type: 'PxLookup' },
      file('T'),
    ],
    links: [
      { name: 'in', from: 'S', to: 'X', columns: source },
      { name: 'ref', from: 'R', to: 'X', reference: true, lookupFail: 'drop', columns: [text('CODE'), text('B')] },
      { name: 'out', from: 'X', to: 'T', columns: [int('ID', 'in.ID'), text('B', 'ref.B')] },
    ],
  });

  it('has its keys in its query', async () => {
    const query = "SELECT C.CODE, C.B FROM C WHERE C.CODE = ORCHESTRATE.G AND C.OK = 'Y'";
    expect(await runDataStage(job(query), { ...rows, r: "(VALUES ('b', 'x')) AS v(CODE, B)" }, 'T')).toEqual([
      [[2, 'x']],
    ]);
    expect(notesOf(job(query))?.confidence).toBe(0.8);
  });

  it('is left for a person where it compares with what its link does not have', () => {
    expect(notesOf(job('SELECT CODE, B FROM C WHERE K = ORCHESTRATE.G'))?.notes.join(' ')).toContain('no column');
  });
});

describe('functions', () => {
  it.each([
    ['Fmt(in.G, "R%5")', '00abc'],
    ['Fmt(in.G, "L#5") : "|"', 'abc  |'],
    ['Fmt(in.G, "R#2")', 'bc'],
    [`Fmt(in.G, "5'*'R")`, '**abc'],
    ['Fmt(in.N, "R2")', '7.00'],
    ['IsValid("int32", "12.5") : IsValid("int32", " 12")', '01'],
    ['DecimalToString(in.ID * 100, "suppress_zero")', '100'],
    ['DecimalToString(StringToDecimal("12.50"), "suppress_zero")', '12.5'],
    ['Oconv("new york", "MCT")', 'New York'],
    ['Oconv(123456, "MD2,")', '1,234.56'],
    ['Iconv("1,234.56", "MD2,") : ""', '123456'],
    ['Oconv(3661, "MTS:")', '01:01:01'],
  ])('%s', async (expression, expected) => {
    const job = transformer({}, [text('V', expression)]);
    expect(await runDataStage(job, { s: "(VALUES (1, 'abc', 7)) AS v(ID, G, N)" }, 'T')).toEqual([[[expected]]]);
  });
});

describe('what is told apart', () => {
  it('a lookup by a range or on a condition is left for a person', () => {
    const job = (compiler: Readonly<Record<string, string>>, input: Readonly<Record<string, string>>): DsxJob => ({
      name: 'job',
      stages: [
        file('S'),
        file('R'),
        { name: 'X', type: 'PxLookup', properties: { 'APT/LookupOperator': compiler['LookupOperator'] ?? 'lookup' } },
        file('T'),
      ],
      links: [
        { name: 'in', from: 'S', to: 'X', columns: source },
        {
          name: 'ref',
          from: 'R',
          to: 'X',
          reference: true,
          input,
          columns: [text('G', undefined, { keyExpression: 'in.G' })],
        },
        { name: 'out', from: 'X', to: 'T', columns: [int('ID', 'in.ID')] },
      ],
    });
    expect(notesOf(job({}, {}))?.confidence).toBeGreaterThan(0.9);
    expect(notesOf(job({ LookupOperator: 'range' }, {}))?.notes.join(' ')).toContain('range');
    expect(notesOf(job({}, { LookupCondition: 'in.ID > 1' }))?.notes.join(' ')).toContain('in.ID > 1');
  });

  it('a sort funnel merges its inputs by its keys', async () => {
    const job: DsxJob = {
      name: 'job',
      stages: [
        file('S'),
        file('R'),
        {
          name: 'F',
          type: 'PxFunnel',
          properties: { operator: 'sortfunnel', key: listProperty('key', [{ value: 'ID' }]) },
        },
        { name: 'X', type: 'PxHead', properties: { nrecs: '3' } },
        file('T'),
      ],
      links: [
        { name: 'one', from: 'S', to: 'F', columns: [int('ID')] },
        { name: 'two', from: 'R', to: 'F', columns: [int('ID')] },
        { name: 'both', from: 'F', to: 'X', columns: [int('ID')] },
        { name: 'out', from: 'X', to: 'T', columns: [int('ID')] },
      ],
    };
    const given = { s: '(VALUES (1), (4), (6)) AS v(ID)', r: '(VALUES (2), (3)) AS v(ID)' };
    expect(await runDataStage(job, given, 'T')).toEqual([[[1], [2], [3]]]);
  });

  it.each([
    ['OracleConnectorPX', '6', 'insert'],
    ['DB2ConnectorPX', '7', 'insert'],
  ])('%s: write mode %s is a bulk load, which inserts', (type, mode, expected) => {
    const job: DsxJob = {
      name: 'job',
      stages: [file('S'), { name: 'X', type }],
      links: [{ name: 'in', from: 'S', to: 'X', columns: source, input: { 'Usage/WriteMode': mode } }],
    };
    const parsed = readEtl(dsxOf(job), { file: 'job.dsx', tool: 'datastage' });
    const { pipelines } = convertFile(parsed, { dialect: 'duckdb', reproducibleTime: null });
    expect(pipelines[0]?.nodes.at(-1)?.config?.['mode']).toBe(expected);
  });
});
