/** From a column's certainty figures to the probability that its first candidate is right. */
import calibration from './calibration.json' with { type: 'json' };
import { likeness } from './confidence-parts.ts';
import type { RankedCandidate } from './rank-column.ts';

/** Of columns that are right at first choice, one in a hundred is less alike than this in every respect. */
const LEAST_LIKENESS = 0.4;

/**
 * The calibrated probability that the column's first candidate is right, from its row of `describeCertainty`. Lessons move it after
 * the calibration, as evidence of their own. Where nothing was learned and nothing is alike there is no counterpart, however far
 * the candidate is ahead of others: the confidence is at most half the likeness.
 */
export function calibratedConfidence(
  first: RankedCandidate | undefined,
  certainty: readonly number[],
  hasEmbedder: boolean,
): number {
  if (first === undefined) return 0;
  const { weights, points } = hasEmbedder ? calibration.minilm : calibration.rules;
  const alike = likeness(first);
  const most = first.history > 0.5 || alike >= LEAST_LIKENESS ? 1 : alike / 2;
  const raw = certainty.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);
  return Math.min(most, shiftOdds(interpolate(points, 1 / (1 + Math.exp(-raw))), 7 * (first.history - 0.5)));
}

export interface CurvePoint {
  readonly at: number;
  readonly is: number;
}

/** The curve that turns scores into probabilities, fitted on public benchmarks: with MiniLM, or with names and rules alone. */
export function shippedCalibration(hasEmbedder: boolean): readonly CurvePoint[] {
  return (hasEmbedder ? calibration.minilm : calibration.rules).points;
}

/** Piecewise linear through ascending points; flat outside. */
export function interpolate(points: readonly CurvePoint[], x: number): number {
  const next = points.findIndex((point) => point.at >= x);
  const after = points[next];
  if (after === undefined) return points.at(-1)?.is ?? x;
  const before = points[next - 1];
  if (before === undefined || after.at === before.at) return after.is;
  return before.is + ((after.is - before.is) * (x - before.at)) / (after.at - before.at);
}

function shiftOdds(probability: number, shift: number): number {
  if (shift === 0) return probability;
  const p = Math.min(0.999, Math.max(0.001, probability));
  return 1 / (1 + Math.exp(-(Math.log(p / (1 - p)) + shift)));
}
