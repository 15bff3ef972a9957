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
const RIDGE = 0.2;

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
    learned: 0,
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

/** Below this nothing is proposed: the probability stays as it is. */
const PROPOSED = 0.25;
/**
 * Where the levels of confidence meet: what is flagged, what a person looks at, what is approved without one, and the surest of
 * that. Finer levels follow the chance of single sets, and their error per set is half as much again.
 */
const EDGES = [0.5, 0.85, 0.95];
/** How far confidence rises within a level, so that order is kept. */
const SLOPE = 0.004;

interface Block {
  readonly weight: number;
  readonly right: number;
  readonly from: number;
  readonly to: number;
}

/** Pool adjacent violators: two points a level, ascending. */
function isotonic(cases: readonly (Case & { readonly probability: number })[]): readonly CurvePoint[] {
  const total = cases.reduce((sum, entry) => sum + entry.weight, 0);
  const blocks: Block[] = [];
  for (const block of cut(cases)) {
    blocks.push(block);
    for (let last = blocks.length - 1; last > 0; last -= 1) {
      const [a, b] = [blocks[last - 1], blocks[last]] as [Block, Block];
      if (a.right / a.weight <= b.right / b.weight) break;
      blocks.splice(last - 1, 2, { weight: a.weight + b.weight, right: a.right + b.right, from: a.from, to: b.to });
    }
  }
  // One pseudo-case of doubt in each block: no finite sample proves 0 or 1.
  const doubt = total / cases.length;
  let highest = PROPOSED;
  const levels = blocks.flatMap(({ weight, right, from, to }) => {
    const level = (right + 0.5 * doubt) / (weight + doubt);
    return [
      { at: round(from), is: (highest = Math.max(highest, round(level - SLOPE))) },
      { at: round(to), is: (highest = Math.max(highest, round(Math.min(0.999, level + SLOPE)))) },
    ];
  });
  return [{ at: 0, is: 0 }, { at: PROPOSED, is: PROPOSED }, ...levels];
}

/** The cases in ascending order, cut into levels. */
function cut(cases: readonly (Case & { readonly probability: number })[]): readonly Block[] {
  const sorted = cases.filter(({ probability }) => probability >= PROPOSED);
  sorted.sort((a, b) => a.probability - b.probability);
  const blocks: Block[] = [];
  let open: Block | null = null;
  sorted.forEach(({ probability, weight, right }, i) => {
    open = {
      weight: (open?.weight ?? 0) + weight,
      right: (open?.right ?? 0) + (right ? weight : 0),
      from: open?.from ?? probability,
      to: probability,
    };
    const next = sorted[i + 1];
    if (next !== undefined && !EDGES.some((edge) => probability < edge && next.probability >= edge)) return;
    blocks.push(open);
    open = null;
  });
  return blocks;
}
