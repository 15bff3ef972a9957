/** The part of the contract about conversion jobs: list, one job, its pipelines, edits, the estate. */
import { z } from 'zod';
import {
  Complexity,
  ConversionJob,
  Execution,
  JobAssumption,
  JobIssue,
  PipelineArtifact,
  complexityLevels,
} from '../model/conversion.ts';
import { Estate } from '../model/estate.ts';
import { EtlTool } from '../model/etl.ts';
import { id, nothing, page, route } from './route.ts';

const Job = ConversionJob.unwrap().shape;
export const JobStatus = Job.status;
export type JobStatus = z.infer<typeof JobStatus>;

/** One line of the job list. */
export const JobLine = z.object({
  /** The file's name; made unique where two files share it. */
  id: z.string(),
  file: z.string(),
  tool: EtlTool,
  status: JobStatus,
  confidence: z.number(),
  objects: Job.objects,
  issues: z.number(),
  pipelines: z.number(),
  effortHours: z.number(),
  /** Null where it was not measured: the run is of an older version. */
  complexity: z.object({ score: z.number(), level: z.enum(complexityLevels) }).nullable(),
  execution: Execution.unwrap().shape.status,
  edited: z.boolean(),
});
export type JobLine = z.infer<typeof JobLine>;

export const jobSorts = ['file', 'tool', 'status', 'coverage', 'confidence', 'complexity', 'effort', 'issues'] as const;
export type JobSort = (typeof jobSorts)[number];

/** An issue with the place in the converted pipelines that it is about, where that is known. */
export const PlacedIssue = z.object({
  ...JobIssue.unwrap().shape,
  pipeline: z.string().nullable(),
  node: z.string().nullable(),
});
export type PlacedIssue = z.infer<typeof PlacedIssue>;

export const nodeStandings = ['rule', 'person', 'review', 'manual', 'unsupported'] as const;
export const PipelineNodeView = z.object({
  id: z.string(),
  type: z.enum(['source', 'transform', 'sink', 'task']),
  operator: z.string(),
  standing: z.enum(nodeStandings),
  /** Null for tasks of a workflow. */
  confidence: z.number().nullable(),
  /** Rows that it gave when it ran; null where it did not. */
  rows: z.number().nullable(),
  error: z.string().nullable(),
  issues: z.number(),
  /** Where it stands in the YAML. */
  line: z.number().nullable(),
});
export type PipelineNodeView = z.infer<typeof PipelineNodeView>;

const Gate = z.object({ status: JobStatus, reasons: z.array(z.string()), confidence: z.number() });
export const Defect = z.object({
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  line: z.number().nullable(),
  node: z.string().nullable(),
});
export type Defect = z.infer<typeof Defect>;
/** Characters of a pipeline's text that the window shows and takes back. */
export const shownLength = 3_500_000;
const yaml = z.string().max(shownLength);
const named = z.object({ name: z.string(), value: z.string() });

/** A setting of the source system that the job depends on, with what it may be. */
export const AssumptionView = z.object({
  ...JobAssumption.unwrap().shape,
  title: z.string(),
  where: z.string(),
  usual: z.string(),
  /** Null: a format of dates. */
  choices: z.array(z.object({ value: z.string(), label: z.string() })).nullable(),
});
export type AssumptionView = z.infer<typeof AssumptionView>;

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const Rows = z.object({ columns: z.array(z.string()), rows: z.array(z.array(cell)) });

export const QualityView = z.object({
  check: z.string(),
  node: z.string(),
  columns: z.array(z.string()),
  status: z.enum(['passed', 'failed', 'skipped']),
  onFailure: z.enum(['warn', 'fail']),
  failingRows: z.number(),
  detail: z.string(),
  sample: Rows.nullable(),
});
export type QualityView = z.infer<typeof QualityView>;

export const jobRequests = {
  'jobs.list': route(
    z.strictObject({
      filter: z.string().max(200).default(''),
      status: JobStatus.nullable().default(null),
      tool: EtlTool.nullable().default(null),
      sort: z.enum(jobSorts).default('file'),
      descending: z.boolean().default(false),
      ...page,
    }),
    z.object({
      /** Jobs that fit, and of each status among them before the status was chosen. */
      total: z.number(),
      counts: z.record(JobStatus, z.number()),
      tools: z.array(EtlTool),
      effortHours: z.number(),
      jobs: z.array(JobLine),
    }),
  ),
  'jobs.job': route(
    z.strictObject({ id }),
    z.object({
      line: JobLine,
      gate: z.array(z.string()),
      complexity: Complexity.nullable(),
      execution: Execution,
      pipelines: z.array(
        z.object({
          fileName: z.string(),
          name: z.string(),
          kind: PipelineArtifact.unwrap().shape.kind,
          edited: z.boolean(),
        }),
      ),
      issues: z.array(PlacedIssue),
      /** Of all, when `issues` is cut off. */
      issueCount: z.number(),
      assumptions: z.array(AssumptionView),
    }),
  ),
  /** One pipeline as text and as a graph. */
  'jobs.pipeline': route(
    z.strictObject({ fileName: id }),
    z.object({
      /** Null where it is too long to be shown. */
      yaml: z.string().nullable(),
      /** What the conversion gave, where the text was edited. */
      generated: z.string().nullable(),
      nodes: z.array(PipelineNodeView),
      edges: z.array(z.object({ from: z.string(), to: z.string(), label: z.string().nullable() })),
    }),
  ),
  /** Original beside converted. */
  'jobs.node': route(
    z.strictObject({ fileName: id, node: id }),
    z.object({
      original: z
        .object({
          type: z.string(),
          name: z.string(),
          description: z.string().nullable(),
          definition: z.string().nullable(),
          line: z.number().nullable(),
          properties: z.array(named),
          /** Text of the source tool that was kept because it could not be converted. */
          text: z.string().nullable(),
        })
        .nullable(),
      columns: z.array(
        z.object({
          output: z.string().nullable(),
          name: z.string(),
          type: z.string(),
          original: z.string().nullable(),
          expression: z.string().nullable(),
          from: z.array(z.string()),
        }),
      ),
      sql: z.array(z.object({ name: z.string(), sql: z.string() })),
      config: z.array(named),
      notes: z.array(z.string()),
      issues: z.array(PlacedIssue),
    }),
  ),
  /** What is wrong with a text, and what the gate would say. Nothing is changed. */
  'jobs.check': route(
    z.strictObject({ fileName: id, yaml }),
    z.object({ defects: z.array(Defect), gate: Gate.nullable() }),
  ),
  /** Takes the text over and tries the job's pipelines again; the generated text takes an edit back. */
  'jobs.save': route(z.strictObject({ fileName: id, yaml }), Gate),
  /** Says what a setting of the source system is, or takes it back; the jobs of its tool are converted anew. */
  'jobs.setting': route(z.strictObject({ id, value: z.string().max(200).nullable() }), nothing),
  /** Runs one pipeline, on the rows of the files given or on generated ones. Nothing is kept of it. */
  'jobs.run': route(
    z.strictObject({
      fileName: id,
      rows: z.enum(['files', 'generated']),
      generate: z.number().int().min(1).max(1_000_000),
    }),
    z.object({
      status: z.enum(['passed', 'failed', 'cancelled']),
      /** Why it was not run at all. */
      error: z.string().nullable(),
      nodes: z.array(
        z.object({
          id: z.string(),
          rows: z.number().nullable(),
          seconds: z.number(),
          error: z.string().nullable(),
          rejected: z.number().nullable(),
          samples: z.array(Rows.extend({ name: z.string(), count: z.number() })),
        }),
      ),
      brokenLaws: z.array(z.object({ node: z.string(), message: z.string() })),
      quality: z.array(QualityView),
      /** Tables that have a file, and what of it differs from what the table expects. */
      given: z.array(z.object({ table: z.string(), file: z.string(), used: z.boolean(), notes: z.array(z.string()) })),
    }),
  ),
  'jobs.cancelRun': route(nothing, nothing),
  /** The JSON Schema of DataFlow documents, for the editor. */
  'jobs.schema': route(nothing, z.object({ schema: z.record(z.string(), z.unknown()) })),
  'jobs.estate': route(nothing, z.object({ jobs: z.array(JobLine), estate: Estate })),
} as const;
