/**
 * Fits the ranker's weights: listwise softmax over each column's candidates, ridge, full-batch Adam. Deterministic. A figure may only
 * speak in the direction it is meant in: a weight of the other sign would be a habit of the sets at hand and would not carry over.
 */
import { featureNames } from '../../../src/engine/matching/signals/registry.ts';
import type { TrainingRow, TrainingSet } from './training-rows.ts';

const STEPS = 120;
const RATE = 0.05;
const RIDGE = 0.01;
/** Wrong candidates looked at per column, the likeliest by quick score; the others hardly move the weights. */
const RIVALS = 24;

/** 1: more is better; -1: more is worse; 0: says only whether something is known. */
const direction = (name: string): number =>
  name.endsWith('.present') ? 0 : ['reference.only', 'role.oneIdentifier', 'type.clash'].includes(name) ? -1 : 1;

/**
 * What is known beforehand of figures that are rare in the sets: a name made of the beginnings of table and column
 * (`pstaff_id` for `payment.staff_id`) is no accident. The ridge pulls these weights here instead of to 0.
 */
const prior = (name: string): number => (name.startsWith('name.prefixes') ? 1.5 : 0);

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
  const directions = featureNames.map(direction);
  const priors = featureNames.map((name, i) => prior(name) * (spread[i] as number));
  priors.forEach((value, i) => (weights[i] = value));
  const mean = new Float64Array(count);
  const square = new Float64Array(count);
  for (let step = 1; step <= STEPS; step += 1) {
    const gradient = new Float64Array(count);
    for (const example of examples) addGradient(gradient, weights, example);
    for (let i = 0; i < count; i += 1) {
      const slope = (gradient[i] as number) / total + RIDGE * ((weights[i] as number) - (priors[i] as number));
      mean[i] = 0.9 * (mean[i] as number) + 0.1 * slope;
      square[i] = 0.999 * (square[i] as number) + 0.001 * slope * slope;
      const rate =
        (RATE * ((mean[i] as number) / (1 - 0.9 ** step))) /
        (Math.sqrt((square[i] as number) / (1 - 0.999 ** step)) + 1e-8);
      const moved = (weights[i] as number) - rate;
      weights[i] = moved * (directions[i] as number) < 0 ? 0 : moved;
    }
  }
  return weights.map((weight, i) => weight / (spread[i] as number));
}

/** Figures over their standard deviation: the mean would cancel in the softmax. */
function standardize(sets: readonly TrainingSet[]): {
  readonly examples: readonly Example[];
  readonly spread: Float64Array;
} {
  const count = featureNames.length;
  const usable = sets.flatMap((set) => {
    const rows = set.rows.filter((row) => row.isTrue.includes(true)).map(withRivals);
    return rows.map((row) => ({ ...row, weight: 1 / Math.sqrt(rows.length) }));
  });
  const all = usable.flatMap((row) => row.figures);
  const spread = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    const mean = all.reduce((sum, figures) => sum + (figures[i] as number), 0) / all.length;
    const variance = all.reduce((sum, figures) => sum + ((figures[i] as number) - mean) ** 2, 0) / all.length;
    spread[i] = variance < 1e-12 ? 1 : Math.sqrt(variance);
  }
  const examples = usable.map((row) => ({
    weight: row.weight,
    isTrue: row.isTrue,
    figures: row.figures.map((figures) => figures.map((value, i) => value / (spread[i] as number))),
  }));
  return { examples, spread };
}

function withRivals(row: TrainingRow): {
  readonly figures: readonly Float64Array[];
  readonly isTrue: readonly boolean[];
} {
  const score = featureNames.indexOf('pair.score');
  const order = row.figures
    .map((_, i) => i)
    .sort((a, b) => (row.figures[b]?.[score] ?? 0) - (row.figures[a]?.[score] ?? 0) || a - b);
  const kept = order.filter((i, rank) => rank < RIVALS || row.isTrue[i] === true);
  return {
    figures: kept.map((i) => row.figures[i] as Float64Array),
    isTrue: kept.map((i) => row.isTrue[i] as boolean),
  };
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
