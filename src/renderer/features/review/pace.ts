/** Decisions needed before a pace means anything. */
const leastDecisions = 6;
/** A longer pause is a break, not thinking. */
const longestThought = 120_000;

/**
 * Minutes that are left at the pace of this session: the median time between decisions times what is pending.
 * Null until there are enough decisions.
 */
export function minutesLeft(decidedAt: readonly number[], pending: number): number | null {
  if (decidedAt.length < leastDecisions || pending === 0) return null;
  const gaps = decidedAt
    .slice(1)
    .map((at, index) => at - (decidedAt[index] ?? at))
    .filter((gap) => gap <= longestThought)
    .sort((a, b) => a - b);
  const median = gaps[Math.floor(gaps.length / 2)];
  return median === undefined ? null : Math.round((median * pending) / 60_000);
}
