/** Finding what was learned of a column like this one, by name and by meaning. */
import type { LearnedPattern } from '../../shared/model/mapping.ts';
import { dice, trigrams } from '../matching/string-similarity.ts';
import { squeezeName } from '../matching/tokenize-name.ts';

/** mission.md, A6: below this a pattern says nothing of a column. */
export const RETRIEVAL_THRESHOLD = 0.6;

export interface PatternMatch {
  readonly pattern: LearnedPattern;
  /** 0.6..1. */
  readonly similarity: number;
  /** False where the lesson is about a column of another table. */
  readonly isSameTable: boolean;
}

export interface PatternIndex {
  /** The patterns that are similar enough, most similar first, ties by id. `meaning` is MiniLM's similarity to pattern i, or null without a model. */
  retrieve(table: string, column: string, meaning: ((pattern: number) => number) | null): readonly PatternMatch[];
  readonly patterns: readonly LearnedPattern[];
}

/** Lessons about one source column; those about derived columns are followed by their target. */
export const ofSingleColumns = (patterns: readonly LearnedPattern[]): readonly LearnedPattern[] =>
  patterns.filter((pattern) => pattern.sources === undefined);

/** Prepares the spelling of all patterns once. Patterns are to be `ofSingleColumns`. */
export function indexPatterns(patterns: readonly LearnedPattern[]): PatternIndex {
  const prepared = patterns.map((pattern) => {
    const column = squeezeName(pattern.sourceColumn);
    return { pattern, column, table: squeezeName(pattern.sourceTable), grams: trigrams(column) };
  });
  return {
    patterns,
    retrieve(table, column, meaning) {
      const squeezed = squeezeName(column);
      const squeezedTable = squeezeName(table);
      const grams = trigrams(squeezed);
      const matches: PatternMatch[] = [];
      prepared.forEach((entry, i) => {
        const sameTable = entry.table === squeezedTable;
        const spelling = entry.column === squeezed ? 1 : dice(entry.grams, grams);
        const likeness =
          spelling === 1 ? 1 : meaning === null ? spelling : 0.5 * spelling + 0.5 * Math.max(0, meaning(i));
        const similarity = likeness * (sameTable ? 1 : 0.85);
        if (similarity >= RETRIEVAL_THRESHOLD)
          matches.push({ pattern: entry.pattern, similarity, isSameTable: sameTable });
      });
      return matches.sort((a, b) => b.similarity - a.similarity || (a.pattern.id < b.pattern.id ? -1 : 1));
    },
  };
}
