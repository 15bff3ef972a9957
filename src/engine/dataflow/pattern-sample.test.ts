import { describe, expect, it } from 'vitest';
import { samplePattern } from './pattern-sample.ts';

const textOf = (pattern: string, number = '42'): string | null => {
  const sample = samplePattern(pattern);
  return sample === null ? null : `${sample.before}${number}${sample.after}`;
};

describe('a text that a pattern finds', () => {
  it.each([
    String.raw`\{ "\$oid" : "(.+?)" \}`,
    String.raw`^ID-(\d+)(?:/\d{4})?$`,
    String.raw`(\w+)@example\.(?:org|com)`,
    '[A-Z]{2}[0-9]+',
    String.raw`a*b+\s(x|yy)([^,]*),`,
    String.raw`\d{2,}:`,
  ])('%s', (pattern) => {
    expect(textOf(pattern)).toMatch(new RegExp(pattern));
  });

  it('differs by the number', () => {
    expect(textOf(String.raw`^no (\d+)$`, '7')).toBe('no 7');
  });

  it.each(['abc', String.raw`(a)\1`, '(?=x)y+', '(', '['.repeat(500), '(('.repeat(300)])(
    'is not given where there is no place for a number or the pattern is no simple one: %s',
    (pattern) => {
      expect(textOf(pattern)).toBeNull();
    },
  );
});
