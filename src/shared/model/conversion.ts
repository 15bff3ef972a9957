/** The outcome of converting one legacy ETL file: a job with its gate and an account of every object. */
import { z } from 'zod';
import { EtlTool } from './etl.ts';

export const conversions = ['rule_engine', 'llm', 'llm_unavailable', 'unsupported', 'human'] as const;
export const Conversion = z.enum(conversions);
export type Conversion = z.infer<typeof Conversion>;

export const JobIssue = z
  .object({
    severity: z.enum(['error', 'warning', 'info']),
    /** `TRANSFORMATION`, `TRANSFORMATION.PORT` or the mapping's name. */
    where: z.string(),
    message: z.string(),
    line: z.number().int().nullable(),
    /** Set where the issue is that neither a rule nor a language model gave the conversion. */
    code: z.literal('llm_unavailable').optional(),
  })
  .readonly();
export type JobIssue = z.infer<typeof JobIssue>;

export const ConvertedTransformation = z
  .object({
    id: z.string(),
    mapping: z.string(),
    type: z.string(),
    operator: z.string(),
    confidence: z.number(),
    source: Conversion,
    notes: z.array(z.string()).readonly(),
  })
  .readonly();
export type ConvertedTransformation = z.infer<typeof ConvertedTransformation>;

export const NodeRun = z
  .object({ id: z.string(), rows: z.number().int().nullable(), seconds: z.number(), error: z.string().nullable() })
  .readonly();
export type NodeRun = z.infer<typeof NodeRun>;

/** How the converted pipelines of a job ran on DuckDB. Seconds are measurements and stay out of bundles. */
export const Execution = z
  .object({ status: z.enum(['passed', 'failed', 'skipped']), nodes: z.number().int(), detail: z.string() })
  .readonly();
export type Execution = z.infer<typeof Execution>;

/** What became of one node when its pipeline ran: the rows that it gave, or why it gave none. */
export const NodeOutcome = z
  .object({ node: z.string(), rows: z.number().int().nullable(), error: z.string().nullable() })
  .readonly();
export type NodeOutcome = z.infer<typeof NodeOutcome>;

/** A text as it is; a long one as deflated pieces of it, in base64. */
export const KeptText = z.union([
  z.string(),
  z.object({ length: z.number().int(), deflated: z.array(z.string()).readonly() }).readonly(),
]);
export type KeptText = z.infer<typeof KeptText>;

/** One pipeline as text, and the facts that other parts need of it. */
export const PipelineArtifact = z
  .object({
    name: z.string(),
    /** A workflow orders pipelines and has no SQL of its own. */
    kind: z.enum(['Pipeline', 'Workflow']),
    /** File name within the bundle's pipelines/ folder, without a path. */
    fileName: z.string(),
    yaml: KeptText,
    /** The whole pipeline as one DuckDB script, a CTE or view a node. */
    sql: KeptText,
    /** Column-level lineage: `node.column` from `node.column`. */
    lineage: z.array(z.object({ to: z.string(), from: z.string() }).readonly()).readonly(),
    /** The YAML as the conversion gave it, where a person has edited it since. */
    generated: KeptText.optional(),
    /** Absent before it ran. */
    run: z.array(NodeOutcome).readonly().optional(),
  })
  .readonly();
export type PipelineArtifact = z.infer<typeof PipelineArtifact>;

/** A pipeline as a person wrote it, and the generated text that it took the place of. */
export const PipelineEdit = z
  .object({ file: z.string(), name: z.string(), generated: KeptText, yaml: KeptText })
  .readonly();
export type PipelineEdit = z.infer<typeof PipelineEdit>;

export const complexityLevels = ['simple', 'medium', 'complex'] as const;

/** How much there is to understand and to test: points that add up to the score. */
export const Complexity = z
  .object({
    score: z.number().int(),
    level: z.enum(complexityLevels),
    parts: z
      .array(z.object({ what: z.string(), count: z.number().int(), points: z.number().int() }).readonly())
      .readonly(),
  })
  .readonly();
export type Complexity = z.infer<typeof Complexity>;

/** How a job stands among others: the tables that it touches, and the names by which jobs call each other. */
export const JobFootprint = z
  .object({
    /** `schema.table` or `table`, as its pipelines name them; lookups count as reads. */
    reads: z.array(z.string()).readonly(),
    writes: z.array(z.string()).readonly(),
    provides: z.array(z.string()).readonly(),
    calls: z.array(z.string()).readonly(),
    complexity: Complexity,
  })
  .readonly();
export type JobFootprint = z.infer<typeof JobFootprint>;

/** A setting of the source system that the export lacks and that the conversion depends on. */
export const JobAssumption = z
  .object({
    id: z.string(),
    value: z.string(),
    /** Whether a person has set or confirmed it; what is not said lowers the confidence. */
    said: z.boolean(),
    /** How many objects depend on it. */
    uses: z.number().int(),
  })
  .readonly();
export type JobAssumption = z.infer<typeof JobAssumption>;

export const ConversionJob = z
  .object({
    file: z.string(),
    tool: EtlTool,
    status: z.enum(['completed', 'completed_with_warnings', 'failed']),
    confidence: z.number(),
    objects: z
      .object({
        total: z.number().int(),
        autoConverted: z.number().int(),
        needsReview: z.number().int(),
        manualRequired: z.number().int(),
      })
      .readonly(),
    transformations: z.array(ConvertedTransformation).readonly(),
    issues: z.array(JobIssue).readonly(),
    /** Why the release gate did not say `completed`; empty otherwise. */
    gate: z.array(z.string()).readonly(),
    /** Hours of the effort estimate (mission.md B8). */
    effortHours: z.number(),
    pipelines: z.array(PipelineArtifact).readonly(),
    execution: Execution,
    /** Absent in projects from before it was measured. */
    footprint: JobFootprint.optional(),
    assumptions: z.array(JobAssumption).readonly().optional(),
    /** What the conversion itself found, where a person has edited a pipeline since. */
    converted: z
      .object({
        transformations: z.array(ConvertedTransformation).readonly(),
        issues: z.array(JobIssue).readonly(),
      })
      .readonly()
      .optional(),
  })
  .readonly();
export type ConversionJob = z.infer<typeof ConversionJob>;
