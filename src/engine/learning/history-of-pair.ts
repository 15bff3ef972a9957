/** The history part of a confidence: what the retrieved patterns say of one target. */
import type { LearnedPattern } from '../../shared/model/mapping.ts';
import type { ColumnRef } from '../../shared/model/schema.ts';
import { tableKey } from '../../shared/model/schema.ts';
import { RETRIEVAL_THRESHOLD, type PatternMatch } from './retrieve-patterns.ts';

export interface PairHistory {
  /** 0..1; 0.5 where nothing is known. */
  readonly value: number;
  /** Ids of the patterns that spoke. */
  readonly patterns: readonly string[];
}

/**
 * The strongest lesson for and the strongest against the target, each as strong as its pattern is similar and sure. A pattern that
 * names another target, or none, speaks against this one, at half its strength.
 */
export function historyOfPair(target: ColumnRef, matches: readonly PatternMatch[]): PairHistory {
  let best = 0;
  let worst = 0;
  const spoke: string[] = [];
  for (const { pattern, similarity, isSameTable } of matches) {
    const strength = weightOf(similarity) * pattern.confidence;
    const agreement = targetAgreement(target, pattern, isSameTable);
    if (pattern.verdict === 'reject') {
      if (agreement < 1) continue;
      worst = Math.max(worst, strength);
    } else if (agreement > 0) best = Math.max(best, strength * agreement);
    else {
      worst = Math.max(worst, 0.5 * strength);
      continue;
    }
    spoke.push(pattern.id);
  }
  return { value: 0.5 + 0.5 * (best > 0 ? Math.max(0, best - 0.25 * worst) : -worst), patterns: spoke };
}

/** The same column says all, a column of that name in another table much less, and one that is only spelled alike hardly anything. */
const weightOf = (similarity: number): number =>
  (Math.max(0, similarity - RETRIEVAL_THRESHOLD) / (1 - RETRIEVAL_THRESHOLD)) ** 2;

/**
 * 1 for the same table and column, 0.6 for the same column name elsewhere, 0 for another. What was learned of another source table
 * says nothing of the target table: `A.ID` goes to `x.id`, and `B.ID` need not.
 */
function targetAgreement(
  target: ColumnRef,
  { targetTable, targetColumn }: LearnedPattern,
  isSameTable: boolean,
): number {
  if (targetColumn === null || targetColumn.toLowerCase() !== target.column.toLowerCase()) return 0;
  return isSameTable && targetTable !== null && targetTable.toLowerCase() === tableKey(target).toLowerCase() ? 1 : 0.6;
}
