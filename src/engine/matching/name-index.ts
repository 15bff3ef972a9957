/** All names of one side, prepared so that another name is compared with all of them at once: the figures of `nameOverlap`, many times faster. */
import type { WordTable } from './word-table.ts';

export interface NameIndex {
  /** `out[t]` becomes the balanced overlap of the words with name t. */
  compareAll(words: Int32Array, out: Float32Array): void;
}

interface WordRow {
  /** Similarity to each different word of the side, and the best of each name's words. */
  readonly words: Float32Array;
  readonly names: Float32Array;
}

/** `names` are lists of word numbers of `table`. */
export function indexNames(names: readonly Int32Array[], table: WordTable): NameIndex {
  const { local, distinct } = numberWords(names);
  const starts = new Int32Array(names.length + 1);
  names.forEach((name, t) => (starts[t + 1] = (starts[t] as number) + name.length));
  const flat = Int32Array.from(names.flatMap((name) => Array.from(name, (word) => local.get(word) as number)));
  const weights = Float64Array.from(flat, (word) => table.weights[distinct[word] as number] as number);
  const totals = Float64Array.from(names, (name) =>
    name.reduce((sum, word) => sum + (table.weights[word] as number), 0),
  );
  const rows = new Map<number, WordRow>();
  const rowOf = (word: number): WordRow => {
    const known = rows.get(word);
    if (known !== undefined) return known;
    const words = Float32Array.from(distinct, (other) => table.similarity(word, other));
    const best = new Float32Array(names.length);
    for (let t = 0; t < best.length; t += 1) {
      let most = 0;
      for (let i = starts[t] as number; i < (starts[t + 1] as number); i += 1) {
        const similarity = words[flat[i] as number] as number;
        if (similarity > most) most = similarity;
      }
      best[t] = most;
    }
    const row = { words, names: best };
    rows.set(word, row);
    return row;
  };
  const forward = new Float64Array(names.length);
  const closest = new Float32Array(distinct.length);
  return {
    compareAll(words, out) {
      forward.fill(0);
      closest.fill(0);
      let total = 0;
      for (const word of words) {
        const weight = table.weights[word] as number;
        const row = rowOf(word);
        total += weight;
        for (let t = 0; t < forward.length; t += 1)
          forward[t] = (forward[t] as number) + weight * (row.names[t] as number);
        for (let v = 0; v < closest.length; v += 1) {
          const similarity = row.words[v] as number;
          if (similarity > (closest[v] as number)) closest[v] = similarity;
        }
      }
      for (let t = 0; t < out.length; t += 1) {
        const there = total === 0 ? 0 : (forward[t] as number) / total;
        if (there === 0) {
          out[t] = 0;
          continue;
        }
        let covered = 0;
        for (let i = starts[t] as number; i < (starts[t + 1] as number); i += 1)
          covered += (weights[i] as number) * (closest[flat[i] as number] as number);
        const back = covered / (totals[t] as number);
        out[t] = (2 * there * back) / (there + back);
      }
    },
  };
}

/** The different words of all names in order of appearance, and each one's place among them. */
function numberWords(names: readonly Int32Array[]): {
  readonly local: ReadonlyMap<number, number>;
  readonly distinct: readonly number[];
} {
  const local = new Map<number, number>();
  for (const name of names) for (const word of name) if (!local.has(word)) local.set(word, local.size);
  return { local, distinct: [...local.keys()] };
}
