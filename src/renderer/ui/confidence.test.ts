import { describe, expect, it } from 'vitest';
import { confidenceWord } from './confidence.ts';

describe('confidenceWord', () => {
  it('uses the thresholds of the project, not fixed ones', () => {
    expect(
      [0.8, 0.799, 0.5, 0.499].map((score) => confidenceWord(score, { autoApprove: 0.8, flagBelow: 0.5 })),
    ).toEqual(['likely', 'check', 'check', 'unlikely']);
    expect(confidenceWord(0.85, { autoApprove: 0.9, flagBelow: 0.6 })).toBe('check');
  });
});
