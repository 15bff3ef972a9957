import { describe, expect, it } from 'vitest';
import { compileLexicon } from '../domains/lexicon.ts';
import { genericPack } from '../domains/packs.ts';
import { createWordTable } from './word-table.ts';

const lexicon = compileLexicon([genericPack], null, new Map());
const words = ['customer', 'custmer', 'account', 'acct', 'date', 'billing', 'billed', '12'];
/** So many that not all pairs can be kept. */
const crowd = Array.from({ length: 8000 }, (_, i) => `w${i}x`);

describe('createWordTable', () => {
  it('gives the same similarities among few words and among very many, the first time and again', () => {
    const [small, large] = [createWordTable([words], lexicon), createWordTable([words, crowd], lexicon)];
    const similarities = (table: typeof small): readonly number[] =>
      words.flatMap((a) => words.map((b) => table.similarity(table.idOf(a), table.idOf(b))));
    const expected = similarities(small);
    expect(similarities(large)).toEqual(expected);
    // Other pairs pass through the same places.
    for (const a of crowd.slice(0, 80)) for (const b of crowd) large.similarity(large.idOf(a), large.idOf(b));
    expect(similarities(large)).toEqual(expected);
    expect(expected.some((value) => value > 0 && value < 1)).toBe(true);
  });
});
