/** How much the data of two columns has in common, 0..1 each. */
import type { ValueSummary } from './value-summary.ts';

/** Shared values over the smaller of two sets. Single shared values of tiny sets say little: it grows with the number shared. */
export const containment = (shared: number, sizeA: number, sizeB: number): number =>
  shared === 0 ? 0 : shared / (Math.min(sizeA, sizeB) + 1);

/** Overlap of the distributions of value shapes. */
export function patternOverlap(a: ValueSummary, b: ValueSummary): number {
  let shared = 0;
  for (const [pattern, share] of a.patterns) shared += Math.min(share, b.patterns.get(pattern) ?? 0);
  return shared;
}

/** Nearness of the 10th, 50th and 90th percentiles of numeric columns; 0 where one has no numbers. */
export function rangeOverlap(a: ValueSummary, b: ValueSummary): number {
  if (a.quantiles === null || b.quantiles === null) return 0;
  let sum = 0;
  for (let i = 0; i < 3; i += 1) {
    const left = a.quantiles[i] as number;
    const right = b.quantiles[i] as number;
    sum += 1 - Math.abs(left - right) / Math.max(1e-9, Math.abs(left) + Math.abs(right));
  }
  return sum / 3;
}
