import { describe, expect, it } from 'vitest';
import { convertFile } from '../../../src/engine/etl/convert.ts';
import { readEtl } from '../../../src/engine/etl/read-etl.ts';
import { dsxOf, listProperty, type DsxJob } from '../../support/datastage-dsx.ts';
import { file, int, runDataStage as run, single, text } from '../../support/run-datastage.ts';

const ids = [int('ID'), int('A')];

describe('DataStage stages on DuckDB', () => {

  it('derivations keep the types of their columns: text is cut, decimals are cut off', async () => {
    const job = single({ name: 'X', type: 'CTransformerStage' }, [int('ID'), text('N')], [
      text('SHORT', 'UpCase(in.N)', { precision: 3 }),
      { name: 'D', type: 3, precision: 8, scale: 2, derivation: 'in.ID / 3' },
      int('I', 'in.N[2,1]'),
      text('NOTHING', 'in.N : SetNull()'),
    ]);
    const [rows] = await run(job, { s: "(VALUES (2, 'a7cdef')) AS v(ID, N)" }, 'T');
    expect(rows?.map((row) => row.map(String))).toEqual([['A7C', '0.66', '7', 'null']]);
  });

  it('a stage variable that is read before it is set has the value of the row before', async () => {
    const job = single(
      {
        name: 'X',
        type: 'CTransformerStage',
        variables: [
          { name: 'svNew', expression: 'If in.A = svLast Then 0 Else 1' },
          { name: 'svLast', expression: 'in.A', initial: '-1' },
          { name: 'svTotal', expression: 'svTotal + in.A' },
        ],
      },
      ids,
      [int('ID', 'in.ID'), int('NEW', 'svNew'), int('TOTAL', 'svTotal'), int('N', '@INROWNUM')],
    );
    const [rows] = await run(job, { s: '(VALUES (1, 5), (2, 5), (3, 6), (4, 5)) AS v(ID, A)' }, 'T');
    expect(rows).toEqual([[1, 1, 5, 1], [2, 0, 10, 2], [3, 1, 16, 3], [4, 1, 21, 4]]);
  });

  it.each([
    ['innerjoin', [[1, 'a']]],
    ['leftouterjoin', [[1, 'a'], [2, null]]],
    ['rightouterjoin', [[1, 'a'], [3, 'c']]],
  ])('%s keeps the rows of its sides', async (operator, expected) => {
    const job: DsxJob = {
      name: 'job',
      stages: [file('S'), file('R'), { name: 'J', type: 'PxJoin', properties: { operator, key: listProperty('key', [{ value: 'ID' }]) } }, file('T')],
      links: [
        { name: 'l', from: 'S', to: 'J', columns: ids },
        { name: 'r', from: 'R', to: 'J', columns: [int('ID'), text('N')] },
        { name: 'out', from: 'J', to: 'T', columns: [int('ID', 'l.ID'), text('N', 'r.N')] },
      ],
    };
    expect(await run(job, { s: '(VALUES (1, 0), (2, 0)) AS v(ID, A)', r: "(VALUES (1, 'a'), (3, 'c')) AS v(ID, N)" }, 'T')).toEqual([expected]);
  });

  it('an aggregator counts rows and reduces columns by group', async () => {
    const stage = {
      name: 'G', type: 'PxAggregator',
      properties: { key: listProperty('key', [{ value: 'ID' }]), reduce: listProperty('reduce', [{ value: 'A', more: { max: 'TOP', sum: 'ALL', mean: 'MID' } }]), countField: listProperty('countField', [{ value: 'N' }]) },
    };
    const job = single(stage, ids, [int('ID', 'in.ID'), int('TOP'), int('ALL'), int('N', 'RecCount()')]);
    expect(await run(job, { s: '(VALUES (1, 4), (1, 6), (2, NULL)) AS v(ID, A)' }, 'T')).toEqual([[[1, 6, 10, 2], [2, null, null, 1]]]);
  });

  it('a filter sends rows to the output of each where clause', async () => {
    const job: DsxJob = {
      name: 'job',
      stages: [
        file('S'),
        { name: 'F', type: 'PxFilter', properties: { where: listProperty('where', [{ value: 'A > 1 and N like "x%"', more: { target: '0' } }, { value: 'A = 1', more: { target: '1' } }]) } },
        file('T'),
        file('U'),
      ],
      links: [
        { name: 'in', from: 'S', to: 'F', columns: [int('A'), text('N')] },
        { name: 'one', from: 'F', to: 'T', columns: [int('A', 'in.A')] },
        { name: 'two', from: 'F', to: 'U', columns: [int('A', 'in.A')] },
      ],
    };
    expect(await run(job, { s: "(VALUES (1, 'xa'), (2, 'xb'), (3, 'y')) AS v(A, N)" }, 'T', 'U')).toEqual([[[2]], [[1]]]);
  });

  it('a descending sort followed by a head keeps the largest rows', async () => {
    const job: DsxJob = {
      name: 'job',
      stages: [
        file('S'),
        { name: 'O', type: 'PxSort', properties: { key: listProperty('key', [{ value: 'A', more: { 'asc\\desc': 'desc' } }]) } },
        { name: 'H', type: 'PxHead', properties: { nrecs: '2' } },
        file('T'),
      ],
      links: [
        { name: 'in', from: 'S', to: 'O', columns: ids },
        { name: 'sorted', from: 'O', to: 'H', columns: [int('ID', 'in.ID'), int('A', 'in.A')] },
        { name: 'top', from: 'H', to: 'T', columns: [int('A', 'sorted.A')] },
      ],
    };
    expect(await run(job, { s: '(VALUES (1, 3), (2, 9), (3, 5)) AS v(ID, A)' }, 'T')).toEqual([[[5], [9]]]);
  });

  it('a funnel puts the rows of its inputs together by the names of their columns', async () => {
    const job: DsxJob = {
      name: 'job',
      stages: [file('S'), file('R'), { name: 'F', type: 'PxFunnel', properties: { operator: 'funnel' } }, file('T')],
      links: [
        { name: 'a', from: 'S', to: 'F', columns: ids },
        { name: 'b', from: 'R', to: 'F', columns: [int('A'), int('ID')] },
        { name: 'out', from: 'F', to: 'T', columns: ids },
      ],
    };
    expect(await run(job, { s: '(VALUES (1, 2)) AS v(ID, A)', r: '(VALUES (3, 4)) AS v(A, ID)' }, 'T')).toEqual([[[1, 2], [4, 3]]]);
  });

  it('what has no rule is kept with its original and fails when it is run', () => {
    const parsed = readEtl(dsxOf(single({ name: 'J', type: 'JavaStagePX', properties: { class: 'com.example.Score' } }, ids, ids)), { file: 'job.dsx', tool: 'datastage' });
    const { job, pipelines } = convertFile(parsed, { dialect: 'duckdb', reproducibleTime: null });
    const node = pipelines[0]?.nodes.find((one) => one.id === 'J');
    expect({ conversion: node?.conversion, confidence: node?.confidence, sql: node?.sql, kept: node?.original?.includes('com.example.Score') }).toEqual({
      conversion: 'unsupported', confidence: 0, sql: undefined, kept: true,
    });
    expect(job.issues.map((issue) => issue.where)).toContain('J');
  });
});
