/** The letter triples of all names of one side: how alike another name is spelled to each of them, the figures of `dice`. */

export interface SpellingIndex {
  /** `out[t]` becomes the similarity to name t. */
  compareAll(grams: Int32Array, out: Float32Array): void;
}

/** `names` are sorted lists of different triples, as `trigrams` gives them. */
export function indexSpellings(names: readonly Int32Array[]): SpellingIndex {
  const holders = new Map<number, number[]>();
  names.forEach((grams, t) => {
    for (const gram of grams) {
      const known = holders.get(gram);
      if (known === undefined) holders.set(gram, [t]);
      else known.push(t);
    }
  });
  const lengths = Float64Array.from(names, (grams) => grams.length);
  return {
    compareAll(grams, out) {
      out.fill(0);
      for (const gram of grams) for (const t of holders.get(gram) ?? []) out[t] = (out[t] as number) + 1;
      for (let t = 0; t < out.length; t += 1) {
        const shared = out[t] as number;
        if (shared > 0) out[t] = (2 * shared) / (grams.length + (lengths[t] as number));
      }
    },
  };
}
