import type { Steps } from '../core/in-turns.ts';
import { compareText } from '../core/text.ts';

export interface Renamed<T> {
  readonly before: T;
  readonly after: T;
  readonly score: number;
}

const accepted = 0.6;
/** Beyond this many pairs nothing is compared: a schema of which so much is new is another schema. */
const maxPairs = 1_000_000;

/**
 * Pairs of what is gone and what is new that are likely one thing, the most likely first; each is in one pair at most.
 * `effort` is what one score costs, in names compared.
 */
export function* pairRenamed<T extends { readonly name: string }>(
  gone: readonly T[],
  fresh: readonly T[],
  score: (before: T, after: T) => number,
  effort = 1,
): Steps<readonly Renamed<T>[]> {
  if (gone.length * fresh.length > maxPairs) return [];
  const pairs: Renamed<T>[] = [];
  for (const before of gone) {
    for (const after of fresh) {
      const likely = score(before, after);
      if (likely >= accepted) pairs.push({ before, after, score: likely });
    }
    yield fresh.length * effort;
  }
  pairs.sort(
    (a, b) => b.score - a.score || compareText(a.before.name, b.before.name) || compareText(a.after.name, b.after.name),
  );
  const taken = new Set<T>();
  return pairs.filter(({ before, after }) => {
    if (taken.has(before) || taken.has(after)) return false;
    taken.add(before).add(after);
    return true;
  });
}
