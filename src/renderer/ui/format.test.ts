import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatPercent, formatPlural, formatScore, formatSeconds } from './format.ts';

describe('figures as text', () => {
  it('never rounds a score up across a threshold', () => {
    expect([0, 0.07, 0.57, 0.58, 0.7999, 0.8, 0.999, 1].map(formatScore)).toEqual([
      '.00',
      '.07',
      '.57',
      '.58',
      '.79',
      '.80',
      '.99',
      '1.0',
    ]);
  });

  it('never says all or none for a part', () => {
    expect(formatPercent(9_999, 10_000)).toBe('99.9 %');
    expect(formatPercent(1, 100_000)).toBe('< 0.1 %');
    expect(formatPercent(5, 5)).toBe('100 %');
    expect(formatPercent(0, 5)).toBe('0.0 %');
    expect(formatPercent(0, 0)).toBe('—');
  });

  it('groups counts and gives them their noun', () => {
    expect(formatCount(41_208)).toBe('41,208');
    expect([formatPlural(1, 'table'), formatPlural(23, 'table'), formatPlural(2, 'is', 'are')]).toEqual([
      '1 table',
      '23 tables',
      '2 are',
    ]);
  });

  it('gives sizes and times a unit that fits', () => {
    expect([0, 1023, 1536, 209_715_200].map(formatBytes)).toEqual(['0 B', '1023 B', '1.5 KB', '200 MB']);
    expect([0.42, 12.9, 95, 7_325].map(formatSeconds)).toEqual(['0.4 s', '12 s', '1 min 35 s', '2 h 2 min']);
  });
});
