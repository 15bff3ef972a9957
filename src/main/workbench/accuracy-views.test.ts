import { describe, expect, it } from 'vitest';
import type { Decision } from '../../shared/model/mapping.ts';
import { decision as anyDecision, mapping } from '../../../test/support/builders.ts';
import { binsOf, judge } from './accuracy-views.ts';

const column = (name: string) => ({ schema: null, table: 'T', column: name });
const decision = (seq: number, mappingId: string, more: Partial<Decision> = {}): Decision =>
  anyDecision(seq, mappingId, 'approve', { target: column('X'), ...more });
const proposals = [
  mapping('A.a', 'T.X', { confidence: 0.95 }),
  mapping('A.b', 'T.X', { confidence: 0.9 }),
  mapping('A.c', 'T.X', { confidence: 0.3 }),
  mapping('A.d', null, { confidence: 0.1 }),
  mapping('A.e', 'T.X', { confidence: 1 }),
];

describe('decisions held against confidence', () => {
  it('count a proposal as right where its target stayed, by the last decision that stands', () => {
    const judged = judge(proposals, [
      decision(1, 'A.a'),
      decision(2, 'A.b', { verdict: 'modify', target: column('Y') }),
      decision(3, 'A.c', { verdict: 'reject' }),
      decision(4, 'A.d', { verdict: 'modify', target: null }),
      decision(5, 'A.e'),
      decision(6, 'A.e', { verdict: 'undo', undoes: 5 }),
    ]);
    expect(judged.map(({ proposal, verdict }) => [proposal.id, verdict])).toEqual([
      ['A.a', 'kept'],
      ['A.b', 'changed'],
      ['A.c', 'rejected'],
      ['A.d', 'kept'],
    ]);
    const bins = binsOf(judged);
    expect(bins.filter((bin) => bin.decided > 0).map(({ from, decided, right }) => [from, decided, right])).toEqual([
      [0.3, 1, 0],
      [0.9, 2, 1],
    ]);
    expect(bins[9]?.mean).toBeCloseTo(0.925);
  });

  it('leave out what the rectifier took over, and the highest confidence has its place', () => {
    expect(judge(proposals, [decision(1, 'A.a', { by: 'rectifier' })])).toEqual([]);
    expect(binsOf(judge(proposals, [decision(1, 'A.e')]))[9]).toMatchObject({ decided: 1, right: 1 });
  });
});
