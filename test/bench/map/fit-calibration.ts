/** Fits how sure a first candidate is: a logistic sum of the certainty figures, then isotonic regression. Deterministic. */
import { certaintyFigures, type CurvePoint } from '../../../src/engine/matching/confidence.ts';
import type { RankedColumn } from '../../../src/engine/matching/rank-column.ts';
import { softmax } from '../../../src/engine/matching/ranker.ts';
import { featureNames } from '../../../src/engine/matching/signals/registry.ts';
import type { TrainingRow, TrainingSet } from './training-rows.ts';

export interface Calibration {
  readonly weights: readonly number[];
  readonly points: readonly CurvePoint[];
}

interface Case {
  readonly figures: readonly number[];
  readonly right: boolean;
  readonly weight: number;
}

/** Orders a row's candidates by the weights, as the product does. */
export function rankRow(row: TrainingRow, weights: Float64Array): { readonly column: RankedColumn; readonly isTrue: readonly boolean[] } {
  const scores = row.figures.map((figures) => featureNames.reduce((sum, _, i) => sum + (weights[i] as number) * (figures[i] as number), 0));
  const beliefs = softmax(scores);
  const order = scores.map((_, i) => i).sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
  const candidates = order.map((i) => ({ target: (row.column.candidates[i] as RankedColumn['candidates'][number]).target, figures: row.figures[i] as Float64Array, history: 0.5, score: scores[i] as number, belief: beliefs[i] as number }));
  return { column: { source: row.column.source, candidates }, isTrue: order.map((i) => row.isTrue[i] as boolean) };
}

/** `weightsOf` gives, for a set, weights that were fitted without its family. */
export function fitCalibration(sets: readonly TrainingSet[], weightsOf: (set: TrainingSet) => Float64Array): Calibration {
  const cases = sets.flatMap((set) =>
    set.rows.map((row): Case => {
      const { column, isTrue } = rankRow(row, weightsOf(set));
      return { figures: certaintyFigures(column), right: isTrue[0] === true, weight: 1 / Math.sqrt(set.rows.length) };
    }),
  );
  const weights = fitLogistic(cases);
  const scored = cases.map((entry) => ({ ...entry, probability: logistic(entry.figures, weights) }));
  return { weights: weights.map((weight) => round(weight)), points: isotonic(scored) };
}

const round = (value: number): number => Math.round(value * 1e5) / 1e5;
const logistic = (figures: readonly number[], weights: readonly number[]): number => 1 / (1 + Math.exp(-figures.reduce((sum, value, i) => sum + value * (weights[i] as number), 0)));

function fitLogistic(cases: readonly Case[]): readonly number[] {
  const count = cases[0]?.figures.length ?? 0;
  const total = cases.reduce((sum, entry) => sum + entry.weight, 0);
  let weights = Array.from({ length: count }, () => 0);
  for (let step = 0; step < 6000; step += 1) {
    const gradient = Array.from({ length: count }, () => 0);
    for (const { figures, right, weight } of cases) {
      const error = logistic(figures, weights) - (right ? 1 : 0);
      figures.forEach((value, i) => {
        gradient[i] = (gradient[i] as number) + (weight * error * value) / total;
      });
    }
    weights = weights.map((weight, i) => weight - 0.5 * ((gradient[i] as number) + 0.002 * weight));
  }
  return weights;
}

/** Pool adjacent violators, thinned to blocks of at least 3 % of the weight; strictly ascending in `at`. */
function isotonic(cases: readonly (Case & { readonly probability: number })[]): readonly CurvePoint[] {
  const total = cases.reduce((sum, entry) => sum + entry.weight, 0);
  const blocks: { weight: number; right: number; sum: number }[] = [];
  const sorted = [...cases].sort((a, b) => a.probability - b.probability);
  let open = { weight: 0, right: 0, sum: 0 };
  sorted.forEach((entry, i) => {
    open = { weight: open.weight + entry.weight, right: open.right + (entry.right ? entry.weight : 0), sum: open.sum + entry.weight * entry.probability };
    if (open.weight < total * 0.03 && i < sorted.length - 1) return;
    blocks.push(open);
    open = { weight: 0, right: 0, sum: 0 };
    for (let last = blocks.length - 1; last > 0; last -= 1) {
      const a = blocks[last - 1] as typeof open;
      const b = blocks[last] as typeof open;
      if (a.right / a.weight <= b.right / b.weight) break;
      blocks.splice(last - 1, 2, { weight: a.weight + b.weight, right: a.right + b.right, sum: a.sum + b.sum });
    }
  });
  // One pseudo-case of doubt in each block: no finite sample proves 0 or 1.
  const doubt = total / cases.length;
  let highest = 0;
  return blocks.map((block) => {
    highest = Math.max(highest, (block.right + 0.5 * doubt) / (block.weight + doubt));
    return { at: round(block.sum / block.weight), is: round(highest) };
  });
}
