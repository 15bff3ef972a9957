import { describe, expect, it } from 'vitest';
import { varyCandidates } from './vary-candidates.ts';

const candidate = (table: number, words: string, belief: number, role: 'date' | 'identifier' | 'other' = 'other') => ({
  target: { words: words.split(' '), table: { index: table } as never, role },
  belief,
});
const shown = (candidates: readonly ReturnType<typeof candidate>[]): readonly string[] =>
  varyCandidates(candidates).map(({ target }) => target.words.join(' '));

describe('the order in which candidates are shown', () => {
  it('puts another table’s date before the timestamp beside the date', () => {
    const order = shown([
      candidate(0, 'observation date', 0.4, 'date'),
      candidate(0, 'observation datetime', 0.3, 'date'),
      candidate(1, 'visit start date', 0.1, 'date'),
    ]);
    expect(order).toEqual(['observation date', 'visit start date', 'observation datetime']);
  });

  it('leaves the same name in other tables, and a second form that is much likelier, where they are', () => {
    const order = shown([
      candidate(0, 'person identifier', 0.4, 'identifier'),
      candidate(1, 'person identifier', 0.3, 'identifier'),
      candidate(0, 'person source value', 0.2),
      candidate(2, 'city', 0.01),
    ]);
    expect(order).toEqual(['person identifier', 'person identifier', 'person source value', 'city']);
  });

  it('never moves the first', () => {
    const order = shown([candidate(0, 'code concept', 0.1), candidate(1, 'name', 0.9)]);
    expect(order).toEqual(['code concept', 'name']);
  });
});
