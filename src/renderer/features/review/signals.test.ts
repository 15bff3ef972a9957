import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../shared/model/mapping.ts';
import { rivalOf, signalLines, sumOf } from './signals.ts';

const candidate = (column: string, points?: Record<string, number>): Candidate => ({
  schema: null,
  table: 't',
  column,
  score: 0.5,
  parts: { semantic: 0, type: 0, domain: 0, history: 0 },
  because: '',
  ...(points === undefined ? {} : { points }),
});

describe('the points of signals', () => {
  it('come strongest first, what speaks against last, each measured by the largest', () => {
    expect(signalLines(candidate('a', { type: -120, name: 240, comment: 60 }))).toEqual([
      { id: 'name', points: 2.4, share: 1 },
      { id: 'comment', points: 0.6, share: 0.25 },
      { id: 'type', points: -1.2, share: 0.5 },
    ]);
    expect(sumOf(candidate('a', { type: -120, name: 240, comment: 60 }))).toBeCloseTo(1.8);
  });

  it('say nothing where an older version recorded nothing', () => {
    expect(signalLines(candidate('a'))).toEqual([]);
    expect(sumOf(candidate('a'))).toBe(null);
  });

  it('are held against the strongest other candidate', () => {
    const all = [candidate('a', { name: 100 }), candidate('b', { name: 300 }), candidate('c', { name: 200 })];
    expect(rivalOf(all, all[1] as Candidate)?.column).toBe('c');
    expect(rivalOf(all, all[0] as Candidate)?.column).toBe('b');
    expect(rivalOf(all.slice(0, 1), all[0] as Candidate)).toBe(null);
  });
});
