import { describe, expect, it } from 'vitest';
import { dsxOf, listProperty, type DsxJob } from '../../../../test/support/datastage-dsx.ts';
import { file, int, runDataStage, single, text } from '../../../../test/support/run-datastage.ts';
import { convertFile } from '../convert.ts';
import { readEtl } from '../read-etl.ts';

const key = { key: listProperty('key', [{ value: 'ID' }]) };

/** What is said of the stage `X` of a job. */
function converted(job: DsxJob) {
  const parsed = readEtl(dsxOf(job), { file: 'job.dsx', tool: 'datastage' });
  return convertFile(parsed, { dialect: 'duckdb', reproducibleTime: null }).job.transformations.find(
    (one) => one.id === 'X',
  );
}

/** A job of the files S and R, the stage X and a file for each output. */
const joining = (
  stage: DsxJob['stages'][number],
  second: DsxJob['links'][number]['columns'],
  ...targets: readonly string[]
): DsxJob => ({
  name: 'job',
  stages: [file('S'), file('R'), stage, ...targets.map(file)],
  links: [
    { name: 'one', from: 'S', to: 'X', columns: [int('ID'), text('A')] },
    { name: 'two', from: 'R', to: 'X', columns: second },
    ...targets.map((name) => ({ name: `to${name}`, from: 'X', to: name, columns: [int('ID'), text('A'), text('B')] })),
  ],
});

describe('Pivot', () => {
  it('makes a row of each name that a derivation lists, shorter lists ending in NULL', async () => {
    const job = single(
      { name: 'X', type: 'PxPivot' },
      [int('ID'), int('Q1'), int('Q2'), text('N1')],
      [int('ID', 'ID'), int('Q', 'Q1, Q2'), text('N', 'N1,N1,N1')],
    );
    expect(
      await runDataStage(job, { s: "(VALUES (1, 10, NULL, 'a'), (2, 20, 21, 'b')) AS v(ID, Q1, Q2, N1)" }, 'T'),
    ).toEqual([
      [
        [1, 10, 'a'],
        [1, null, 'a'],
        [1, null, 'a'],
        [2, 20, 'b'],
        [2, 21, 'b'],
        [2, null, 'b'],
      ],
    ]);
  });

  it('is left for a person where no derivation is a list', () => {
    expect(converted(single({ name: 'X', type: 'PxPivot' }, [int('ID')], [int('ID')]))).toMatchObject({
      confidence: 0,
    });
  });
});

describe('Switch', () => {
  const job = (properties: Readonly<Record<string, string>>): DsxJob => ({
    name: 'job',
    stages: [
      file('S'),
      {
        name: 'X',
        type: 'PxSwitch',
        properties: {
          key: listProperty('key', [{ value: 'A' }]),
          case: listProperty('case', [{ value: '"x"=0' }, { value: 'y=1' }, { value: 'z=0' }]),
          ...properties,
        },
      },
      file('T'),
      file('U'),
    ],
    links: [
      { name: 'in', from: 'S', to: 'X', columns: [int('ID'), text('A')] },
      { name: 'first', from: 'X', to: 'T', columns: [int('ID')] },
      { name: 'second', from: 'X', to: 'U', columns: [int('ID')] },
    ],
  });
  const rows = { s: "(VALUES (1, 'x'), (2, 'y'), (3, 'z'), (4, 'other'), (5, NULL)) AS v(ID, A)" };

  it.each([
    ['ignore', [[[1], [3]], [[2]]]],
    [
      'allow',
      [
        [[1], [3]],
        [[2], [4], [5]],
      ],
    ],
  ])('sends rows by their value to the output of the case; others by %s', async (ifNotFound, expected) => {
    expect(await runDataStage(job({ ifNotFound }), rows, 'T', 'U')).toEqual(expected);
  });

  it('fails at a value without a case where it is not told otherwise', async () => {
    await expect(runDataStage(job({}), rows, 'T')).rejects.toThrow('has no case');
  });

  it('is left for a person where the cases are written otherwise', () => {
    expect(converted(job({ case: listProperty('case', [{ value: 'x to first' }]) }))).toMatchObject({ confidence: 0 });
  });
});

describe('Merge', () => {
  const rows = { s: "(VALUES (1, 'a'), (2, 'b')) AS v(ID, A)", r: "(VALUES (1, 'p'), (3, 'q')) AS v(ID, B)" };
  const second = [int('ID'), text('B')];

  it.each([
    [
      {},
      [
        [1, 'a', 'p'],
        [2, 'b', null],
      ],
    ],
    [{ dropBadMasters: 'dropBadMasters' }, [[1, 'a', 'p']]],
  ])(
    '%j: puts the columns of the update beside the master, and rejects updates without one',
    async (more, expected) => {
      const job = joining({ name: 'X', type: 'PxMerge', properties: { ...key, ...more } }, second, 'T');
      const reject = { name: 'reject', from: 'X', to: 'U', columns: second };
      const both = { ...job, stages: [...job.stages, file('U')], links: [...job.links, reject] };
      expect(await runDataStage(both, rows, 'T', 'U')).toEqual([expected, [[3, 'q']]]);
    },
  );
});

describe('Change Apply', () => {
  it('gives the rows after: edits and inserts put in, deletes taken out, the rest kept', async () => {
    const job = joining(
      { name: 'X', type: 'PxChangeApply', properties: { ...key, codeField: 'chg', deleteCode: '9' } },
      [int('ID'), text('A'), int('chg')],
      'T',
    );
    const rows = {
      s: "(VALUES (1, 'a'), (2, 'b'), (3, 'c')) AS v(ID, A)",
      r: "(VALUES (2, 'B', 3), (3, 'c', 9), (4, 'D', 1)) AS v(ID, A, chg)",
    };
    const plain = {
      ...job,
      links: job.links.map((link) => (link.name === 'toT' ? { ...link, columns: [int('ID'), text('A')] } : link)),
    };
    expect(await runDataStage(plain, rows, 'T')).toEqual([
      [
        [1, 'a'],
        [2, 'B'],
        [4, 'D'],
      ],
    ]);
  });
});

describe('Surrogate Key Generator', () => {
  const job = (...output: readonly ReturnType<typeof int>[]) =>
    single({ name: 'X', type: 'PxSurrogateKeyGeneratorN' }, [text('A')], [text('A'), ...output]);

  it('numbers the rows in the column that the input lacks, and says where its numbers start', async () => {
    expect(await runDataStage(job(int('SK')), { s: "(VALUES ('a'), ('b')) AS v(A)" }, 'T')).toEqual([
      [
        ['a', 1],
        ['b', 2],
      ],
    ]);
    expect(converted(job(int('SK')))).toMatchObject({ confidence: 0.7 });
  });

  it('is left for a person where the column cannot be told', () => {
    expect(converted(job(int('SK'), int('OTHER')))).toMatchObject({ confidence: 0 });
  });
});

describe('Head', () => {
  it('skips rows before it counts', async () => {
    const job = single({ name: 'X', type: 'PxHead', properties: { nrecs: '2', skip: '1' } }, [int('ID')], [int('ID')]);
    expect(await runDataStage(job, { s: '(VALUES (1), (2), (3), (4)) AS v(ID)' }, 'T')).toEqual([[[2], [3]]]);
  });
});

describe('connectors that are not listed by name', () => {
  it('are stores like the others', async () => {
    const job: DsxJob = {
      name: 'job',
      stages: [{ name: 'S', type: 'BigQueryConnectorPX' }, file('T')],
      links: [{ name: 'l', from: 'S', to: 'T', columns: [int('ID')] }],
    };
    const parsed = readEtl(dsxOf(job), { file: 'job.dsx', tool: 'datastage' });
    const { pipelines } = convertFile(parsed, { dialect: 'duckdb', reproducibleTime: null });
    expect(pipelines[0]?.nodes[0]).toMatchObject({ type: 'source', connector: 'bigquery' });
  });
});

describe('columns that a link does not declare', () => {
  it('are handed on where the link propagates columns, and not twice where one of them is renamed', async () => {
    const job = (propagates: string): DsxJob => ({
      name: 'job',
      stages: [
        file('S'),
        { name: 'X', type: 'PxCopy', properties: { 'out.RTColumnProp': propagates } },
        { name: 'Y', type: 'PxCopy' },
        file('T'),
      ],
      links: [
        { name: 'in', from: 'S', to: 'X', columns: [int('ID'), text('A'), text('B')] },
        { name: 'out', from: 'X', to: 'Y', columns: [text('RENAMED', 'in.A')] },
        { name: 'last', from: 'Y', to: 'T', columns: [text('RENAMED'), text('A'), text('B')] },
      ],
    });
    const rows = { s: "(VALUES (1, 'a', 'b')) AS v(ID, A, B)" };
    expect(await runDataStage(job('1'), rows, 'T')).toEqual([[['a', null, 'b']]]);
    expect(await runDataStage(job('0'), rows, 'T')).toEqual([[['a', null, null]]]);
  });
});

describe('a source without declared columns', () => {
  it('has those that its query names, as text', async () => {
    const job: DsxJob = {
      name: 'job',
      stages: [
        {
          name: 'S',
          type: 'OracleConnectorPX',
          properties: { 'Usage/SQL/SelectStatement': 'select a.ID, upper(NAME) as NAME from A a' },
        },
        { name: 'X', type: 'PxCopy' },
        file('T'),
      ],
      links: [
        { name: 'in', from: 'S', to: 'X', columns: [] },
        { name: 'out', from: 'X', to: 'T', columns: [text('NAME'), int('ID')] },
      ],
    };
    expect(await runDataStage(job, { s: "(VALUES ('1', 'x')) AS v(ID, NAME)" }, 'T')).toEqual([[['x', 1]]]);
    expect(converted(job)?.confidence).toBeGreaterThanOrEqual(0.85);
  });
});
