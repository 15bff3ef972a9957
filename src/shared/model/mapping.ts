/** A mapping says where one source column goes, how sure that is and why. */
import { z } from 'zod';
import { ColumnRef, columnKey } from './schema.ts';

/** The four parts of a confidence, each 0..1 (mission.md: 0.40 semantic, 0.25 type, 0.20 domain, 0.15 history). */
export const ConfidenceParts = z
  .object({ semantic: z.number(), type: z.number(), domain: z.number(), history: z.number() })
  .readonly();
export type ConfidenceParts = z.infer<typeof ConfidenceParts>;

export const transformationTypes = [
  'direct',
  'cast',
  'split',
  'merge',
  'calculated',
  'constant',
  'lookup',
  'none',
] as const;

/** How the value is made: a DuckDB SQL expression over columns of the source table, by their source names. */
export const Transformation = z.object({ type: z.enum(transformationTypes), expression: z.string() }).readonly();
export type Transformation = z.infer<typeof Transformation>;

export const Candidate = z
  .object({
    schema: z.string().nullable(),
    table: z.string(),
    column: z.string(),
    /** The calibrated chance that it is the right one: the confidence of the first, shares of the rest for the others. */
    score: z.number(),
    parts: ConfidenceParts,
    /** Few words: what speaks for it ("name, comment, values"). */
    because: z.string(),
    /** What each signal adds to its rank, in hundredths of a point by signal id, and `decisions`; projects of older versions have none. */
    points: z.record(z.string(), z.number()).readonly().optional(),
  })
  .readonly();
export type Candidate = z.infer<typeof Candidate>;

/** auto_approved >= 0.80; needs_review 0.50..0.79; flagged < 0.50; unmapped = no counterpart proposed; the rest are a person's verdicts. */
export const mappingStatuses = [
  'auto_approved',
  'needs_review',
  'flagged',
  'unmapped',
  'approved',
  'modified',
  'rejected',
] as const;
export const MappingStatus = z.enum(mappingStatuses);
export type MappingStatus = z.infer<typeof MappingStatus>;

/** Something that would go wrong if the mapping were applied as it is ("331 rows would fail"). */
export const MappingIssue = z
  .object({
    severity: z.enum(['error', 'warning', 'info']),
    kind: z.enum([
      'type',
      'length',
      'not_null',
      'precision',
      'foreign_key',
      'duplicate_target',
      'required_target',
      'lossy',
    ]),
    message: z.string(),
    rows: z.number().int().nullable(),
  })
  .readonly();
export type MappingIssue = z.infer<typeof MappingIssue>;

export const Mapping = z
  .object({
    /** `columnKey` of the source, `derivedId` of the target of a derived column: stable between runs. */
    id: z.string(),
    source: ColumnRef,
    /**
     * Only of a derived column, one that is not made of one source column: those that it is made of, none for a constant.
     * `source` is then the first of them; for a constant the table whose rows take it, with an empty column.
     */
    sources: z.array(ColumnRef).readonly().optional(),
    target: ColumnRef.nullable(),
    transformation: Transformation,
    /** Further targets that the same source column feeds (a split). */
    additional: z.array(z.object({ target: ColumnRef, transformation: Transformation }).readonly()).readonly(),
    confidence: z.number(),
    parts: ConfidenceParts,
    status: MappingStatus,
    /** One sentence. */
    rationale: z.string(),
    /** The reasons, each a short sentence, strongest first. */
    reasons: z.array(z.string()).readonly(),
    candidates: z.array(Candidate).readonly(),
    issues: z.array(MappingIssue).readonly(),
    /** Review priority: primary keys 10, foreign keys 9, domain keywords 8, standard columns 5, generic 2. */
    priority: z.number().int(),
    /** Ids of learned patterns that took part. */
    patterns: z.array(z.string()).readonly(),
  })
  .readonly();
export type Mapping = z.infer<typeof Mapping>;

/** The id of the mapping that makes this target column of several source columns or of none. */
export const derivedId = (target: ColumnRef): string => `= ${columnKey(target)}`;

/** True for a target column that is not made of one source column. */
export const isDerived = (mapping: Pick<Mapping, 'sources'>): boolean => mapping.sources !== undefined;

/** The source columns that the value is made of. */
export const sourcesOf = (mapping: Pick<Mapping, 'source' | 'sources'>): readonly ColumnRef[] =>
  mapping.sources ?? [mapping.source];

/** Their names for a person to read; null for a constant. */
export function sourceNames(mapping: Pick<Mapping, 'source' | 'sources'>): string | null {
  const names = sourcesOf(mapping).map(({ column }) => column);
  return names.length === 0 ? null : names.join(' + ');
}

/** True where a mapping is settled and takes part in the generated SQL. */
export function isAccepted(mapping: Pick<Mapping, 'status' | 'target'>): boolean {
  return (
    mapping.target !== null &&
    (mapping.status === 'auto_approved' || mapping.status === 'approved' || mapping.status === 'modified')
  );
}

/** True where a person has still to look. */
export function isPending(mapping: Pick<Mapping, 'status'>): boolean {
  return mapping.status === 'needs_review' || mapping.status === 'flagged' || mapping.status === 'unmapped';
}

export const verdicts = ['approve', 'reject', 'modify'] as const;

/** A person's decision as given; the store adds `seq` and time. `modify` carries a target (null = maps to nothing) and may carry an expression. */
export const DecisionInput = z
  .strictObject({
    mappingId: z.string().min(1).max(1000),
    verdict: z.enum(verdicts),
    target: ColumnRef.nullable().optional(),
    transformation: Transformation.optional(),
    note: z.string().max(2000).optional(),
  })
  .readonly();
export type DecisionInput = z.infer<typeof DecisionInput>;

/** One line of the append-only decision log. `undoes` names the decision that this entry takes back. */
export const Decision = z
  .object({
    seq: z.number().int(),
    batch: z.number().int(),
    mappingId: z.string(),
    verdict: z.enum([...verdicts, 'undo']),
    target: ColumnRef.nullable(),
    transformation: Transformation.nullable(),
    note: z.string().nullable(),
    /** ISO time; not part of bundles. */
    at: z.string(),
    undoes: z.number().int().nullable(),
    /** person, import, rectifier */
    by: z.string(),
  })
  .readonly();
export type Decision = z.infer<typeof Decision>;

/** What was learned from a decision, with the context that makes it retrievable. */
export const LearnedPattern = z
  .object({
    id: z.string(),
    sourceColumn: z.string(),
    /** Names of the columns that a derived column was made of; absent for a lesson about one source column. */
    sources: z.array(z.string()).readonly().optional(),
    sourceTable: z.string(),
    sourceType: z.string(),
    targetTable: z.string().nullable(),
    targetColumn: z.string().nullable(),
    transformation: Transformation,
    verdict: z.enum(verdicts),
    uses: z.number().int(),
    confidence: z.number(),
    /** Project name where it was decided. */
    origin: z.string(),
    learnedAt: z.string(),
  })
  .readonly();
export type LearnedPattern = z.infer<typeof LearnedPattern>;

/** A change that the rectifier proposes or made: one correction taken to a similar mapping. */
export const Rectification = z
  .object({
    mappingId: z.string(),
    because: z.string(),
    rule: z.string(),
    score: z.number(),
    before: z
      .object({ target: ColumnRef.nullable(), transformation: Transformation, status: MappingStatus })
      .readonly(),
    after: z.object({ target: ColumnRef.nullable(), transformation: Transformation, status: MappingStatus }).readonly(),
  })
  .readonly();
export type Rectification = z.infer<typeof Rectification>;

/** The evaluator's figures. Shares are 0..1. */
export const Evaluation = z
  .object({
    completeness: z.number(),
    averageConfidence: z.number(),
    targetCoverage: z.number(),
    complexRatio: z.number(),
    counts: z
      .object({
        total: z.number(),
        autoApproved: z.number(),
        needsReview: z.number(),
        flagged: z.number(),
        unmapped: z.number(),
        decided: z.number(),
      })
      .readonly(),
    /** NOT NULL target columns without default that nothing feeds. */
    requiredTargetsUnfed: z.array(ColumnRef).readonly(),
    needsReview: z.boolean(),
    reasons: z.array(z.string()).readonly(),
  })
  .readonly();
export type Evaluation = z.infer<typeof Evaluation>;
