/** Fits how sure a first candidate is: a logistic sum of the certainty figures, then isotonic regression. Deterministic. */
import { certaintyNames, describeCertainty } from '../../../src/engine/matching/certainty.ts';
import { interpolate, type CurvePoint } from '../../../src/engine/matching/confidence.ts';
import type { RankedColumn } from '../../../src/engine/matching/rank-column.ts';
import { KEPT } from '../../../src/engine/matching/match-schemas.ts';
import { softmax } from '../../../src/engine/matching/ranker.ts';
import { featureNames } from '../../../src/engine/matching/signals/registry.ts';
import { yieldToRivals } from '../../../src/engine/matching/yield-to-rivals.ts';
import type { TrainingRow, TrainingSet } from './training-rows.ts';

export interface Calibration {
  readonly weights: readonly number[];
  readonly points: readonly CurvePoint[];
}

/** One prediction that was made without knowing the answer. */
export interface Case {
  readonly set: TrainingSet;
  readonly figures: readonly number[];
  readonly right: boolean;
  readonly weight: number;
}

const STEPS = 400;
const RIDGE = 0.02;

/** A column as the product ranks it, and which of its candidates are true. */
export interface JudgedColumn {
  readonly row: TrainingRow;
  readonly column: RankedColumn;
  readonly isTrue: (candidate: RankedColumn['candidates'][number]) => boolean;
}

/** Ranks all columns of a set by the weights, as the product does. */
export function rankSet(set: TrainingSet, weights: Float64Array): readonly JudgedColumn[] {
  const ranked = yieldToRivals(set.rows.map((row) => rankRow(row, weights)));
  return set.rows.map((row, i) => {
    const wanted = new Set(row.column.candidates.filter((_, k) => row.isTrue[k] === true).map(({ target }) => target));
    return { row, column: ranked[i] as RankedColumn, isTrue: ({ target }) => wanted.has(target) };
  });
}

function rankRow(row: TrainingRow, weights: Float64Array): RankedColumn {
  const scores = row.figures.map((figures) =>
    featureNames.reduce((sum, _, i) => sum + (weights[i] as number) * (figures[i] as number), 0),
  );
  const beliefs = scores.length === 0 ? [] : softmax(scores);
  const order = scores.map((_, i) => i).sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
  const candidates = order.slice(0, KEPT).map((i) => ({
    target: (row.column.candidates[i] as RankedColumn['candidates'][number]).target,
    figures: row.figures[i] as Float64Array,
    history: 0.5,
    score: scores[i] as number,
    belief: beliefs[i] as number,
  }));
  return { source: row.column.source, candidates };
}

/** The predictions for one set by weights that were fitted without it. A set weighs with the root of its size. */
export function casesOf(set: TrainingSet, weights: Float64Array): readonly Case[] {
  const ranked = rankSet(set, weights);
  const certainty = describeCertainty(
    ranked.map(({ column }) => column),
    set.targets,
  );
  const known = set.rows.filter((row) => row.isKnown).length;
  return ranked.flatMap(({ row, column, isTrue }, i) => {
    const [first] = column.candidates;
    if (!row.isKnown || first === undefined) return [];
    return [{ set, figures: certainty[i] as readonly number[], right: isTrue(first), weight: 1 / Math.sqrt(known) }];
  });
}

export function fitCalibration(cases: readonly Case[]): Calibration {
  const weights = fitLogistic(cases).map(round);
  const scored = cases.map((entry) => ({ ...entry, probability: logistic(entry.figures, weights) }));
  return { weights, points: isotonic(scored) };
}

/** The confidence that a calibration gives to a prediction. */
export const confidenceOf = ({ weights, points }: Calibration, figures: readonly number[]): number =>
  interpolate(points, logistic(figures, weights));

const round = (value: number): number => Math.round(value * 1e5) / 1e5;
const logistic = (figures: readonly number[], weights: readonly number[]): number =>
  1 / (1 + Math.exp(-figures.reduce((sum, value, i) => sum + value * (weights[i] as number), 0)));

/** Gradient descent on standardised figures; the weights are for the figures as they are measured, the first one's is the constant. */
function fitLogistic(cases: readonly Case[]): readonly number[] {
  const total = cases.reduce((sum, entry) => sum + entry.weight, 0);
  const means = certaintyNames.map((_, i) =>
    i === 0 ? 0 : cases.reduce((sum, { figures, weight }) => sum + weight * (figures[i] as number), 0) / total,
  );
  const spreads = certaintyNames.map((_, i) => {
    const variance =
      cases.reduce(
        (sum, { figures, weight }) => sum + weight * ((figures[i] as number) - (means[i] as number)) ** 2,
        0,
      ) / total;
    return i === 0 || variance < 1e-12 ? 1 : Math.sqrt(variance);
  });
  const standard = cases.map((entry) =>
    entry.figures.map((value, i) => (value - (means[i] as number)) / (spreads[i] as number)),
  );
  let weights = certaintyNames.map(() => 0);
  for (let step = 0; step < STEPS; step += 1) {
    const gradient = certaintyNames.map(() => 0);
    standard.forEach((figures, k) => {
      const { right, weight } = cases[k] as Case;
      const error = (weight * (logistic(figures, weights) - (right ? 1 : 0))) / total;
      for (let i = 0; i < figures.length; i += 1)
        gradient[i] = (gradient[i] as number) + error * (figures[i] as number);
    });
    weights = weights.map((weight, i) => weight - ((gradient[i] as number) + (i === 0 ? 0 : RIDGE * weight)));
  }
  const measured = weights.map((weight, i) => weight / (spreads[i] as number));
  const constant = measured.reduce((sum, weight, i) => (i === 0 ? weight : sum - weight * (means[i] as number)), 0);
  return [constant, ...measured.slice(1)];
}

/**
 * Pool adjacent violators over blocks of at least this share of the weight: a few levels of confidence that the sets can tell apart.
 * Finer ones follow the chance of single sets, and their error per set is half as much again.
 */
const LEAST_BLOCK = 0.28;
/** How far confidence rises within a level, so that order is kept. */
const SLOPE = 0.01;

/** Two points a level, strictly ascending in `at`. */
function isotonic(cases: readonly (Case & { readonly probability: number })[]): readonly CurvePoint[] {
  const total = cases.reduce((sum, entry) => sum + entry.weight, 0);
  const blocks: { weight: number; right: number; from: number; to: number }[] = [];
  const sorted = [...cases].sort((a, b) => a.probability - b.probability);
  let open = { weight: 0, right: 0, from: 0, to: 0 };
  sorted.forEach((entry, i) => {
    open = {
      weight: open.weight + entry.weight,
      right: open.right + (entry.right ? entry.weight : 0),
      from: open.weight === 0 ? entry.probability : open.from,
      to: entry.probability,
    };
    if (open.weight < total * LEAST_BLOCK && i < sorted.length - 1) return;
    blocks.push(open);
    open = { weight: 0, right: 0, from: 0, to: 0 };
    for (let last = blocks.length - 1; last > 0; last -= 1) {
      const a = blocks[last - 1] as typeof open;
      const b = blocks[last] as typeof open;
      if (a.right / a.weight <= b.right / b.weight) break;
      blocks.splice(last - 1, 2, { weight: a.weight + b.weight, right: a.right + b.right, from: a.from, to: b.to });
    }
  });
  // One pseudo-case of doubt in each block: no finite sample proves 0 or 1.
  const doubt = total / cases.length;
  let highest = 0;
  return blocks.flatMap((block) => {
    highest = Math.max(highest, (block.right + 0.5 * doubt) / (block.weight + doubt));
    // A level stays within its tenth, as reliability is read in tenths.
    const tenth = Math.min(0.9, Math.floor(highest * 10) / 10);
    return [
      { at: round(block.from), is: round(Math.max(tenth, highest - SLOPE)) },
      { at: round(block.to), is: round(Math.min(tenth + 0.0999, highest + SLOPE)) },
    ];
  });
}
