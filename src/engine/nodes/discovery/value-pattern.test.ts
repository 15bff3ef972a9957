import { describe, expect, it } from 'vitest';
import { patternOf, topPatternsOf } from './value-pattern.ts';

describe('the shape of a value', () => {
  it.each([
    ['65-000001-0', '99-999999-9'],
    ['AB12', 'AA99'],
    ['AAAAAAA-1234567', 'A+-9+'],
    ['AAAAAA-123456', 'AAAAAA-999999'],
    ['Zürich 12', 'AAAAAA 99'],
    ['東京', 'AA'],
    ['--------', '--------'],
    ['abcdefgh abcdefgh', 'A+ A+'],
    ['', ''],
  ])('of %j is %j', (value, pattern) => {
    expect(patternOf(value)).toBe(pattern);
  });

  it('is counted, most frequent first, ties in order', () => {
    expect(topPatternsOf(['b1', 'a', 'c2', '1', 'x'])).toEqual([
      { pattern: 'A', count: 2 },
      { pattern: 'A9', count: 2 },
      { pattern: '9', count: 1 },
    ]);
  });
});
