/** How much the data of two columns has in common, 0..1 each. */
import type { ValueSummary } from './value-summary.ts';

export interface ValueOverlap {
  /** Shared values over the smaller and over both sets. */
  readonly containment: number;
  readonly jaccard: number;
}

/** Of two sets with that many values in common. Single shared values of tiny sets say little: the figures grow with the number shared. */
export function setOverlap(shared: number, sizeA: number, sizeB: number): ValueOverlap {
  const smaller = Math.min(sizeA, sizeB);
  return smaller === 0
    ? { containment: 0, jaccard: 0 }
    : { containment: shared / (smaller + 1), jaccard: shared / (sizeA + sizeB - shared) };
}

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
