/** What each signal is worth: accuracy with its weights at 0, the others as they are. */
import { featureNames, signals } from '../../../src/engine/matching/signals/registry.ts';
import { varyCandidates } from '../../../src/engine/matching/vary-candidates.ts';
import { rankSet } from './fit-calibration.ts';
import type { TrainingSet } from './training-rows.ts';

export interface Ablation {
  /** Null: all signals. */
  readonly without: string | null;
  readonly 'acc@1': number;
  readonly 'acc@5': number;
  readonly mrr: number;
}

export interface RankFigures {
  readonly 'acc@1': number;
  readonly 'acc@5': number;
  readonly mrr: number;
}

/** Accuracy of one set by the weights. */
export function rankFigures(set: TrainingSet, weights: Float64Array): RankFigures {
  const ranks = rankSet(set, weights)
    .filter(({ row }) => row.isTrue.includes(true))
    .map(({ column, isTrue }) => varyCandidates(column.candidates).slice(0, 5).findIndex(isTrue) + 1)
    .filter((rank) => rank > 0);
  const share = (count: number): number => Math.round((1e4 * count) / set.mappable) / 1e4;
  return {
    'acc@1': share(ranks.filter((rank) => rank === 1).length),
    'acc@5': share(ranks.length),
    mrr: share(ranks.reduce((sum, rank) => sum + 1 / rank, 0)),
  };
}

/** Means over the sets: first with all signals, then without each. */
export function ablate(sets: readonly TrainingSet[], weights: Float64Array): readonly Ablation[] {
  return [null, ...signals].map((signal) => {
    const left = new Set(signal?.features);
    const kept = weights.map((weight, i) => (left.has(featureNames[i] as string) ? 0 : weight));
    const figures = sets.map((set) => rankFigures(set, kept));
    const mean = (name: keyof RankFigures): number =>
      Math.round((1e4 * figures.reduce((sum, entry) => sum + entry[name], 0)) / figures.length) / 1e4;
    return { without: signal?.label ?? null, 'acc@1': mean('acc@1'), 'acc@5': mean('acc@5'), mrr: mean('mrr') };
  });
}
