/** Taking the lessons of a learning pack in: what is new, what was known, and what contradicts a lesson at hand. */
import type { LearnedPattern } from '../../shared/model/mapping.ts';
import { findConflicts, mergePatterns, type PatternConflict } from './merge-patterns.ts';

/** Whose lesson stays where two cannot both be right. */
export const preferences = ['mine', 'theirs', 'both'] as const;
export type Preference = (typeof preferences)[number];

export interface PackImport {
  /** All lessons afterwards, by id. */
  readonly patterns: readonly LearnedPattern[];
  /** Ids of own lessons that gave way. */
  readonly removed: readonly string[];
  readonly added: number;
  /** Lessons that both sides had: they count as used more often. */
  readonly strengthened: number;
  readonly unchanged: number;
  /** First: the lesson at hand; second: the pack's. */
  readonly conflicts: readonly PatternConflict[];
}

/** The same pack a second time changes nothing. */
export function importPack(
  known: readonly LearnedPattern[],
  pack: readonly LearnedPattern[],
  preference: Preference,
): PackImport {
  const byId = new Map(known.map((pattern) => [pattern.id, pattern]));
  const fresh = mergePatterns(pack).filter((pattern) => !isTakenIn(byId.get(pattern.id), pattern));
  const conflicts = findConflicts(known, fresh);
  const refused = new Set(preference === 'mine' ? conflicts.map(({ second }) => second.id) : []);
  const removed = new Set(preference === 'theirs' ? conflicts.map(({ first }) => first.id) : []);
  const accepted = fresh.filter(({ id }) => !refused.has(id));
  const strengthened = accepted.filter(({ id }) => byId.has(id) && !removed.has(id)).length;
  const origins = new Map(accepted.map(({ id, origin }) => [id, origin]));
  const merged = mergePatterns(
    known.filter(({ id }) => !removed.has(id)),
    accepted,
  );
  return {
    patterns: merged.map((pattern) => {
      const all = [byId.get(pattern.id)?.origin, origins.get(pattern.id)].filter((origin) => origin !== undefined);
      return { ...pattern, origin: [...new Set(all.flatMap(originsOf))].sort().join(AND) };
    }),
    removed: [...removed].sort(),
    added: accepted.length - strengthened,
    strengthened,
    unchanged: pack.length - fresh.length,
    conflicts,
  };
}

/** A lesson from the same place that is not later than the one at hand was taken in before. */
function isTakenIn(known: LearnedPattern | undefined, pattern: LearnedPattern): boolean {
  if (known === undefined || known.learnedAt < pattern.learnedAt) return false;
  return originsOf(pattern.origin).every((origin) => originsOf(known.origin).includes(origin));
}

/** A lesson that several projects gave names them all. */
const AND = ' + ';
const originsOf = (origin: string): readonly string[] => origin.split(AND);
