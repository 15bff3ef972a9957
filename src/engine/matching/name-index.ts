/** All names of one side, prepared so that another name is compared with all of them at once: the figures of `nameOverlap`, many times faster. */
import type { WordTable } from './word-table.ts';

export interface NameIndex {
  /** `out[t]` becomes the balanced overlap of the words of `name` with name t. */
  compareAll(name: Int32Array, out: Float32Array): void;
}

/** The entries of a list that are not 0, which few are. */
interface Sparse {
  readonly at: Int32Array;
  readonly values: Float32Array;
}

interface WordRow {
  /** Similarity to each different word of the side, and the best of each name's words. */
  readonly words: Sparse;
  readonly names: Sparse;
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
    const row = { words: sparse(words), names: sparse(bestOfNames(words, flat, starts)) };
    rows.set(word, row);
    return row;
  };
  const forward = new Float64Array(names.length);
  const reached = new Int32Array(names.length);
  const closest = new Float32Array(distinct.length);
  return {
    compareAll(name, out) {
      out.fill(0);
      forward.fill(0);
      closest.fill(0);
      let total = 0;
      let count = 0;
      for (const word of name) {
        const weight = table.weights[word] as number;
        const row = rowOf(word);
        total += weight;
        const { at: reachable, values: best } = row.names;
        for (let i = 0; i < reachable.length; i += 1) {
          const t = reachable[i] as number;
          if (forward[t] === 0) {
            reached[count] = t;
            count += 1;
          }
          forward[t] = (forward[t] as number) + weight * (best[i] as number);
        }
        raise(closest, row.words);
      }
      for (let n = 0; n < count; n += 1) {
        const t = reached[n] as number;
        const there = (forward[t] as number) / total;
        let covered = 0;
        const end = starts[t + 1] as number;
        for (let i = starts[t] as number; i < end; i += 1)
          covered += (weights[i] as number) * (closest[flat[i] as number] as number);
        const back = covered / (totals[t] as number);
        out[t] = (2 * there * back) / (there + back);
      }
    },
  };
}

/** Makes each number at least what the list says. */
function raise(numbers: Float32Array, { at, values }: Sparse): void {
  for (let i = 0; i < at.length; i += 1) {
    const place = at[i] as number;
    const value = values[i] as number;
    if (value > (numbers[place] as number)) numbers[place] = value;
  }
}

/** Of each name: the largest of the similarities of its words. */
function bestOfNames(similarities: Float32Array, words: Int32Array, starts: Int32Array): Float32Array {
  const best = new Float32Array(starts.length - 1);
  for (let t = 0; t < best.length; t += 1) {
    for (let i = starts[t] as number; i < (starts[t + 1] as number); i += 1) {
      const similarity = similarities[words[i] as number] as number;
      if (similarity > (best[t] as number)) best[t] = similarity;
    }
  }
  return best;
}

function sparse(dense: Float32Array): Sparse {
  const at: number[] = [];
  dense.forEach((value, i) => {
    if (value !== 0) at.push(i);
  });
  return { at: Int32Array.from(at), values: Float32Array.from(at, (i) => dense[i] as number) };
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
