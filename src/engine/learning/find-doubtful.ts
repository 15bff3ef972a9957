/** Lessons that may be wrong: other lessons speak against them. A person decides whether they go. */
import type { LearnedPattern } from '../../shared/model/mapping.ts';
import { compareText } from '../core/text.ts';
import { squeezeName } from '../matching/tokenize-name.ts';
import { findConflicts } from './merge-patterns.ts';

export interface DoubtfulLesson {
  readonly pattern: LearnedPattern;
  readonly why: string;
}

/** Fewer lessons that agree with each other are no rule. */
const LEAST_AGREEING = 2;

/** A lesson that another about the same column contradicts, or that stands alone against those about columns of the same name; by id. */
export function findDoubtful(patterns: readonly LearnedPattern[]): readonly DoubtfulLesson[] {
  const found = new Map<string, DoubtfulLesson>();
  for (const { first, second } of findConflicts(patterns, patterns)) {
    if (strength(first) > strength(second)) continue;
    found.set(first.id, { pattern: first, why: `another lesson about the same column says ${saysOf(second)}` });
  }
  for (const group of groupedBySource(patterns).values()) {
    for (const pattern of group) {
      const others = group.filter((other) => targetOf(other) !== targetOf(pattern));
      const agreeing = group.filter((other) => targetOf(other) === targetOf(pattern));
      const usual = mostUsual(others);
      if (found.has(pattern.id) || usual === null || usual.count < LEAST_AGREEING || agreeing.length > 1) continue;
      found.set(pattern.id, { pattern, why: `${usual.count} lessons about columns of this name say ${usual.says}` });
    }
  }
  return [...found.values()].sort((a, b) => compareText(a.pattern.id, b.pattern.id));
}

const strength = ({ uses, confidence }: LearnedPattern): number => uses * confidence;
const targetOf = ({ targetColumn }: LearnedPattern): string => squeezeName(targetColumn ?? '');

function saysOf({ verdict, targetTable, targetColumn }: LearnedPattern): string {
  if (targetColumn === null) return 'that it maps to nothing';
  return `${verdict === 'reject' ? 'not ' : ''}${targetTable ?? ''}.${targetColumn}`;
}

/** Lessons that name a target or nothing, by the name of the source column; refusals say too little. */
function groupedBySource(patterns: readonly LearnedPattern[]): ReadonlyMap<string, readonly LearnedPattern[]> {
  const groups = new Map<string, LearnedPattern[]>();
  for (const pattern of patterns) {
    if (pattern.verdict === 'reject' || pattern.sources !== undefined) continue;
    const name = squeezeName(pattern.sourceColumn);
    groups.set(name, [...(groups.get(name) ?? []), pattern]);
  }
  return groups;
}

function mostUsual(patterns: readonly LearnedPattern[]): { readonly count: number; readonly says: string } | null {
  const counts = new Map<string, number>();
  for (const pattern of patterns) counts.set(targetOf(pattern), (counts.get(targetOf(pattern)) ?? 0) + 1);
  const [first] = [...counts].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]));
  const example = patterns.find((pattern) => targetOf(pattern) === first?.[0]);
  return first === undefined || example === undefined
    ? null
    : { count: first[1], says: example.targetColumn ?? 'nothing' };
}
