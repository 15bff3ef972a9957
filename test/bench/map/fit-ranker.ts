/**
 * Fits the ranker's weights: listwise softmax over each column's candidates, ridge, full-batch Adam. Deterministic. A figure may only
 * speak in the direction it is meant in: a weight of the other sign would be a habit of the sets at hand and would not carry over.
 */
import { featureNames } from '../../../src/engine/matching/signals/registry.ts';
import type { TrainingRow, TrainingSet } from './training-rows.ts';

const STEPS = 120;
const RATE = 0.05;
const RIDGE = 0.01;
/** How firmly weights that are known beforehand stay, on the figures as they are measured. */
const FAITH = 0.0005;
/** Wrong candidates looked at per column, the likeliest by quick score; the others hardly move the weights. */
const RIVALS = 24;

/** 1: more is better; -1: more is worse; 0: says only whether something is known. */
const direction = (name: string): number =>
  name.endsWith('.present') ? 0 : ['reference.only', 'role.oneIdentifier', 'type.clash'].includes(name) ? -1 : 1;

/**
 * What is known beforehand of figures that are rare in the sets: a name made of the beginnings of table and column
 * (`pstaff_id` for `payment.staff_id`) is no accident, a domain's derived tables are seldom fed, its usual standard is meant
 * where none is named, and a code that is text stays text. The ridge pulls these weights here instead of to 0.
 */
const priorWeights: Readonly<Record<string, number>> = {
  'name.prefixes': 1.5,
  'name.prefixesOfTable': 0.5,
  'name.afterTable': 4,
  'name.usual': 2,
  'context.bare': 5,
  'reference.legacy': 4,
  'table.usual': 4,
  'type.code': 2,
};

interface Example {
  /** Row-major, candidates × figures. */
  readonly figures: Float64Array;
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
  const priors = featureNames.map((name, i) => (priorWeights[name] ?? 0) * (spread[i] as number));
  priors.forEach((value, i) => (weights[i] = value));
  const mean = new Float64Array(count);
  const square = new Float64Array(count);
  for (let step = 1; step <= STEPS; step += 1) {
    const gradient = new Float64Array(count);
    // Half of the weights stay at 0.
    const used = Int32Array.from(weights.keys()).filter((i) => weights[i] !== 0);
    for (const example of examples) addGradient(gradient, weights, used, example);
    for (let i = 0; i < count; i += 1) {
      const pull = (priors[i] as number) === 0 ? RIDGE : RIDGE + FAITH / (spread[i] as number) ** 2;
      const slope = (gradient[i] as number) / total + pull * ((weights[i] as number) - (priors[i] as number));
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
    figures: Float64Array.from(
      row.figures.flatMap((figures) => Array.from(figures, (value, i) => value / (spread[i] as number))),
    ),
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

/** A candidate that pulls less than this does not move the weights: most are far behind after a few steps. */
const LEAST_PULL = 1e-5;

function addGradient(
  gradient: Float64Array,
  weights: Float64Array,
  used: Int32Array,
  { figures, isTrue, weight }: Example,
): void {
  const count = weights.length;
  const raised = new Float64Array(isTrue.length);
  for (let j = 0; j < raised.length; j += 1) {
    let sum = 0;
    for (let k = 0; k < used.length; k += 1) {
      const i = used[k] as number;
      sum += (figures[j * count + i] as number) * (weights[i] as number);
    }
    raised[j] = sum;
  }
  const most = raised.reduce((a, b) => Math.max(a, b));
  let all = 0;
  let right = 0;
  for (let j = 0; j < raised.length; j += 1) {
    const value = Math.exp((raised[j] as number) - most);
    raised[j] = value;
    all += value;
    if (isTrue[j] === true) right += value;
  }
  for (let j = 0; j < raised.length; j += 1) {
    const value = raised[j] as number;
    const pull = value / all - (isTrue[j] === true ? value / right : 0);
    if (Math.abs(pull) < LEAST_PULL) continue;
    const step = weight * pull;
    for (let i = 0; i < count; i += 1)
      gradient[i] = (gradient[i] as number) + step * (figures[j * count + i] as number);
  }
}
