/** Running the pipelines of a conversion on given or generated rows, each in a database of its own. */
import type {
  ConversionJob,
  Execution,
  KeptText,
  NodeOutcome,
  PipelineArtifact,
} from '../../shared/model/conversion.ts';
import { PortolanError, toErrorShape } from '../../shared/errors.ts';
import { compareText } from '../core/text.ts';
import type { Clock } from '../ports/clock.ts';
import type { EtlConverter } from '../ports/etl-converter.ts';
import type { SqlRunner, SqlSession, SqlSessionOptions } from '../ports/sql-runner.ts';
import type { DataFlow, Pipeline, PipelineTable } from '../dataflow/model.ts';
import { type RowComparison, compareRows } from '../dataflow/compare-rows.ts';
import { runPipeline, type PipelineRun, type RunOptions } from '../dataflow/run-pipeline.ts';
import { tableRelation } from '../dataflow/sql-name.ts';
import type { GivenData, GivenRows } from './given-files.ts';

export interface ExecuteOptions {
  /** Rows to generate for each source table. */
  readonly generate: number;
  readonly seed?: number;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  readonly data?: GivenData;
  /** Rows that targets should hold after the run, to compare with. */
  readonly expected?: GivenData;
  /** How far numbers may be from the expected ones. */
  readonly tolerance?: number;
  /** Values of parameters by name, instead of their defaults. */
  readonly parameters?: ReadonlyMap<string, string>;
  /** Rows kept of each node as an example. */
  readonly sampleRows?: number;
  /** What DuckDB may use before it spills to disk, e.g. `1GB`. */
  readonly memoryLimit?: string;
}

/** A file that has the name of a table. */
export interface GivenTable {
  /** In lower case. */
  readonly table: string;
  readonly file: string;
  /** Whether the table was filled from it. */
  readonly used: boolean;
  /** What differs from what the table expects, or why the file is not used. */
  readonly notes: readonly string[];
}

export interface PipelineExecution {
  readonly name: string;
  /** Ids of the nodes that write. */
  readonly sinks: readonly string[];
  readonly run: PipelineRun | null;
  readonly given: readonly GivenTable[];
  /** One for each target with expected rows. */
  readonly comparisons: readonly RowComparison[];
  /** Why the pipeline was not run at all. */
  readonly error: string | null;
}

/** What a session needs for a run with these options. */
export function sessionOptions({ data, expected, signal, memoryLimit }: ExecuteOptions): SqlSessionOptions {
  return {
    readable: [...(data?.readable ?? []), ...(expected?.readable ?? [])],
    ...(signal === undefined ? {} : { signal }),
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
  };
}

/** Runs one pipeline in a new database. */
export async function executePipeline(
  pipeline: Pipeline,
  sql: SqlRunner,
  options: ExecuteOptions,
): Promise<PipelineExecution> {
  const session = await sql.open(sessionOptions(options));
  try {
    return await runInSession(pipeline, session, options);
  } finally {
    await session.close();
  }
}

/** Runs one pipeline in `session`. */
export async function runInSession(
  pipeline: Pipeline,
  session: SqlSession,
  options: ExecuteOptions & Pick<RunOptions, 'tablesAreReady' | 'variables'>,
): Promise<PipelineExecution> {
  const { data: files, expected, tolerance, ...runOptions } = options;
  const sinks = pipeline.nodes.flatMap((node) => (node.type === 'sink' ? [node.id] : []));
  try {
    const ready = options.tablesAreReady === true;
    const loaded = ready ? null : await files?.load(session, pipeline.tables ?? []);
    const data = usedRows(loaded ?? new Map());
    const run = await runPipeline(pipeline, session, { ...runOptions, data, dropsData: true });
    const comparisons =
      expected === undefined ? [] : await compareTargets(session, pipeline.tables ?? [], { expected, tolerance });
    return {
      name: pipeline.name,
      sinks,
      run,
      given: givenTables(loaded ?? new Map(), run.unfit),
      comparisons,
      error: null,
    };
  } catch (thrown) {
    const shape = toErrorShape(thrown);
    if (shape.code === 'CANCELLED') throw thrown;
    const error = shape.hint == null ? shape.message : `${shape.message}. ${shape.hint}`;
    return { name: pipeline.name, sinks, run: null, given: [], comparisons: [], error };
  }
}

function usedRows(loaded: ReadonlyMap<string, GivenRows>): ReadonlyMap<string, string> {
  return new Map(
    [...loaded].flatMap(([table, { relation }]) => (relation === null ? [] : [[table, relation] as const])),
  );
}

/** What became of the files; `unfit` says which values a table could not hold. */
export function givenTables(
  loaded: ReadonlyMap<string, GivenRows>,
  unfit: ReadonlyMap<string, readonly string[]>,
): readonly GivenTable[] {
  return [...loaded].map(([table, { file, relation, notes }]) => ({
    table,
    file,
    used: relation !== null,
    notes: [...notes, ...(unfit.get(table) ?? [])],
  }));
}

/** Compares each target that has expected rows. */
export async function compareTargets(
  session: SqlSession,
  tables: readonly PipelineTable[],
  { expected, tolerance = 0 }: { readonly expected: GivenData; readonly tolerance?: number | undefined },
): Promise<readonly RowComparison[]> {
  const targets = tables.filter((table) => table.role === 'target');
  const loaded = await expected.load(session, targets);
  const found: RowComparison[] = [];
  for (const table of targets) {
    const rows = loaded.get(table.name.toLowerCase());
    if (rows === undefined || found.some(({ name }) => name.toLowerCase() === table.name.toLowerCase())) continue;
    if (rows.relation === null)
      throw new PortolanError('INPUT_INVALID', `${rows.file} cannot be compared with ${table.name}`, {
        hint: rows.notes.join('; '),
      });
    const compared = { name: table.name, actual: tableRelation(table), expected: rows.relation, key: table.key ?? [] };
    found.push(await compareRows(session, { ...compared, tolerance }));
  }
  return found;
}

function summary(executions: readonly PipelineExecution[]): Execution {
  if (executions.length === 0) return { status: 'skipped', nodes: 0, detail: 'There is no pipeline to run' };
  const nodes = executions.flatMap((one) => one.run?.nodes ?? []);
  const failures = executions.flatMap((one) => {
    if (one.error !== null) return [`${one.name}: ${one.error}`];
    const first = one.run?.nodes.find((node) => node.error !== null);
    const broken = (one.run?.brokenLaws ?? []).map((law) => `${one.name}: ${law.node}: ${law.message}`);
    return first === undefined
      ? broken.slice(0, 1)
      : [`${one.name}: ${first.id}: ${first.error?.split('\n', 1)[0] ?? ''}`];
  });
  const ran = nodes.filter((node) => node.error === null).length;
  const detail = `${executions.length - failures.length} of ${executions.length} pipelines and ${ran} of ${nodes.length} nodes ran`;
  const given = [
    ...new Set(executions.flatMap(({ given: files }) => files.flatMap(({ table, used }) => (used ? [table] : [])))),
  ].toSorted(compareText);
  const rows = given.length === 0 ? [] : [`with the rows given for ${given.join(', ')}`];
  return {
    status: failures.length === 0 ? 'passed' : 'failed',
    nodes: nodes.length,
    detail: [detail, ...rows, ...failures.slice(0, 20)].join('; '),
  };
}

function outcomes(run: PipelineRun | null): readonly NodeOutcome[] {
  return (run?.nodes ?? []).map(({ id, rows, error }) => ({ node: id, rows, error }));
}

export type DocumentReader = Pick<EtlConverter, 'readDocument'>;

/** The pipeline of a text, or why there is none. Long texts take long to read: `converter` does it elsewhere. */
export async function readPipeline(
  yaml: KeptText,
  converter: DocumentReader,
): Promise<{ readonly pipeline: Pipeline | null; readonly problem: string | null }> {
  const read = await converter.readDocument(yaml);
  const document = read.document as DataFlow | null;
  return document?.kind === 'Pipeline'
    ? { pipeline: document, problem: null }
    : { pipeline: null, problem: read.problem ?? 'not a pipeline' };
}

/** `job` with what running its pipelines gave. The pipelines are read back from the YAML that is handed out. */
export async function executeJob(
  job: ConversionJob,
  { sql, converter }: { readonly sql: SqlRunner; readonly converter: DocumentReader },
  options: ExecuteOptions,
): Promise<{ readonly job: ConversionJob; readonly executions: readonly PipelineExecution[] }> {
  const executions: PipelineExecution[] = [];
  const pipelines: PipelineArtifact[] = [];
  for (const artifact of job.pipelines) {
    if (artifact.kind !== 'Pipeline') {
      pipelines.push(artifact);
      continue;
    }
    const { pipeline, problem } = await readPipeline(artifact.yaml, converter);
    if (pipeline === null)
      executions.push({
        name: artifact.name,
        sinks: [],
        run: null,
        given: [],
        comparisons: [],
        error: problem,
      });
    else executions.push(await executePipeline(pipeline, sql, options));
    pipelines.push({ ...artifact, run: outcomes(executions.at(-1)?.run ?? null) });
  }
  const execution = summary(executions);
  if (execution.status !== 'failed') return { job: { ...job, pipelines, execution }, executions };
  const status = job.status === 'completed' ? 'completed_with_warnings' : job.status;
  return {
    job: { ...job, pipelines, status, gate: [...job.gate, `The dry run failed: ${execution.detail}`], execution },
    executions,
  };
}
