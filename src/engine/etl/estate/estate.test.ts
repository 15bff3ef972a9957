import { describe, expect, it } from 'vitest';
import type { JobFootprint } from '../../../shared/model/conversion.ts';
import { type EstateMember, estateOf } from './estate.ts';

const job = (id: string, footprint: Partial<JobFootprint>, effortHours = 1): EstateMember => ({
  id,
  effortHours,
  footprint: {
    reads: [],
    writes: [],
    provides: [id],
    calls: [],
    complexity: { score: 10, level: 'simple', parts: [] },
    ...footprint,
  },
});
const waves = (members: readonly EstateMember[]): readonly (readonly string[])[] =>
  estateOf(members).waves.map((wave) => wave.jobs);

describe('estateOf', () => {
  it('puts a job that reads a table after the jobs that write it, whatever the order of the files', () => {
    const members = [
      job('mart', { reads: ['dw.fact'], writes: ['rpt.sales'] }),
      job('load', { reads: ['stg.orders'], writes: ['dw.fact'] }),
      job('stage', { reads: ['orders.csv'], writes: ['stg.orders'] }),
      job('alone', {}),
    ];
    expect(waves(members)).toEqual([['alone', 'stage'], ['load'], ['mart']]);
    expect(estateOf(members.toReversed())).toEqual(estateOf(members));
  });

  it('puts a caller after what it calls, and says why', () => {
    const { waves: found, dependencies } = estateOf([
      job('Master.dtsx', { calls: ['Load.dtsx', 'Missing.dtsx'] }),
      job('load.dtsx', { provides: ['load.dtsx', 'Load'] }),
    ]);
    expect(found.map((wave) => wave.jobs)).toEqual([['load.dtsx'], ['Master.dtsx']]);
    expect(dependencies).toEqual([{ job: 'Master.dtsx', on: 'load.dtsx', kind: 'call', because: 'Load.dtsx' }]);
  });

  it('keeps jobs that need each other in one wave and names the circle', () => {
    const estate = estateOf([
      job('a', { reads: ['t2'], writes: ['t1'] }, 2),
      job('b', { reads: ['t1'], writes: ['t2'] }, 3),
      job('c', { reads: ['t2'] }, 4),
    ]);
    expect(estate.circles).toEqual([['a', 'b']]);
    expect(estate.waves).toEqual([
      { jobs: ['a', 'b'], effortHours: 5, complexity: 20 },
      { jobs: ['c'], effortHours: 4, complexity: 10 },
    ]);
  });

  it('takes a name without a schema for the only table of that name, and tells schemas apart otherwise', () => {
    expect(waves([job('reader', { reads: ['CUSTOMER'] }), job('writer', { writes: ['dbo.Customer'] })])).toEqual([
      ['writer'],
      ['reader'],
    ]);
    const two = [job('reader', { reads: ['stg.Customer'] }), job('writer', { writes: ['dw.Customer'] })];
    expect(waves(two)).toEqual([['reader', 'writer']]);
  });

  it('lists tables that several jobs touch, most used first', () => {
    const { tables } = estateOf([
      job('a', { writes: ['dim.date', 'own'] }),
      job('b', { reads: ['DIM.DATE', 'stg.x'] }),
      job('c', { reads: ['dim.date', 'stg.x'] }),
    ]);
    expect(tables).toEqual([
      { table: 'DIM.DATE', readers: ['b', 'c'], writers: ['a'] },
      { table: 'stg.x', readers: ['b', 'c'], writers: [] },
    ]);
  });

  it('takes a chain of two thousand jobs', () => {
    const chain = Array.from({ length: 2000 }, (_, i) =>
      job(`j${i}`, { reads: i === 0 ? [] : [`t${i - 1}`], writes: [`t${i}`] }),
    );
    expect(estateOf(chain).waves.length).toBe(2000);
  });
});
