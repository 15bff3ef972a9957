/** Fits weights and calibration on a folder of benchmark sets and reports what held-out families and held-out sets reach. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Embedder } from '../../../src/engine/ports/embedder.ts';
import { featureNames } from '../../../src/engine/matching/signals/registry.ts';
import { ablate, rankFigures, type Ablation, type RankFigures } from './ablation.ts';
import { casesOf, confidenceOf, fitCalibration, type Calibration, type Case } from './fit-calibration.ts';
import { fitRanker } from './fit-ranker.ts';
import { readSet, type BenchmarkSet } from './read-set.ts';
import { reliabilityOf, type Reliability } from './reliability.ts';
import { trainingSet, type TrainingSet } from './training-rows.ts';

export interface HeldOut extends RankFigures {
  readonly set: string;
  readonly mappable: number;
}

export interface Fitted {
  readonly weights: Readonly<Record<string, number>>;
  readonly calibration: Calibration;
  readonly ablation: readonly Ablation[];
  /** With ranker and calibration fitted without the set's family, and without the set alone. */
  readonly withoutFamily: { readonly sets: readonly HeldOut[]; readonly reliability: Reliability };
  readonly withoutSet: { readonly sets: readonly HeldOut[]; readonly reliability: Reliability };
}

export async function readSets(root: string): Promise<readonly BenchmarkSet[]> {
  const names = readdirSync(root)
    .filter((name) => existsSync(join(root, name, 'truth.csv')))
    .sort();
  const sets: BenchmarkSet[] = [];
  for (const name of names) sets.push(await readSet(root, name));
  return sets;
}

type Fold = (set: TrainingSet) => string;
const byFamily: Fold = (set) => set.family;
const bySet: Fold = (set) => set.name;

/** Everything fitted for one kind of run: with the model or, with null, without. */
export async function fitMatching(sets: readonly BenchmarkSet[], embedder: Embedder | null): Promise<Fitted> {
  const training: TrainingSet[] = [];
  for (const set of sets) training.push(await trainingSet(set, embedder));
  const families = predict(training, byFamily);
  const single = predict(training, bySet);
  const cases = [...families.cases, ...single.cases];
  const weights = fitRanker(training);
  return {
    weights: Object.fromEntries(featureNames.map((name, i) => [name, Math.round((weights[i] as number) * 1e4) / 1e4])),
    // Customers' data is of a new family, or of a known one: confidence has to be right for both.
    calibration: fitCalibration(cases),
    ablation: ablate(training, weights),
    withoutFamily: { sets: families.sets, reliability: judge(families.cases, cases, byFamily) },
    withoutSet: { sets: single.sets, reliability: judge(single.cases, cases, bySet) },
  };
}

/** Predictions for each set by weights that were fitted without its fold. */
function predict(
  training: readonly TrainingSet[],
  fold: Fold,
): { readonly sets: readonly HeldOut[]; readonly cases: readonly Case[] } {
  const folds = [...new Set(training.map(fold))].sort();
  const without = new Map(folds.map((name) => [name, fitRanker(training.filter((set) => fold(set) !== name))]));
  const weightsOf = (set: TrainingSet): Float64Array => without.get(fold(set)) as Float64Array;
  return {
    sets: training.map((set) => ({ set: set.name, mappable: set.mappable, ...rankFigures(set, weightsOf(set)) })),
    cases: training.flatMap((set) => casesOf(set, weightsOf(set))),
  };
}

/** How reliable the confidences are that a calibration fitted on the other folds gives. */
function judge(cases: readonly Case[], all: readonly Case[], fold: Fold): Reliability {
  const folds = [...new Set(cases.map((entry) => fold(entry.set)))].sort();
  return reliabilityOf(
    folds.flatMap((name) => {
      const calibration = fitCalibration(all.filter((entry) => fold(entry.set) !== name));
      const own = cases.filter((entry) => fold(entry.set) === name);
      return own.map((entry) => ({
        set: entry.set.name,
        confidence: confidenceOf(calibration, entry.figures),
        right: entry.right,
      }));
    }),
  );
}
