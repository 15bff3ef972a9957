/** What reviewing the least certain mappings of a job is worth for the others of the same job. */
import type { Embedder } from '../../../src/engine/ports/embedder.ts';
import { patternFromDecision } from '../../../src/engine/learning/pattern-from-decision.ts';
import { matchSchemas } from '../../../src/engine/matching/match-schemas.ts';
import { pairKey } from '../../../src/cli/bench/truth.ts';
import type { Decision, LearnedPattern, Mapping } from '../../../src/shared/model/mapping.ts';
import { columnKey } from '../../../src/shared/model/schema.ts';
import type { BenchmarkSet } from './read-set.ts';

export interface LearningGain {
  readonly set: string;
  readonly reviewed: number;
  /** Columns that nobody looked at, and how many of them are right at first choice before and after. */
  readonly others: number;
  readonly before: number;
  readonly after: number;
}

const REVIEWED = 0.2;

/** A person decides the least certain fifth as the truth says; the job is matched again with those lessons. */
export async function learningGain({ name, input, truth }: BenchmarkSet, embedder: Embedder): Promise<LearningGain> {
  const first = await matchSchemas(input, embedder);
  const known = first.filter((mapping) => truth.has(keyOf(mapping)));
  const order = [...known].sort((a, b) => a.confidence - b.confidence || (a.id < b.id ? -1 : 1));
  const reviewed = order.slice(0, Math.round(order.length * REVIEWED));
  const patterns = reviewed.flatMap((mapping) => lessonOf(mapping, input, truth));
  const second = await matchSchemas({ ...input, patterns }, embedder);
  const isReviewed = new Set(reviewed.map(({ id }) => id));
  const others = known.filter(({ id }) => !isReviewed.has(id)).map(({ id }) => id);
  const right = (mappings: readonly Mapping[]): number => {
    const byId = new Map(mappings.map((mapping) => [mapping.id, mapping]));
    return others.filter((id) => isRight(byId.get(id), truth)).length;
  };
  return { set: name, reviewed: reviewed.length, others: others.length, before: right(first), after: right(second) };
}

const keyOf = ({ source }: Mapping): string => pairKey(source.table, source.column);

function isRight(mapping: Mapping | undefined, truth: BenchmarkSet['truth']): boolean {
  const [first] = mapping?.candidates ?? [];
  return (
    mapping !== undefined &&
    first !== undefined &&
    (truth.get(keyOf(mapping))?.has(pairKey(first.table, first.column)) ?? false)
  );
}

function lessonOf(
  mapping: Mapping,
  { target }: BenchmarkSet['input'],
  truth: BenchmarkSet['truth'],
): readonly LearnedPattern[] {
  const wanted = truth.get(keyOf(mapping)) ?? new Set<string>();
  const refs = target.flatMap((table) =>
    table.columns.map((column) => ({ schema: table.schema, table: table.name, column: column.name })),
  );
  const chosen = refs
    .filter((ref) => wanted.has(pairKey(ref.table, ref.column)))
    .sort((a, b) => (columnKey(a) < columnKey(b) ? -1 : 1))[0];
  if (chosen === undefined) return [];
  const decision: Decision = {
    seq: 1,
    batch: 1,
    mappingId: mapping.id,
    verdict: 'modify',
    target: chosen,
    transformation: null,
    note: null,
    at: '2026-01-01T00:00:00Z',
    undoes: null,
    by: 'person',
  };
  return [patternFromDecision(mapping, decision, { origin: 'review', state: null, known: [] })];
}
