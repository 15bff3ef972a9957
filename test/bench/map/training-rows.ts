/** The figures of every candidate of every column, and which of them are true: what weights and calibration are fitted on. */
import type { Embedder } from '../../../src/engine/ports/embedder.ts';
import { prepareJob } from '../../../src/engine/matching/prepare-job.ts';
import { rankColumns, type RankedColumn } from '../../../src/engine/matching/rank-column.ts';
import type { Ranker } from '../../../src/engine/matching/ranker.ts';
import { pairKey } from '../../../src/cli/bench/truth.ts';
import type { BenchmarkSet } from './read-set.ts';

export interface TrainingRow {
  readonly column: RankedColumn;
  readonly figures: readonly Float64Array[];
  readonly isTrue: readonly boolean[];
  /** False where the truth does not name the column: it takes part as a rival only. */
  readonly isKnown: boolean;
}

export interface TrainingSet {
  readonly name: string;
  readonly family: string;
  /** All columns of the source. */
  readonly rows: readonly TrainingRow[];
  /** Columns that have a counterpart by the truth, those that the source does not have included. */
  readonly mappable: number;
  readonly targets: number;
}

const unranked: Ranker = { score: () => 0 };

export async function trainingSet(set: BenchmarkSet, embedder: Embedder | null): Promise<TrainingSet> {
  const job = await prepareJob({ ...set.input, domain: null }, embedder);
  const ranked = rankColumns(job, {
    ranker: unranked,
    historyOf: () => 0.5,
    isRejected: () => false,
    remembered: () => [],
  });
  const rows = ranked.map((column): TrainingRow => {
    const truth = set.truth.get(pairKey(column.source.ref.table, column.source.ref.column));
    return {
      column,
      figures: column.candidates.map((candidate) => candidate.figures),
      isTrue: column.candidates.map(({ target }) => truth?.has(pairKey(target.ref.table, target.ref.column)) ?? false),
      isKnown: truth !== undefined,
    };
  });
  const mappable = [...set.truth.values()].filter((targets) => targets.size > 0).length;
  return { name: set.name, family: set.family, rows, mappable, targets: job.context.target.columns.length };
}
