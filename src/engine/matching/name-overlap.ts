/** How far the words of two names cover each other, rare words counting more. */
import type { WordTable } from './word-table.ts';

export interface NameOverlap {
  /** Share of the first name's weight that the second covers, and the reverse. */
  readonly forward: number;
  readonly backward: number;
}

/** `a` and `b` are word numbers of `table`. Empty names cover nothing. */
export function nameOverlap(a: Int32Array, b: Int32Array, table: WordTable): NameOverlap {
  return { forward: coverage(a, b, table), backward: coverage(b, a, table) };
}

/** Harmonic mean of both directions. */
export function balanced({ forward, backward }: NameOverlap): number {
  return forward + backward === 0 ? 0 : (2 * forward * backward) / (forward + backward);
}

function coverage(a: Int32Array, b: Int32Array, table: WordTable): number {
  let covered = 0;
  let total = 0;
  for (let i = 0; i < a.length; i += 1) {
    const word = a[i] as number;
    const weight = table.weights[word] as number;
    let best = 0;
    for (let j = 0; j < b.length; j += 1) {
      const similarity = table.similarity(word, b[j] as number);
      if (similarity > best) best = similarity;
    }
    covered += weight * best;
    total += weight;
  }
  return total === 0 ? 0 : covered / total;
}
