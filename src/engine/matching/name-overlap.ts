/** How far the words of two names cover each other, rare words counting more. */
import type { WordTable } from './word-table.ts';

export interface NameOverlap {
  /** Share of the first name's weight that the second covers, and the reverse. */
  readonly forward: number;
  readonly backward: number;
}

/** Of each word of the second name: its best similarity so far. Grows with the longest name. */
let bestOfSecond = new Float64Array(64);

/** `a` and `b` are word numbers of `table`. Empty names cover nothing. */
export function nameOverlap(a: Int32Array, b: Int32Array, table: WordTable): NameOverlap {
  if (b.length > bestOfSecond.length) bestOfSecond = new Float64Array(2 * b.length);
  bestOfSecond.fill(0, 0, b.length);
  let covered = 0;
  let total = 0;
  for (let i = 0; i < a.length; i += 1) {
    const word = a[i] as number;
    let best = 0;
    for (let j = 0; j < b.length; j += 1) {
      const similarity = table.similarity(word, b[j] as number);
      if (similarity > best) best = similarity;
      if (similarity > (bestOfSecond[j] as number)) bestOfSecond[j] = similarity;
    }
    const weight = table.weights[word] as number;
    covered += weight * best;
    total += weight;
  }
  let coveredBack = 0;
  let totalBack = 0;
  for (let j = 0; j < b.length; j += 1) {
    const weight = table.weights[b[j] as number] as number;
    coveredBack += weight * (bestOfSecond[j] as number);
    totalBack += weight;
  }
  return {
    forward: total === 0 ? 0 : covered / total,
    backward: totalBack === 0 ? 0 : coveredBack / totalBack,
  };
}

/** Harmonic mean of both directions. */
export function balanced({ forward, backward }: NameOverlap): number {
  return forward + backward === 0 ? 0 : (2 * forward * backward) / (forward + backward);
}
