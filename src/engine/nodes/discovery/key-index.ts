import { type NameWords, lastWordsMeet } from './reference-name.ts';

interface IndexedKey {
  readonly words: NameWords;
  readonly tableWords: NameWords;
  readonly declared: boolean;
  /** Null where nothing is known of its values. */
  readonly range: object | null;
}

/**
 * Finds the keys that a column may refer to, so that it is not compared with all of them: those whose name, or whose
 * table's, ends in a word that meets its own; and where values may tell, every declared key with known values. In the order
 * of `keys`.
 */
export function keyIndex<K extends IndexedKey>(
  keys: readonly K[],
): (words: NameWords, hasValues: boolean) => readonly K[] {
  const byWord = new Map<string, number[]>();
  const withValues: number[] = [];
  keys.forEach((key, at) => {
    const ends = new Set([key.words.own.at(-1), key.tableWords.own.at(-1)]);
    for (const word of ends) {
      if (word === undefined) continue;
      const listed = byWord.get(word);
      if (listed === undefined) byWord.set(word, [at]);
      else listed.push(at);
    }
    if (key.declared && key.range !== null) withValues.push(at);
  });
  const met = new Map<string, readonly number[]>();
  return ({ own }, hasValues) => {
    const last = own.at(-1) ?? '';
    let named = met.get(last);
    if (named === undefined) {
      named = [...byWord].flatMap(([word, listed]) => (last !== '' && lastWordsMeet(last, word) ? listed : []));
      met.set(last, named);
    }
    const all = new Set(hasValues ? [...named, ...withValues] : named);
    return [...all].toSorted((a, b) => a - b).map((at) => keys[at] as K);
  };
}
