/** The ranked candidates of one source column with their figures. */
import { PortolanError } from '../../shared/errors.ts';
import { pickCandidates } from './candidates.ts';
import type { ColumnView } from './column-view.ts';
import type { MatchingJob } from './prepare-job.ts';
import type { Ranker } from './ranker.ts';
import { softmax } from './ranker.ts';
import { featureNames, measurePair } from './signals/registry.ts';

export interface RankedCandidate {
  readonly target: ColumnView;
  readonly figures: Float64Array;
  /** The ranker's score, what lessons add, and what a rival takes (`yieldToRivals`). */
  readonly score: number;
  /** What lessons add to the score; 0 where nothing was learned. */
  readonly learned: number;
  /** Softmax share among this column's candidates. */
  readonly belief: number;
  /** 0.5 where nothing was learned. */
  readonly history: number;
}

export interface RankedColumn {
  readonly source: ColumnView;
  /** Best first; ties by the target's key. */
  readonly candidates: readonly RankedCandidate[];
}

/** What a clear lesson adds to or takes from a score: enough to turn any order. */
const HISTORY_WEIGHT = 12;
/** What it adds that all lessons of the source's table go to the target's table. */
const ROUTE_WEIGHT = 2;

export interface RankingOptions {
  readonly ranker: Ranker;
  /** What was learned of a pair, 0..1 with 0.5 for nothing. */
  readonly historyOf: (source: ColumnView, target: ColumnView) => number;
  /** How far lessons send the source's table to the target's, 0..1. */
  readonly routeOf?: (source: ColumnView, target: ColumnView) => number;
  /** Pairs that a person has ruled out. */
  readonly isRejected: (source: ColumnView, target: ColumnView) => boolean;
  /** Targets that history names although their score would not bring them among the candidates. */
  readonly remembered: (source: ColumnView) => readonly number[];
  /** How many candidates of a column are kept; all without it. */
  readonly keep?: number;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
}

const COLUMNS_PER_REPORT = 500;

/** All source columns in order; each one's quick scores end with it. */
export function rankColumns(job: MatchingJob, options: RankingOptions): readonly RankedColumn[] {
  const { columns } = job.context.source;
  const scratch: Float64Array[] = [];
  return columns.map((source, done) => {
    if (done % COLUMNS_PER_REPORT === 0) options.onProgress?.(done, columns.length);
    if (options.signal?.aborted === true) throw new PortolanError('CANCELLED', 'Matching was cancelled');
    const ranked = rankColumn(job, source, options, scratch);
    job.base.release(source);
    return ranked;
  });
}

/** `scratch` holds the figures of all candidates until the best of them are kept; the next column overwrites it. */
function rankColumn(
  job: MatchingJob,
  source: ColumnView,
  options: RankingOptions,
  scratch: Float64Array[],
): RankedColumn {
  const picked = new Set([
    ...pickCandidates(job.base, job.context.source, job.context.target, source.index),
    ...options.remembered(source),
  ]);
  const targets = [...picked]
    .sort((a, b) => a - b)
    .map((index) => job.context.target.columns[index] as ColumnView)
    .filter((target) => !options.isRejected(source, target));
  const measured = targets.map((target, i) => {
    const figures = (scratch[i] ??= new Float64Array(featureNames.length));
    measurePair({ job: job.context, base: job.base, structure: job.structure, source, target }, figures);
    const history = options.historyOf(source, target);
    const learned = HISTORY_WEIGHT * (history - 0.5) + ROUTE_WEIGHT * (options.routeOf?.(source, target) ?? 0);
    return { target, figures, history, learned, score: options.ranker.score(figures) + learned };
  });
  if (measured.length === 0) return { source, candidates: [] };
  const beliefs = softmax(measured.map((candidate) => candidate.score));
  const order = measured
    .map((_, i) => i)
    .sort((i, j) => {
      const [a, b] = [measured[i] as (typeof measured)[number], measured[j] as (typeof measured)[number]];
      return b.score - a.score || compareRefs(a.target, b.target);
    });
  const best = order.slice(0, options.keep ?? order.length);
  const kept = figureRows(best.length);
  const candidates = best.map((i, row) => {
    const candidate = measured[i] as (typeof measured)[number];
    const own = kept[row] as Float64Array;
    own.set(candidate.figures);
    return { ...candidate, figures: own, belief: beliefs[i] as number };
  });
  return { source, candidates };
}

/** Rows of one allocation: hundreds of thousands of small ones would take more memory than their numbers. */
function figureRows(count: number): readonly Float64Array[] {
  const width = featureNames.length;
  const all = new Float64Array(count * width);
  return Array.from({ length: count }, (_, row) => all.subarray(row * width, (row + 1) * width));
}

function compareRefs(a: ColumnView, b: ColumnView): number {
  const left = `${a.table.key}.${a.ref.column}`;
  const right = `${b.table.key}.${b.ref.column}`;
  return left < right ? -1 : left > right ? 1 : 0;
}
