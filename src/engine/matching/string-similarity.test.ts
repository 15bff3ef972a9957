import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jaroWinkler } from './string-similarity.ts';

/** The definition, letter by letter. */
function plainly(a: string, b: string): number {
  if (a === b) return a === '' ? 0 : 1;
  const window = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Set<number>();
  const matches = a.split('').filter((letter, i) => {
    const found = b.split('').findIndex((other, j) => other === letter && !taken.has(j) && Math.abs(i - j) <= window);
    if (found >= 0) taken.add(found);
    return found >= 0;
  });
  if (matches.length === 0) return 0;
  const others = b.split('').filter((_, j) => taken.has(j));
  const swaps = matches.filter((letter, i) => letter !== others[i]).length / 2;
  const jaro = (matches.length / a.length + matches.length / b.length + (matches.length - swaps) / matches.length) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
}

describe('how alike two names are spelled', () => {
  it('is what matching their letters one by one gives, for names of any length', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'ü'), maxLength: 64 });
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(jaroWinkler(a, b)).toBe(plainly(a, b));
      }),
      { seed: 7 },
    );
  });

  it('does not depend on what was compared before', () => {
    const before = jaroWinkler('customer', 'kustomer');
    jaroWinkler('c'.repeat(64), 'customer'.repeat(8));
    expect(jaroWinkler('customer', 'kustomer')).toBe(before);
    expect(before).toBeGreaterThan(0.9);
  });

  it('reads the first 64 letters', () => {
    expect(jaroWinkler(`${'x'.repeat(64)}a`, `${'x'.repeat(64)}b`)).toBe(1);
  });
});
