import { describe, expect, it } from 'vitest';
import { certaintyNames } from './certainty.ts';
import { calibratedConfidence } from './confidence.ts';
import type { RankedCandidate } from './rank-column.ts';
import { featureNames } from './signals/registry.ts';

const candidate = (figures: Readonly<Record<string, number>>, history = 0.5): RankedCandidate =>
  ({ figures: Float64Array.from(featureNames, (name) => figures[name] ?? 0), history }) as never;
const sure = certaintyNames.map(() => 1);

describe('calibratedConfidence', () => {
  it('is 0 without a candidate', () => {
    expect(calibratedConfidence(undefined, sure, true)).toBe(0);
  });

  it('proposes nothing where name, meaning and values are all unlike, however far ahead the candidate is', () => {
    expect(calibratedConfidence(candidate({ 'name.balanced': 0.9 }), sure, false)).toBeGreaterThan(0.8);
    expect(calibratedConfidence(candidate({ 'name.balanced': 0.3 }), sure, false)).toBeLessThan(0.25);
  });

  it('believes a lesson about columns that are unlike', () => {
    expect(calibratedConfidence(candidate({ 'name.balanced': 0.1 }, 1), sure, false)).toBeGreaterThan(0.8);
  });
});
