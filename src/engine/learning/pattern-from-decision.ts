/** What a person's decision teaches: a pattern with the context that makes it findable again. */
import {
  type Decision,
  type LearnedPattern,
  type Mapping,
  isDerived,
  sourceNames,
} from '../../shared/model/mapping.ts';
import type { RunState } from '../../shared/model/project.ts';
import { columnKey, tableKey, type ColumnRef } from '../../shared/model/schema.ts';

export interface LessonContext {
  /** The project's name. */
  readonly origin: string;
  /** Where the source column's type is found. */
  readonly state: Pick<RunState, 'discovery'> | null | undefined;
  /** What is known already: the same lesson again counts as one more use. */
  readonly known: readonly LearnedPattern[];
}

/** How sure a first lesson is, by who decided; each agreeing lesson halves the doubt. */
const FIRST_CONFIDENCE: Readonly<Record<string, number>> = { person: 0.95, import: 0.95 };
const OTHERS_CONFIDENCE = 0.8;
/** What each agreeing lesson leaves of the doubt. */
const AGREEMENT = 0.5;

/**
 * The lesson of one decision. `mapping` is as it was when the person decided: an approval teaches its target, a rejection that this
 * target is wrong, a modification the target that the person chose. An undo teaches nothing and is an error to pass.
 */
export function patternFromDecision(mapping: Mapping, decision: Decision, context: LessonContext): LearnedPattern {
  if (decision.verdict === 'undo') throw new Error('an undo teaches nothing');
  const { verdict, target } = lessonOf(mapping, decision, decision.verdict);
  const id = lessonId(mapping, target, verdict === 'reject');
  const known = context.known.find((pattern) => pattern.id === id);
  const first = FIRST_CONFIDENCE[decision.by] ?? OTHERS_CONFIDENCE;
  return {
    id,
    ...aboutOf(mapping),
    sourceTable: tableKey(mapping.source),
    sourceType: sourceTypeOf(mapping, context),
    targetTable: target === null ? null : tableKey(target),
    targetColumn: target?.column ?? null,
    transformation: decision.transformation ?? mapping.transformation,
    verdict,
    uses: (known?.uses ?? 0) + 1,
    confidence: known === undefined ? first : 1 - (1 - known.confidence) * AGREEMENT,
    origin: context.origin,
    learnedAt: decision.at,
  };
}

/**
 * What changes when the decision no longer counts: its lesson goes, or loses one use where others gave it as well. A lesson that
 * came from elsewhere since stays.
 */
export function withoutLesson(
  known: readonly LearnedPattern[],
  mapping: Mapping,
  decision: Decision,
  origin: string,
): { readonly removed: readonly string[]; readonly saved: readonly LearnedPattern[] } {
  const { id } = patternFromDecision(mapping, decision, { origin, state: null, known: [] });
  const lesson = known.find((pattern) => pattern.id === id && pattern.origin === origin);
  if (lesson === undefined) return { removed: [], saved: [] };
  if (lesson.uses <= 1) return { removed: [id], saved: [] };
  const confidence = 1 - (1 - lesson.confidence) / AGREEMENT;
  return { removed: [], saved: [{ ...lesson, uses: lesson.uses - 1, confidence }] };
}

/** To make a derived column of nothing is to refuse what it would be made of. */
function lessonOf(
  mapping: Mapping,
  decision: Decision,
  verdict: LearnedPattern['verdict'],
): Pick<LearnedPattern, 'verdict'> & { readonly target: ColumnRef | null } {
  if (isDerived(mapping) && decision.target === null) return { verdict: 'reject', target: mapping.target };
  return { verdict, target: verdict === 'modify' ? decision.target : (decision.target ?? mapping.target) };
}

/** Which columns the lesson is about. */
const aboutOf = (mapping: Mapping): Pick<LearnedPattern, 'sourceColumn' | 'sources'> => ({
  sourceColumn: sourceNames(mapping) ?? 'constant',
  ...(mapping.sources === undefined ? {} : { sources: mapping.sources.map(({ column }) => column) }),
});

/** The same for the same lesson, whoever gives it and however names are written. */
function lessonId(mapping: Mapping, target: ColumnRef | null, isRefusal: boolean): string {
  const to = target === null ? ['', ''] : [tableKey(target), target.column];
  return JSON.stringify(
    [tableKey(mapping.source), sourceNames(mapping) ?? '', ...to, isRefusal ? 'no' : 'yes'].map((part) =>
      part.toLowerCase(),
    ),
  );
}

function sourceTypeOf(mapping: Mapping, { state }: LessonContext): string {
  const tables = state?.discovery?.source.flatMap((file) => file.tables) ?? [];
  for (const table of tables) {
    for (const column of table.columns) {
      if (columnKey({ schema: table.schema, table: table.name, column: column.name }) === mapping.id)
        return column.rawType;
    }
  }
  return '';
}
