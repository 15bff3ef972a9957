/** Fits the ranker's weights: listwise softmax over each column's candidates, ridge, full-batch Adam. Deterministic. */
import { featureNames } from '../../../src/engine/matching/signals/registry.ts';
import type { TrainingSet } from './training-rows.ts';

const STEPS = 160;
const RATE = 0.05;
const RIDGE = 0.02;

interface Example {
  readonly figures: readonly Float64Array[];
  readonly isTrue: readonly boolean[];
  readonly weight: number;
}

/** Weights in the order of `featureNames`, on the figures as they are measured. A set weighs with the root of its size. */
export function fitRanker(sets: readonly TrainingSet[]): Float64Array {
  const count = featureNames.length;
  const { examples, spread } = standardize(sets);
  const total = examples.reduce((sum, example) => sum + example.weight, 0);
  const weights = new Float64Array(count);
  const mean = new Float64Array(count);
  const square = new Float64Array(count);
  for (let step = 1; step <= STEPS; step += 1) {
    const gradient = new Float64Array(count);
    for (const example of examples) addGradient(gradient, weights, example);
    for (let i = 0; i < count; i += 1) {
      const slope = (gradient[i] as number) / total + RIDGE * (weights[i] as number);
      mean[i] = 0.9 * (mean[i] as number) + 0.1 * slope;
      square[i] = 0.999 * (square[i] as number) + 0.001 * slope * slope;
      const rate = (RATE * ((mean[i] as number) / (1 - 0.9 ** step))) / (Math.sqrt((square[i] as number) / (1 - 0.999 ** step)) + 1e-8);
      weights[i] = (weights[i] as number) - rate;
    }
  }
  return weights.map((weight, i) => weight / (spread[i] as number));
}

/** Figures over their standard deviation: the mean would cancel in the softmax. */
function standardize(sets: readonly TrainingSet[]): { readonly examples: readonly Example[]; readonly spread: Float64Array } {
  const count = featureNames.length;
  const usable = sets.flatMap((set) => {
    const rows = set.rows.filter((row) => row.isTrue.includes(true));
    return rows.map((row) => ({ ...row, weight: 1 / Math.sqrt(rows.length) }));
  });
  const all = usable.flatMap((row) => row.figures);
  const spread = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    const mean = all.reduce((sum, figures) => sum + (figures[i] as number), 0) / all.length;
    const variance = all.reduce((sum, figures) => sum + ((figures[i] as number) - mean) ** 2, 0) / all.length;
    spread[i] = variance < 1e-12 ? 1 : Math.sqrt(variance);
  }
  const examples = usable.map((row) => ({ weight: row.weight, isTrue: row.isTrue, figures: row.figures.map((figures) => figures.map((value, i) => value / (spread[i] as number))) }));
  return { examples, spread };
}

function weightedSum(row: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < row.length; i += 1) sum += (row[i] as number) * (weights[i] as number);
  return sum;
}

function addGradient(gradient: Float64Array, weights: Float64Array, { figures, isTrue, weight }: Example): void {
  const scores = figures.map((row) => weightedSum(row, weights));
  const most = Math.max(...scores);
  const raised = scores.map((score) => Math.exp(score - most));
  const all = raised.reduce((sum, value) => sum + value, 0);
  const right = raised.reduce((sum, value, j) => sum + (isTrue[j] === true ? value : 0), 0);
  figures.forEach((row, j) => {
    const pull = (raised[j] as number) / all - (isTrue[j] === true ? (raised[j] as number) / right : 0);
    if (Math.abs(pull) < 1e-9) return;
    for (let i = 0; i < row.length; i += 1) gradient[i] = (gradient[i] as number) + weight * pull * (row[i] as number);
  });
}
