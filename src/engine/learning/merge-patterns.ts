/** Keeping a list of patterns free of duplicates: the same lesson twice counts as one that was used twice. */
import type { LearnedPattern } from '../../shared/model/mapping.ts';
import { compareText } from '../core/text.ts';

/**
 * One pattern an id, by id. Uses add up, confidence grows towards 1 with each agreement, and the later lesson's transformation
 * and origin stay. The order of the lists does not matter.
 */
export function mergePatterns(...lists: readonly (readonly LearnedPattern[])[]): readonly LearnedPattern[] {
  const byId = new Map<string, LearnedPattern>();
  const inOrder = lists
    .flat()
    .sort(
      (a, b) => compareText(a.learnedAt, b.learnedAt) || compareText(a.id, b.id) || compareText(a.origin, b.origin),
    );
  for (const pattern of inOrder) {
    const known = byId.get(pattern.id);
    if (known === undefined) byId.set(pattern.id, pattern);
    else
      byId.set(pattern.id, {
        ...pattern,
        uses: known.uses + pattern.uses,
        confidence: 1 - (1 - known.confidence) * (1 - pattern.confidence),
      });
  }
  return [...byId.values()].sort((a, b) => compareText(a.id, b.id));
}

/** A lesson of the first list that the second contradicts: same source, another target or the opposite verdict. */
export interface PatternConflict {
  readonly first: LearnedPattern;
  readonly second: LearnedPattern;
}

/** Pairs that cannot both be right, in the first list's order. */
export function findConflicts(
  first: readonly LearnedPattern[],
  second: readonly LearnedPattern[],
): readonly PatternConflict[] {
  const bySource = new Map<string, LearnedPattern[]>();
  for (const pattern of second)
    bySource.set(sourceKey(pattern), [...(bySource.get(sourceKey(pattern)) ?? []), pattern]);
  return first.flatMap((pattern) =>
    (bySource.get(sourceKey(pattern)) ?? [])
      .filter((other) => contradict(pattern, other))
      .map((other) => ({ first: pattern, second: other })),
  );
}

/** A column may take part in any number of derived columns, so lessons about these meet only in their target. */
const sourceKey = (pattern: LearnedPattern): string =>
  `${pattern.sourceTable}\u0000${pattern.sourceColumn}${pattern.sources === undefined ? '' : `\u0000${targetKey(pattern)}`}`.toLowerCase();
const targetKey = (pattern: LearnedPattern): string =>
  `${pattern.targetTable ?? ''}\u0000${pattern.targetColumn ?? ''}`.toLowerCase();

function contradict(a: LearnedPattern, b: LearnedPattern): boolean {
  const sameTarget = targetKey(a) === targetKey(b);
  const opposite = (a.verdict === 'reject') !== (b.verdict === 'reject');
  return sameTarget ? opposite : a.verdict !== 'reject' && b.verdict !== 'reject';
}
