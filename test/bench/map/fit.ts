/** Fits weights and calibration on a folder of benchmark sets and reports what held-out families reach. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Embedder } from '../../../src/engine/ports/embedder.ts';
import { featureNames } from '../../../src/engine/matching/signals/registry.ts';
import { fitCalibration, rankRow, type Calibration } from './fit-calibration.ts';
import { fitRanker } from './fit-ranker.ts';
import { readSet, type BenchmarkSet } from './read-set.ts';
import { trainingSet, type TrainingSet } from './training-rows.ts';

export interface Fitted {
  readonly weights: Readonly<Record<string, number>>;
  readonly calibration: Calibration;
  /** Per set, with weights fitted without its family. */
  readonly heldOut: readonly { readonly set: string; readonly mappable: number; readonly 'acc@1': number; readonly 'acc@5': number; readonly mrr: number }[];
}

export async function readSets(root: string): Promise<readonly BenchmarkSet[]> {
  const names = readdirSync(root).filter((name) => existsSync(join(root, name, 'truth.csv'))).sort();
  const sets: BenchmarkSet[] = [];
  for (const name of names) sets.push(await readSet(root, name));
  return sets;
}

/** Everything fitted for one kind of run: with the model or, with null, without. */
export async function fitMatching(sets: readonly BenchmarkSet[], embedder: Embedder | null): Promise<Fitted> {
  const training: TrainingSet[] = [];
  for (const set of sets) training.push(await trainingSet(set, embedder));
  const families = [...new Set(training.map((set) => set.family))].sort();
  const without = new Map(families.map((family) => [family, fitRanker(training.filter((set) => set.family !== family))]));
  const weightsOf = (set: TrainingSet): Float64Array => without.get(set.family) as Float64Array;
  const weights = fitRanker(training);
  return {
    weights: Object.fromEntries(featureNames.map((name, i) => [name, Math.round((weights[i] as number) * 1e4) / 1e4])),
    calibration: fitCalibration(training, weightsOf),
    heldOut: training.map((set) => ({ set: set.name, ...figuresOf(set, weightsOf(set)) })),
  };
}

function figuresOf(set: TrainingSet, weights: Float64Array): Omit<Fitted['heldOut'][number], 'set'> {
  const mappable = set.rows.length + set.missing;
  const ranks = set.rows.map((row) => rankRow(row, weights).isTrue.slice(0, 5).indexOf(true) + 1).filter((rank) => rank > 0);
  const share = (count: number): number => Math.round((1e4 * count) / mappable) / 1e4;
  return { mappable, 'acc@1': share(ranks.filter((rank) => rank === 1).length), 'acc@5': share(ranks.length), mrr: share(ranks.reduce((sum, rank) => sum + 1 / rank, 0)) };
}
