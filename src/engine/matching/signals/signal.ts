/** A signal turns one pair of columns into a few figures; the ranker's weights say what each is worth. */
import type { ColumnView } from '../column-view.ts';
import type { JobContext } from '../job-context.ts';
import type { BaseScores } from '../base-scores.ts';
import type { PairStructure } from '../pair-structure.ts';

export interface PairInput {
  readonly job: JobContext;
  readonly base: BaseScores;
  readonly structure: PairStructure;
  readonly source: ColumnView;
  readonly target: ColumnView;
}

export interface Signal {
  readonly id: string;
  /** Said to the person where this signal speaks for a pair. */
  readonly label: string;
  /** Names of the figures, unique among all signals. */
  readonly features: readonly string[];
  /** One figure a feature, in order, each about -1..1 and 0 where nothing is known. */
  measure(pair: PairInput): readonly number[];
}
