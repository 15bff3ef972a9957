/** The figures of every candidate of every column whose truth is known: what weights are fitted on. */
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
}

export interface TrainingSet {
  readonly name: string;
  readonly family: string;
  readonly rows: readonly TrainingRow[];
  /** True columns that the source does not have. */
  readonly missing: number;
}

const unranked: Ranker = { score: () => 0 };

export async function trainingSet(set: BenchmarkSet, embedder: Embedder | null): Promise<TrainingSet> {
  const job = await prepareJob({ ...set.input, domain: null }, embedder);
  const ranked = rankColumns(job, { ranker: unranked, historyOf: () => 0.5, isRejected: () => false, remembered: () => [] });
  const rows = ranked.flatMap((column): readonly TrainingRow[] => {
    const truth = set.truth.get(pairKey(column.source.ref.table, column.source.ref.column));
    if (truth === undefined || truth.size === 0) return [];
    const isTrue = column.candidates.map(({ target }) => truth.has(pairKey(target.ref.table, target.ref.column)));
    return [{ column, figures: column.candidates.map((candidate) => candidate.figures), isTrue }];
  });
  const mappable = [...set.truth.values()].filter((targets) => targets.size > 0).length;
  return { name: set.name, family: set.family, rows, missing: mappable - rows.length };
}
