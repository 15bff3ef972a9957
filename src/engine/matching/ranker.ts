/** The learned order of candidates: a weighted sum of the signals' figures. Weights are data, fitted by `scripts/fit-matching.mjs`. */
import { featureNames, signals } from './signals/registry.ts';
import weights from './weights.json' with { type: 'json' };

export interface Ranker {
  /** Comparable among the candidates of one column; the softmax of the scores is a share of belief. */
  score(figures: Float64Array): number;
}

/** With MiniLM, or with names and rules alone. */
export type RankerKind = 'minilm' | 'rules';

/** `minilm` or, where no model is loaded, `rules`: figures that need the model have no weight there. `without` leaves a signal out, by its id. */
export function createRanker(kind: RankerKind, without?: string): Ranker {
  const left = new Set(signals.find(({ id }) => id === without)?.features);
  const vector = rankerWeights(kind).map((weight, i) => (left.has(featureNames[i] ?? '') ? 0 : weight));
  return {
    score(figures) {
      let sum = 0;
      for (let i = 0; i < vector.length; i += 1) sum += (vector[i] as number) * (figures[i] as number);
      return sum;
    },
  };
}

const vectors = { minilm: vectorOf(weights.minilm), rules: vectorOf(weights.rules) };

/** The weights in the order of `featureNames`. */
export const rankerWeights = (kind: RankerKind): Float64Array => vectors[kind];

function vectorOf(fitted: Readonly<Record<string, number>>): Float64Array {
  const byName: ReadonlyMap<string, number> = new Map(Object.entries(fitted));
  return Float64Array.from(featureNames, (name) => byName.get(name) ?? 0);
}

/** Shares of belief, summing to 1, in the order of the scores. */
export function softmax(scores: readonly number[]): readonly number[] {
  const most = Math.max(...scores);
  const raised = scores.map((score) => Math.exp(score - most));
  const sum = raised.reduce((total, value) => total + value, 0);
  return raised.map((value) => value / sum);
}
