/** From what was found to the mapping that a person sees. */
import { type LearnedPattern, type Mapping, sourceNames } from '../../../shared/model/mapping.ts';
import type { ColumnRef } from '../../../shared/model/schema.ts';
import { roundTo } from '../../core/rounding.ts';
import type { MatchInput } from '../../ports/matcher.ts';
import { duckDbType } from '../../sql/dialects/duckdb/print-type.ts';
import type { Found, Part, PartTable } from './derivation.ts';
import type { Proof } from './prove-values.ts';

export type Derived = { readonly table: PartTable } & (
  | { readonly found: Found; readonly proof: Proof; readonly learned: null }
  | {
      readonly found: null;
      readonly proof: null;
      readonly learned: { readonly lesson: LearnedPattern; readonly sources: readonly Part[] };
    }
);

export type Thresholds = Pick<MatchInput['settings'], 'autoApprove' | 'flagBelow'>;

type Rest = Omit<Mapping, 'id' | 'target'>;

/** No proposal of a rule is surer: nobody has measured how often they are right. */
const MOST = 0.79;
const PLAUSIBLE = 0.1;
/** This share of the made values among the target's is no chance. */
const PROVEN = 0.3;
const PRIORITY = 5;

export function derivedMapping(
  { table, found, proof }: Extract<Derived, { learned: null }>,
  target: Part,
  settings: Thresholds,
): Rest {
  const proven = proof.made !== null && proof.seen >= PROVEN * proof.made;
  const raised = found.confidence + (proof.made === null ? 0 : PLAUSIBLE);
  const confidence = roundTo(Math.min(proven ? MOST : raised, MOST, settings.autoApprove - 0.01), 4);
  return {
    ...made(table, found.sources),
    transformation: { type: found.type, expression: cast(proof.form.expression, found, target) },
    confidence,
    parts: { semantic: found.confidence, type: 1, domain: 0.5, history: 0.5 },
    status: confidence < settings.flagBelow ? 'flagged' : 'needs_review',
    rationale: rationaleOf(found.type, made(table, found.sources), target),
    reasons: [found.reason, ...proofOf(proof, found)],
    patterns: [],
  };
}

export function learnedMapping(
  { table, learned }: Exclude<Derived, { learned: null }>,
  target: Part,
  settings: Thresholds,
): Rest {
  const { lesson, sources } = learned;
  const sameTable = lesson.sourceTable.toLowerCase() === table.view.key.toLowerCase();
  const confidence = roundTo(sameTable ? Math.min(0.95, lesson.confidence) : 0.7, 4);
  const status = confidence >= settings.autoApprove ? 'auto_approved' : 'needs_review';
  return {
    ...made(table, sources),
    transformation: lesson.transformation,
    confidence,
    parts: { semantic: 0.5, type: 1, domain: 0.5, history: lesson.confidence },
    status: confidence < settings.flagBelow ? 'flagged' : status,
    rationale: rationaleOf(lesson.transformation.type, made(table, sources), target),
    reasons: [`Decided so before in ${lesson.origin}`],
    patterns: [lesson.id],
  };
}

function made(table: PartTable, sources: readonly Part[]) {
  const refs = sources.map((part) => part.view.ref);
  const nowhere: ColumnRef = { schema: table.view.table.schema, table: table.view.table.name, column: '' };
  return {
    source: refs[0] ?? nowhere,
    sources: refs,
    additional: [],
    candidates: [],
    issues: [],
    priority: PRIORITY,
  };
}

const cast = (expression: string, { type }: Found, target: Part): string =>
  type === 'calculated' ? `TRY_CAST(${expression} AS ${duckDbType(target.view.column)})` : expression;

const kinds: Readonly<Record<string, string>> = {
  merge: 'is merged of',
  calculated: 'is calculated of',
  lookup: 'is looked up in',
};

function rationaleOf(type: string, mapping: Pick<Mapping, 'source' | 'sources'>, { view }: Part): string {
  const name = `${view.table.table.name}.${view.ref.column}`;
  const names = sourceNames(mapping);
  if (names === null) return `${name} has no counterpart in the source and takes one value in every row`;
  return `${name} ${kinds[type] ?? 'is made of'} ${names} of ${mapping.source.table}`;
}

function proofOf({ made: all, seen }: Proof, { forms }: Found): readonly string[] {
  if (all === null) return [];
  if (seen > 0) return [`${seen} of ${all} values made of the sample rows occur in the target's data`];
  const open = forms.length > 1 ? ['The order of the parts is usual, not known from data'] : [];
  return [`The values of ${all} sample rows are of the kind that this needs`, ...open];
}
