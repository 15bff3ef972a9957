/** The learned patterns in the terms of one matching job. */
import type { LearnedPattern } from '../../shared/model/mapping.ts';
import { historyOfPair } from '../learning/history-of-pair.ts';
import { indexPatterns, ofSingleColumns, type PatternMatch } from '../learning/retrieve-patterns.ts';
import type { Embedder } from '../ports/embedder.ts';
import type { ColumnView } from './column-view.ts';
import type { JobContext } from './job-context.ts';
import { squeezeName } from './tokenize-name.ts';
import { dotRows } from './vectors.ts';

export interface JobHistory {
  valueOf(source: ColumnView, target: ColumnView): number;
  /** Share of the lessons of the source's table that go to the target's table. */
  routeOf(source: ColumnView, target: ColumnView): number;
  patternsOf(source: ColumnView, target: ColumnView): readonly string[];
  /** Indexes of targets that a retrieved pattern names. */
  remembered(source: ColumnView): readonly number[];
  /** True where the most similar pattern says that the column maps to nothing. */
  mapsToNothing(source: ColumnView): boolean;
}

/** Embeds the patterns' names (when there is a model) and retrieves what fits each source column. */
export async function recallHistory(
  all: readonly LearnedPattern[],
  job: JobContext,
  embedder: Embedder | null,
  signal: AbortSignal | undefined,
): Promise<JobHistory> {
  const patterns = ofSingleColumns(all);
  const index = indexPatterns(patterns);
  const meaning = await meaningOfPatterns(patterns, job, embedder, signal);
  const matches: readonly (readonly PatternMatch[])[] =
    patterns.length === 0
      ? []
      : job.source.columns.map((column) =>
          index
            .retrieve(
              column.table.key,
              column.ref.column,
              meaning === null ? null : (pattern) => meaning(column.index, pattern),
            )
            .filter(({ pattern }) => isFor(column, pattern)),
        );
  const routes = learnedRoutes(patterns);
  const of = (column: ColumnView): readonly PatternMatch[] => matches[column.index] ?? [];
  return {
    valueOf: (source, target) => historyOfPair(target.ref, of(source)).value,
    routeOf: (source, target) => routes.get(source.table.key.toLowerCase())?.get(target.table.key.toLowerCase()) ?? 0,
    patternsOf: (source, target) => historyOfPair(target.ref, of(source)).patterns,
    remembered(source) {
      const names = new Set(
        of(source).flatMap(({ pattern }) =>
          pattern.verdict === 'reject' || pattern.targetColumn === null ? [] : [pattern.targetColumn.toLowerCase()],
        ),
      );
      if (names.size === 0) return [];
      return job.target.columns
        .filter((column) => names.has(column.ref.column.toLowerCase()))
        .map((column) => column.index);
    },
    mapsToNothing(source) {
      const strongest = of(source).find(({ pattern }) => pattern.verdict !== 'reject');
      return strongest !== undefined && strongest.pattern.targetColumn === null && strongest.similarity >= 0.85;
    },
  };
}

async function meaningOfPatterns(
  patterns: readonly LearnedPattern[],
  job: JobContext,
  embedder: Embedder | null,
  signal: AbortSignal | undefined,
): Promise<((column: number, pattern: number) => number) | null> {
  const { vectors, source } = job;
  if (embedder === null || vectors === null || patterns.length === 0) return null;
  const values = await embedder.embed(
    patterns.map((pattern) => source.wordsOf(pattern.sourceColumn).join(' ')),
    signal,
  );
  const rows = { values, dimensions: embedder.dimensions, isEmpty: false };
  return (column, pattern) => dotRows(vectors.source.columns.name, column, rows, pattern);
}

/** A lesson about a column that the same table has under its very name is that column's, not one's that is spelled alike. */
function isFor(column: ColumnView, { sourceColumn }: LearnedPattern): boolean {
  const name = squeezeName(sourceColumn);
  return name === column.squeezed || !column.table.table.columns.some((other) => squeezeName(other.name) === name);
}

/** Source table → target table → share of its lessons; refusals and lessons that name no target say nothing of tables. */
function learnedRoutes(patterns: readonly LearnedPattern[]): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const counts = new Map<string, Map<string, number>>();
  for (const { verdict, sourceTable, targetTable } of patterns) {
    if (verdict === 'reject' || targetTable === null) continue;
    const from = sourceTable.toLowerCase();
    const own = counts.get(from) ?? new Map<string, number>();
    counts.set(from, own.set(targetTable.toLowerCase(), (own.get(targetTable.toLowerCase()) ?? 0) + 1));
  }
  return new Map(
    [...counts].map(([from, own]) => {
      const all = [...own.values()].reduce((sum, count) => sum + count, 0);
      return [from, new Map([...own].map(([to, count]) => [to, count / all]))];
    }),
  );
}
