/**
 * The one contract between the window and the main process: every route with its input and output, every event.
 * Inputs are parsed on arrival in main; outputs are parsed in tests and development. The page never sees a path.
 */
import { z } from 'zod';
import {
  DecisionInput,
  Evaluation,
  LearnedPattern,
  Mapping,
  MappingIssue,
  Rectification,
  Transformation,
} from '../model/mapping.ts';
import { SqlRun, ValidationReport } from '../model/artifacts.ts';
import { Checkpoint, InputRole, NodeId, ProjectSettings } from '../model/project.ts';
import { accuracyRequests } from './accuracy-requests.ts';
import { compareRequests } from './compare-requests.ts';
import { jobRequests } from './job-requests.ts';
import { knowledgeRequests } from './knowledge-requests.ts';
import { schemaRequests } from './schema-requests.ts';
import { id, nothing, page, route } from './route.ts';
import { ColumnRef, Diagnostic, Dialect, InputFormat } from '../model/schema.ts';

/** An input as the window shows it: what was understood of it and what was not. */
export const InputView = z.object({
  id: z.string(),
  name: z.string(),
  role: InputRole,
  format: InputFormat,
  dialect: Dialect.nullable(),
  /** True where the user chose the dialect. */
  dialectFixed: z.boolean(),
  bytes: z.number(),
  status: z.enum(['reading', 'ready', 'failed']),
  /** "9 tables, 112 columns", "1 mapping, 12 transformations". */
  summary: z.string(),
  diagnostics: z.array(Diagnostic),
});
export type InputView = z.infer<typeof InputView>;

export const nodeStates = ['waiting', 'running', 'done', 'interrupted', 'failed', 'skipped'] as const;
export const RunView = z.object({
  status: z.enum(['none', 'running', 'interrupted', 'finished', 'failed', 'cancelled']),
  nodes: z.array(
    z.object({
      id: NodeId,
      state: z.enum(nodeStates),
      done: z.number(),
      total: z.number(),
      /** What is being done right now ("profiling CUST_MSTR"). */
      detail: z.string(),
      seconds: z.number(),
    }),
  ),
  error: z.object({ message: z.string(), hint: z.string().optional() }).nullable(),
});
export type RunView = z.infer<typeof RunView>;

export const ProjectView = z.object({
  /** File name without folder, e.g. `northlake.portolan`. */
  fileName: z.string(),
  title: z.string(),
  settings: ProjectSettings,
  inputs: z.array(InputView),
  run: RunView,
  counts: z.object({
    sourceTables: z.number(),
    sourceColumns: z.number(),
    targetTables: z.number(),
    targetColumns: z.number(),
    pending: z.number(),
    decided: z.number(),
    mappings: z.number(),
  }),
  evaluation: Evaluation.nullable(),
  /** Where the last export went (folder name only) and whether it verified. */
  lastExport: z.object({ folder: z.string(), files: z.number(), verified: z.boolean() }).nullable(),
});
export type ProjectView = z.infer<typeof ProjectView>;

/** One line of the review queue. */
export const QueueItem = z.object({
  id: z.string(),
  source: ColumnRef,
  /** What a derived column is made of, for a person to read; null for the mapping of a source column. */
  made: z.string().nullable(),
  target: ColumnRef.nullable(),
  confidence: z.number(),
  status: Mapping.unwrap().shape.status,
  priority: z.number(),
  /** Key column of either side: shown as a diamond. */
  key: z.boolean(),
  /** True for a split into several targets. */
  several: z.boolean(),
});
export type QueueItem = z.infer<typeof QueueItem>;

/** What changed of mappings that a decision is not about. */
const Also = z.array(QueueItem.pick({ id: true, status: true, target: true }));

export const ColumnDetail = z.object({
  ref: ColumnRef,
  rawType: z.string(),
  type: z.string(),
  nullable: z.boolean(),
  primaryKey: z.boolean(),
  foreignKey: z.string().nullable(),
  default: z.string().nullable(),
  comment: z.string().nullable(),
  rows: z.number().nullable(),
  nulls: z.number().nullable(),
  distinct: z.number().nullable(),
  longest: z.number().nullable(),
  semanticType: z.string().nullable(),
  top: z.array(z.object({ value: z.string(), count: z.number() })),
});
export type ColumnDetail = z.infer<typeof ColumnDetail>;

export const OutputFile = z.object({
  path: z.string(),
  bytes: z.number(),
  kind: z.enum(['yaml', 'sql', 'markdown', 'json', 'csv', 'text']),
});
export type OutputFile = z.infer<typeof OutputFile>;

export * from './accuracy-requests.ts';
export * from './compare-requests.ts';
export * from './job-requests.ts';
export * from './knowledge-requests.ts';
export * from './schema-requests.ts';

const Settings = ProjectSettings.unwrap().shape;
/** Without defaults: what is not named stays as it is. */
const SettingsPatch = z
  .strictObject({
    title: Settings.title.unwrap(),
    autoApprove: Settings.autoApprove.unwrap(),
    flagBelow: Settings.flagBelow.unwrap(),
    minAverageConfidence: Settings.minAverageConfidence.unwrap(),
    minCompleteness: Settings.minCompleteness.unwrap(),
    topCandidates: Settings.topCandidates.unwrap(),
    maxSqlRepairs: Settings.maxSqlRepairs.unwrap(),
    domain: Settings.domain.unwrap(),
    profileRows: Settings.profileRows.unwrap(),
    maskPersonalData: Settings.maskPersonalData.unwrap(),
  })
  .partial();

export const requests = {
  'app.info': route(
    nothing,
    z.object({
      version: z.string(),
      electron: z.string(),
      offline: z.boolean(),
      embeddings: z.string(),
      model: z.string(),
    }),
  ),
  'app.setTheme': route(z.strictObject({ theme: z.enum(['system', 'light', 'dark']) }), nothing),

  'project.current': route(nothing, ProjectView.nullable()),
  /** Asks for a place by dialog. Null: the user cancelled. */
  'project.new': route(nothing, ProjectView.nullable()),
  'project.open': route(nothing, ProjectView.nullable()),
  /** A copy of the sample's inputs in a new project in the user's documents folder. */
  'project.openSample': route(nothing, ProjectView),
  'project.close': route(nothing, nothing),
  'project.settings': route(z.strictObject({ settings: SettingsPatch }), ProjectView),

  /** Adds dropped files by the grants that preload obtained for them; folders are walked. */
  'inputs.add': route(
    z.strictObject({ grants: z.array(id).min(1).max(5000), role: InputRole.nullable() }),
    ProjectView,
  ),
  /** Asks by dialog. */
  'inputs.choose': route(z.strictObject({ role: InputRole.nullable() }), ProjectView),
  'inputs.update': route(
    z.strictObject({ id, role: InputRole.optional(), dialect: Dialect.nullable().optional() }),
    ProjectView,
  ),
  'inputs.remove': route(z.strictObject({ id }), ProjectView),

  'run.start': route(nothing, RunView),
  'run.cancel': route(nothing, RunView),
  /** Goes on after review; pending mappings stay out of the SQL. */
  'run.finishReview': route(nothing, RunView),

  ...schemaRequests,
  ...compareRequests,
  ...accuracyRequests,
  ...knowledgeRequests,
  'review.queue': route(
    z.strictObject({ filter: z.string().max(200), show: z.enum(['pending', 'decided', 'all']), ...page }),
    z.object({ total: z.number(), pending: z.number(), items: z.array(QueueItem) }),
  ),
  'review.item': route(
    z.strictObject({ id }),
    z.object({
      mapping: Mapping,
      /** One; several or none for a derived column. */
      sources: z.array(ColumnDetail),
      target: ColumnDetail.nullable(),
      /** Details of each candidate, in order. */
      candidates: z.array(ColumnDetail),
      decidedBefore: z.array(LearnedPattern),
      /** "in this project 7 of 9 decided with .5 were right"; null where too few were decided. */
      calibration: z.string().nullable(),
    }),
  ),
  /** What this mapping would be with another target: its details, the expression it would need and what would go wrong. Nothing is changed. */
  'review.retarget': route(
    z.strictObject({ id, target: ColumnRef }),
    z.object({ column: ColumnDetail, transformation: Transformation, issues: z.array(MappingIssue) }),
  ),
  'review.decide': route(
    z.strictObject({ decisions: z.array(DecisionInput).min(1).max(500) }),
    z.object({
      applied: z.number(),
      pending: z.number(),
      next: z.string().nullable(),
      /** Mappings that the decisions settled or opened besides those that they are about: the parts of a merge. */
      also: Also,
    }),
  ),
  /** Takes back the last batch; null where there is nothing to undo. */
  'review.undo': route(nothing, z.object({ undone: z.array(z.string()), pending: z.number(), also: Also }).nullable()),
  /** What approving this mapping, or giving it another target, would suggest for similar ones. Nothing is changed. */
  'review.similar': route(
    z.strictObject({ id, target: ColumnRef.nullable().optional(), transformation: Transformation.optional() }),
    z.object({ proposals: z.array(Rectification) }),
  ),
  /** Runs an expression on sample rows of the source table. */
  'review.preview': route(
    z.strictObject({ id, expression: z.string().max(20_000), target: ColumnRef.nullable() }),
    z.object({
      /** `in` holds the values of its source columns, none for a constant. */
      rows: z.array(z.object({ in: z.array(z.string().nullable()), out: z.string().nullable() })),
      failures: z.number(),
      tested: z.number(),
      error: z.string().nullable(),
    }),
  ),

  ...jobRequests,
  'output.files': route(
    nothing,
    z.object({ files: z.array(OutputFile), validation: ValidationReport.nullable(), runs: z.array(SqlRun) }),
  ),
  'output.read': route(z.strictObject({ path: id }), z.object({ text: z.string() })),
  /** Asks for a folder by dialog, writes the bundle there and verifies it. Null: cancelled. */
  'output.export': route(
    nothing,
    z.object({ folder: z.string(), files: z.number(), verified: z.boolean() }).nullable(),
  ),
  /** Opens the exported bundle's folder in the system's file manager. */
  'output.reveal': route(nothing, nothing),

  'history.list': route(nothing, z.object({ checkpoints: z.array(Checkpoint) })),
} as const;

export const events = {
  /** The project changed as a whole (inputs read, run advanced, decisions applied). */
  'project.changed': ProjectView,
  /** At most ten a second. */
  'run.progress': RunView,
} as const;

export type Route = keyof typeof requests;
export type Input<R extends Route> = z.input<(typeof requests)[R]['input']>;
export type ParsedInput<R extends Route> = z.output<(typeof requests)[R]['input']>;
export type Output<R extends Route> = z.output<(typeof requests)[R]['output']>;
export type EventName = keyof typeof events;
export type EventPayload<E extends EventName> = z.output<(typeof events)[E]>;

/** What preload exposes as `window.portolan`. */
export interface PortolanBridge {
  request(name: string, input: unknown): Promise<unknown>;
  on(name: string, listener: (payload: unknown) => void): () => void;
  /** Grants for dropped files: main validates each path and hands out an id. Unreadable ones come back with a message. */
  grant(files: readonly File[]): Promise<unknown>;
}

/** The reply of `grant`, in the order of the files. */
export const GrantReply = z.array(
  z.object({ grant: z.string().nullable(), name: z.string(), message: z.string().nullable() }),
);
