/** Columns of one table seldom share a target: a candidate that another column of the table believes in more loses some of its score. */
import type { RankedCandidate, RankedColumn } from './rank-column.ts';

/** Taken from a score where another column is certain of the target. More would take targets that do take many columns. */
const YIELD = 1;

/** The same columns, each with its candidates in their new order. */
export function yieldToRivals(ranked: readonly RankedColumn[]): readonly RankedColumn[] {
  const claims = strongestClaims(ranked);
  return ranked.map(({ source, candidates }, column) => {
    const own = claims.get(source.table.index);
    const lost = candidates.map(({ target, belief }) => {
      const claim = own?.get(target.index);
      const rival = claim === undefined ? 0 : claim.column === column ? claim.second : claim.first;
      return YIELD * Math.max(0, rival - belief);
    });
    if (lost.every((loss) => loss === 0)) return { source, candidates };
    const left = candidates.map(({ belief }, i) => belief * Math.exp(-(lost[i] as number)));
    // What is believed of candidates that were not kept stays as it is.
    const others = 1 - candidates.reduce((sum, { belief }) => sum + belief, 0);
    const all = left.reduce((sum, belief) => sum + belief, Math.max(0, others));
    const moved = candidates.map((candidate, i): RankedCandidate => ({
      ...candidate,
      score: candidate.score - (lost[i] as number),
      belief: (left[i] as number) / all,
    }));
    const order = moved.map((_, i) => i);
    order.sort((a, b) => (moved[b] as RankedCandidate).score - (moved[a] as RankedCandidate).score || a - b);
    return { source, candidates: order.map((i) => moved[i] as RankedCandidate) };
  });
}

interface Claim {
  readonly column: number;
  readonly first: number;
  readonly second: number;
}

/** Of each source table and, in it, each target: the column that believes in the target most, and how much the next one does. */
function strongestClaims(ranked: readonly RankedColumn[]): ReadonlyMap<number, ReadonlyMap<number, Claim>> {
  const claims = new Map<number, Map<number, Claim>>();
  ranked.forEach(({ source, candidates }, column) => {
    const own = claims.get(source.table.index) ?? new Map<number, Claim>();
    claims.set(source.table.index, own);
    for (const { target, belief } of candidates) {
      const best = own.get(target.index);
      if (best === undefined || belief > best.first)
        own.set(target.index, { column, first: belief, second: best?.first ?? 0 });
      else if (belief > best.second) own.set(target.index, { ...best, second: belief });
    }
  });
  return claims;
}
