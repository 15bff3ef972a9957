import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileLexicon } from '../domains/lexicon.ts';
import { genericPack } from '../domains/packs.ts';
import { indexNames } from './name-index.ts';
import { balanced, nameOverlap } from './name-overlap.ts';
import { indexSpellings } from './spelling-index.ts';
import { dice, trigrams } from './string-similarity.ts';
import { createWordTable } from './word-table.ts';

const word = fc.constantFrom(
  'customer',
  'client',
  'account',
  'acct',
  'number',
  'of',
  'date',
  'billed',
  'bill',
  '12',
  'zq',
);
const name = fc.array(word, { maxLength: 5 });

describe('comparing a name with all names of a side', () => {
  it('gives what comparing it with each of them gives', () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 8 }), name, (others, own) => {
        const table = createWordTable([...others, own], compileLexicon([genericPack], null, new Map()));
        const number = (words: readonly string[]): Int32Array =>
          Int32Array.from(new Set(words.map((each) => table.idOf(each))));
        const out = new Float32Array(others.length);
        indexNames(others.map(number), table).compareAll(number(own), out);
        others.forEach((other, t) => {
          expect(out[t]).toBeCloseTo(balanced(nameOverlap(number(own), number(other), table)), 5);
        });
      }),
    );
  });

  it('does the same for spelling', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 8 }), fc.string(), (others, own) => {
        const out = new Float32Array(others.length);
        indexSpellings(others.map(trigrams)).compareAll(trigrams(own), out);
        others.forEach((other, t) => expect(out[t]).toBeCloseTo(dice(trigrams(own), trigrams(other)), 5));
      }),
    );
  });
});
