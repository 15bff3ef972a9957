/** A project: its inputs, its settings and the state of a run through the eight nodes. */
import { z } from 'zod';
import { ConversionJob, PipelineEdit } from './conversion.ts';
import { EtlOutline, EtlSettings, EtlTool } from './etl.ts';
import { KnownMapping } from './known-mapping.ts';
import { Evaluation, Mapping, Rectification } from './mapping.ts';
import { MigrationDocument, SqlArtifacts, ValidationReport } from './artifacts.ts';
import { InferredRelationship, TableProfile } from './profile.ts';
import { Diagnostic, Dialect, InputFormat, SchemaFile } from './schema.ts';

export const inputRoles = ['source', 'target', 'etl'] as const;
export const InputRole = z.enum(inputRoles);
export type InputRole = z.infer<typeof InputRole>;

/** A file that the user brought in, known by its content. `name` is what outputs show; `path` stays inside the project file. */
export const InputFile = z
  .object({
    id: z.string(),
    name: z.string(),
    path: z.string(),
    role: InputRole,
    format: InputFormat,
    /** Null: detected. */
    dialect: Dialect.nullable(),
    sha256: z.string(),
    bytes: z.number().int(),
  })
  .readonly();
export type InputFile = z.infer<typeof InputFile>;

/** Thresholds belong to the project, not to the code (mission.md, "The eight nodes"). */
export const ProjectSettings = z
  .object({
    title: z.string().default('Migration'),
    autoApprove: z.number().min(0).max(1).default(0.8),
    flagBelow: z.number().min(0).max(1).default(0.5),
    minAverageConfidence: z.number().min(0).max(1).default(0.8),
    minCompleteness: z.number().min(0).max(1).default(0.9),
    topCandidates: z.number().int().min(1).max(20).default(5),
    maxSqlRepairs: z.number().int().min(0).max(20).default(5),
    domain: z.string().nullable().default(null),
    /** Rows a table that profiling reads at most; null: all. */
    profileRows: z.number().int().positive().nullable().default(null),
    /** Values of columns that tell of people are masked in profiles and samples: `A9` shapes in place of the values. */
    maskPersonalData: z.boolean().optional(),
    /** What a person said about the systems that the exports come from, by tool. */
    etlSettings: z.partialRecord(EtlTool, EtlSettings).optional(),
  })
  .readonly();
export type ProjectSettings = z.infer<typeof ProjectSettings>;

export const nodeIds = [
  'discovery',
  'mapper',
  'evaluator',
  'review',
  'rectifier',
  'sql',
  'documents',
  'validation',
] as const;
export const NodeId = z.enum(nodeIds);
export type NodeId = z.infer<typeof NodeId>;

export const Discovery = z
  .object({
    source: z.array(SchemaFile).readonly(),
    target: z.array(SchemaFile).readonly(),
    etl: z.array(EtlOutline).readonly(),
    /** Which input holds the rows of which table (`tableKey`) of the source. */
    data: z
      .array(
        z
          .object({
            inputId: z.string(),
            table: z.string(),
            /** Which table of a workbook. */
            part: z.string().optional(),
          })
          .readonly(),
      )
      .readonly(),
    profiles: z.array(TableProfile).readonly(),
    /** Of the target's data files, where there are any: evidence for matching. */
    targetProfiles: z.array(TableProfile).readonly(),
    relationships: z.array(InferredRelationship).readonly(),
    /** Of the target, where its constraints do not declare them. */
    targetRelationships: z.array(InferredRelationship).readonly().optional(),
    diagnostics: z.array(Diagnostic).readonly(),
    /** What mapping tables among the inputs say, whatever their role. */
    known: z.array(KnownMapping).readonly().optional(),
  })
  .readonly();
export type Discovery = z.infer<typeof Discovery>;

export const ReviewState = z
  .object({
    /** Sequence number of the last decision that was taken into `mappings`. */
    appliedSeq: z.number().int(),
    /** Rejections up to this sequence number have had their fresh attempt by the mapper. */
    retriedSeq: z.number().int(),
    pending: z.array(z.string()).readonly(),
    /** The person said that review is done, whatever is pending. */
    finished: z.boolean(),
  })
  .readonly();
export type ReviewState = z.infer<typeof ReviewState>;

/** The state that flows through the graph. Every node reads some keys and writes some; a checkpoint holds all. */
export const RunState = z
  .object({
    settings: ProjectSettings,
    inputs: z.array(InputFile).readonly(),
    discovery: Discovery.optional(),
    /** The mapper's own proposals, never touched by decisions: undo needs them. */
    proposals: z.array(Mapping).readonly().optional(),
    /** The proposals with every decision and rectification taken in. */
    mappings: z.array(Mapping).readonly().optional(),
    evaluation: Evaluation.optional(),
    review: ReviewState.optional(),
    rectifications: z.array(Rectification).readonly().optional(),
    sql: SqlArtifacts.optional(),
    jobs: z.array(ConversionJob).readonly().optional(),
    /** Edits of the run before, to be made again on the same pipelines. */
    pipelineEdits: z.array(PipelineEdit).readonly().optional(),
    documents: z.array(MigrationDocument).readonly().optional(),
    validation: ValidationReport.optional(),
    /** How often validation sent the run back to the SQL generator. */
    sqlRepairs: z.number().int().optional(),
  })
  .readonly();
export type RunState = z.infer<typeof RunState>;

export const Checkpoint = z
  .object({
    id: z.string(),
    threadId: z.string(),
    parentId: z.string().nullable(),
    seq: z.number().int(),
    /** The node that has just finished, or `start`. */
    node: z.string(),
    /** The node that runs next; null at the end. */
    next: z.string().nullable(),
    status: z.enum(['running', 'interrupted', 'finished', 'failed', 'cancelled']),
    writes: z.array(z.string()).readonly(),
    at: z.string(),
    seconds: z.number(),
    stateHash: z.string(),
  })
  .readonly();
export type Checkpoint = z.infer<typeof Checkpoint>;
