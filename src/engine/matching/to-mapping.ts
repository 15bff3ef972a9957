/** From a ranked column to the mapping that a person sees. */
import type { Candidate, ConfidenceParts, Mapping } from '../../shared/model/mapping.ts';
import type { ColumnProfile, TableProfile } from '../../shared/model/profile.ts';
import { columnKey } from '../../shared/model/schema.ts';
import type { MatchInput } from '../ports/matcher.ts';
import { roundTo } from '../core/rounding.ts';
import type { ColumnView } from './column-view.ts';
import { calibratedConfidence } from './confidence.ts';
import { confidenceParts } from './confidence-parts.ts';
import { columnExpression } from './column-expression.ts';
import type { JobHistory } from './history.ts';
import type { JobContext } from './job-context.ts';
import { reviewPriority } from './priority.ts';
import { proposeSplit } from './propose-split.ts';
import { proposeTransformation } from './propose-transformation.ts';
import type { RankedCandidate, RankedColumn } from './rank-column.ts';
import { because, reasonsFor } from './rationale.ts';
import type { RankerKind } from './ranker.ts';
import { signalPoints } from './signal-points.ts';
import { varyCandidates } from './vary-candidates.ts';

export interface MappingContext {
  readonly job: JobContext;
  readonly history: JobHistory;
  readonly profiles: ReadonlyMap<string, TableProfile>;
  readonly settings: MatchInput['settings'];
}

/** Below this probability the proposal would be a guess: the column is said to have no counterpart. */
const NO_COUNTERPART = 0.25;
const noParts: ConfidenceParts = { semantic: 0, type: 0, domain: 0.5, history: 0.5 };

/** One mapping; `target` is null where nothing fits or a lesson says so. `certainty` is the column's row of `describeCertainty`. */
export function toMapping(ranked: RankedColumn, certainty: readonly number[], context: MappingContext): Mapping {
  const { job, settings } = context;
  const { source } = ranked;
  const first = ranked.candidates[0];
  const confidence = roundTo(calibratedConfidence(first, certainty, job.vectors !== null), 4);
  const candidates = varyCandidates(ranked.candidates)
    .slice(0, settings.topCandidates)
    .map((candidate) => toCandidate(source, candidate, chanceOf(candidate, first, confidence), job));
  const common = {
    id: columnKey(source.ref),
    source: source.ref,
    candidates,
    issues: [],
    priority: reviewPriority(source, job.lexicon),
  };
  const learnedNothing = context.history.mapsToNothing(source);
  if (first === undefined || confidence < NO_COUNTERPART || learnedNothing) {
    const why = learnedNothing
      ? 'Earlier decisions say that a column like this maps to nothing'
      : 'No target column is similar enough in name, meaning, type and values';
    return {
      ...common,
      target: null,
      transformation: { type: 'none', expression: 'NULL' },
      additional: [],
      confidence: roundTo(Math.min(confidence, NO_COUNTERPART), 4),
      parts: candidates[0]?.parts ?? noParts,
      status: 'unmapped',
      rationale: `${source.column.name} has no counterpart in the target`,
      reasons: [why],
      patterns: [],
    };
  }
  return {
    ...common,
    ...proposal(source, first, confidence, context),
    patterns: [...context.history.patternsOf(source, first.target)].sort(),
  };
}

const rankerOf = ({ vectors }: JobContext): RankerKind => (vectors === null ? 'rules' : 'minilm');

function proposal(
  source: ColumnView,
  first: RankedCandidate,
  confidence: number,
  context: MappingContext,
): Omit<Mapping, 'id' | 'source' | 'candidates' | 'issues' | 'priority' | 'patterns'> {
  const { job, settings } = context;
  const parts = confidenceParts(source, first, job.lexicon, job.words);
  const proposed = proposeTransformation(source.column, first.target.column, profileOf(context.profiles, source));
  const split = proposeSplit(source, first.target, job.source, job.target);
  const isChosen = (ref: Mapping['source']): boolean => columnKey(ref) === columnKey(first.target.ref);
  const own = split?.parts.find((part) => isChosen(part.target))?.transformation;
  const notes = [split?.reason, proposed.note].filter((note): note is string => typeof note === 'string');
  if (job.vectors === null) notes.push('No embedding model is loaded: meaning was not compared');
  const automatic = confidence >= settings.autoApprove && split === null;
  return {
    target: first.target.ref,
    transformation: own ?? proposed.transformation,
    additional: split?.parts.filter((part) => !isChosen(part.target)) ?? [],
    confidence,
    parts,
    status: automatic ? 'auto_approved' : confidence < settings.flagBelow ? 'flagged' : 'needs_review',
    rationale: `${columnExpression(source.column.name)} goes to ${first.target.table.table.name}.${first.target.column.name} by ${because(source, first, rankerOf(job))}`,
    reasons: [...reasonsFor(source, first, parts, rankerOf(job)), ...notes],
  };
}

/**
 * The chance that a candidate is right: what the confidence leaves to the others is shared as they are believed in, none above the
 * first, whose chance may be held down because nothing fits.
 */
function chanceOf(candidate: RankedCandidate, first: RankedCandidate | undefined, confidence: number): number {
  if (first === undefined || candidate === first) return confidence;
  const others = 1 - first.belief;
  return others <= 0 ? 0 : roundTo(Math.min(confidence, ((1 - confidence) * candidate.belief) / others), 4);
}

function toCandidate(source: ColumnView, candidate: RankedCandidate, score: number, job: JobContext): Candidate {
  return {
    schema: candidate.target.ref.schema,
    table: candidate.target.ref.table,
    column: candidate.target.ref.column,
    score,
    parts: confidenceParts(source, candidate, job.lexicon, job.words),
    because: because(source, candidate, rankerOf(job)),
    points: signalPoints(candidate, rankerOf(job)),
  };
}

function profileOf(profiles: ReadonlyMap<string, TableProfile>, source: ColumnView): ColumnProfile | null {
  const name = source.column.name.toLowerCase();
  return profiles.get(source.table.key)?.columns.find((column) => column.name.toLowerCase() === name) ?? null;
}
