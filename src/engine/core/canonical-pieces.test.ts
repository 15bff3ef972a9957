import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson, canonicalPieces } from './canonical-json.ts';

it('the pieces of any value make its canonical JSON', () => {
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.jsonValue(),
      fc.constant(undefined),
      fc.array(tie('value')),
      fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('2', '10', 'a')), tie('value')),
    ),
  }));
  fc.assert(
    fc.property(value, (inner) => {
      const given = { inner, list: [inner, [inner]] };
      expect([...canonicalPieces(given)].join('')).toBe(canonicalJson(given));
    }),
  );
});

it('no piece is larger than the largest of the small values', () => {
  const rows = Array.from({ length: 5000 }, (_, n) => ({ n, list: ['x', { n }] }));
  expect(Math.max(...[...canonicalPieces({ rows })].map((one) => one.length))).toBeLessThan(50);
});
