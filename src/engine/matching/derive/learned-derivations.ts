/** What earlier decisions say of derived columns: made of these columns once, made of them again. */
import type { LearnedPattern } from '../../../shared/model/mapping.ts';
import { compareText } from '../../core/text.ts';
import type { Part, PartTable } from './derivation.ts';

export interface LearnedDerivations {
  /** The lesson to follow for this target, where the source table has its columns. */
  recall(target: Part, from: PartTable): { readonly lesson: LearnedPattern; readonly sources: readonly Part[] } | null;
  /** True where a person refused these columns for this target, the names of none for any constant. */
  isRefused(target: Part, sources: readonly Part[]): boolean;
}

const key = (table: string | null, column: string | null): string =>
  `${table ?? ''}\u0000${column ?? ''}`.toLowerCase();
const keyOf = ({ view }: Part): string => key(view.table.key, view.ref.column);
const namesOf = (names: readonly string[]): string =>
  names
    .map((name) => name.toLowerCase())
    .sort()
    .join('\u0000');

/** Only lessons about the same target table and column say something; expressions name columns, so these must be there too. */
export function learnDerivations(patterns: readonly LearnedPattern[]): LearnedDerivations {
  const byTarget = new Map<string, LearnedPattern[]>();
  for (const pattern of patterns) {
    if (pattern.sources === undefined) continue;
    const own = key(pattern.targetTable, pattern.targetColumn);
    byTarget.set(own, [...(byTarget.get(own) ?? []), pattern]);
  }
  const latestFirst = (target: Part): readonly LearnedPattern[] =>
    (byTarget.get(keyOf(target)) ?? []).toSorted(
      (a, b) => compareText(b.learnedAt, a.learnedAt) || compareText(a.id, b.id),
    );
  return {
    recall(target, from) {
      for (const lesson of latestFirst(target)) {
        if (lesson.verdict === 'reject') continue;
        const sources = (lesson.sources ?? []).map((name) =>
          from.parts.find((part) => part.view.ref.column.toLowerCase() === name.toLowerCase()),
        );
        const found = sources.filter((part) => part !== undefined);
        if (found.length === sources.length) return { lesson, sources: found };
      }
      return null;
    },
    isRefused(target, sources) {
      const wanted = namesOf(sources.map((part) => part.view.ref.column));
      const last = latestFirst(target).find((lesson) => namesOf(lesson.sources ?? []) === wanted);
      return last?.verdict === 'reject';
    },
  };
}
