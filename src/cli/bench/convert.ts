/** Measures conversion of legacy ETL exports: how much is converted by rules, how much of it runs, how fast, in what memory. */
import type { ConversionJob, ConvertedTransformation } from '../../shared/model/conversion.ts';
import { type EtlTool, etlTools } from '../../shared/model/etl.ts';

export interface ConvertBenchInput {
  readonly file: string;
  readonly tool: EtlTool;
  readonly bytes: number;
}

/** The engine's parts that the bench drives. */
export interface ConvertBenchEngine<Input extends ConvertBenchInput> {
  /** Parses and converts one file. Throws where nothing of it can be read. */
  readonly convert: (input: Input) => Promise<ConversionJob>;
  /** The pipelines of a job on generated rows. */
  readonly execute: (job: ConversionJob) => Promise<readonly BenchExecution[]>;
  /** Seconds since an arbitrary start. */
  readonly elapsed: () => number;
  readonly peakRssBytes: () => number;
  readonly onFile?: (done: number, total: number, file: string) => void;
}

export interface BenchExecution {
  readonly name: string;
  readonly error: string | null;
  readonly run: {
    readonly status: string;
    readonly nodes: readonly { readonly id: string; readonly error: string | null }[];
    readonly brokenLaws?: readonly { readonly node: string; readonly message: string }[];
  } | null;
}

export interface ToolFigures {
  readonly files: number;
  readonly unreadable: readonly string[];
  readonly megabytes: number;
  readonly seconds: number;
  readonly megabytesPerSecond: number;
  readonly transformations: number;
  /** Shares of transformations: converted with at least 0.85, to be looked at, to be written by hand. They add up to 1. */
  readonly shareByRule: number;
  readonly shareReview: number;
  readonly shareManual: number;
  /** Converted by a rule, or marked with a reason. */
  readonly shareAccountedFor: number;
  /** How many of each type have to be written by hand. */
  readonly manualTypes: Readonly<Record<string, number>>;
  readonly statuses: Readonly<Record<ConversionJob['status'], number>>;
  readonly pipelines: number;
  readonly pipelinesRun: number;
  readonly shareRun: number;
  /** Pipelines without a part to be written by hand: those that could run, and those that did. */
  readonly convertedPipelines: number;
  readonly convertedPipelinesRun: number;
  readonly shareConvertedRun: number;
  /** Why converted nodes did not run. */
  readonly failures: readonly string[];
}

export interface ConvertBenchResult {
  readonly items: number;
  readonly seconds: number;
  readonly itemsPerSecond: number;
  readonly megabytesPerSecond: number;
  /** Of this process with its threads, DuckDB included. */
  readonly peakRssBytes: number;
  readonly executionSeconds: number;
  readonly tools: Readonly<Partial<Record<EtlTool, ToolFigures>>>;
}

const MAX_FAILURES = 50;

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000;
}

const megabytesOf = (bytes: number): number => Math.round(bytes / 10_000) / 100;

interface Measured {
  readonly input: ConvertBenchInput;
  readonly seconds: number;
  /** Null where the file could not be read. */
  readonly job: ConversionJob | null;
  readonly executions: readonly BenchExecution[];
}

/** A node that no rule converts fails by design; so does what depends on it. */
const expected = /^not (?:converted|run)/;

function failuresOf({ input, executions }: Measured): readonly string[] {
  return executions.flatMap(({ name, error, run }) => [
    ...(error === null ? [] : [`${input.file}: ${name}: ${error}`]),
    ...(run?.nodes ?? [])
      .filter((node) => node.error !== null && !expected.test(node.error))
      .map((node) => `${input.file}: ${name}: ${node.id}: ${node.error?.split('\n', 1)[0] ?? ''}`),
    ...(run?.brokenLaws ?? []).map((law) => `${input.file}: ${name}: ${law.node}: ${law.message}`),
  ]);
}

const isWhole = ({ run }: BenchExecution): boolean =>
  run === null || !run.nodes.some((node) => node.error?.startsWith('not converted') === true);

function manualTypes(transformations: readonly ConvertedTransformation[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { type, confidence } of transformations)
    if (confidence < 0.6) counts.set(type, (counts.get(type) ?? 0) + 1);
  return Object.fromEntries(counts);
}

function figuresOf(measured: readonly Measured[]): ToolFigures {
  const jobs = measured.flatMap(({ job }) => job ?? []);
  const transformations = jobs.flatMap((job) => job.transformations);
  const sum = (pick: (objects: ConversionJob['objects']) => number): number =>
    jobs.reduce((total, job) => total + pick(job.objects), 0);
  const total = sum((one) => one.total);
  const bytes = measured.reduce((all, one) => all + one.input.bytes, 0);
  const seconds = measured.reduce((all, one) => all + one.seconds, 0);
  const executions = measured.flatMap((one) => one.executions);
  const passed = (list: readonly BenchExecution[]): number => list.filter((one) => one.run?.status === 'passed').length;
  const whole = executions.filter(isWhole);
  const count = (status: ConversionJob['status']): number => jobs.filter((job) => job.status === status).length;
  return {
    files: measured.length,
    unreadable: measured.filter((one) => one.job === null).map((one) => one.input.file),
    megabytes: megabytesOf(bytes),
    seconds,
    megabytesPerSecond: seconds === 0 ? 0 : bytes / 1_000_000 / seconds,
    transformations: total,
    shareByRule: share(
      sum((one) => one.autoConverted),
      total,
    ),
    shareReview: share(
      sum((one) => one.needsReview),
      total,
    ),
    shareManual: share(
      sum((one) => one.manualRequired),
      total,
    ),
    shareAccountedFor: share(
      transformations.filter((one) => one.confidence >= 0.85 || one.notes.length > 0).length,
      total,
    ),
    manualTypes: manualTypes(transformations),
    statuses: {
      completed: count('completed'),
      completed_with_warnings: count('completed_with_warnings'),
      failed: count('failed'),
    },
    pipelines: executions.length,
    pipelinesRun: passed(executions),
    shareRun: share(passed(executions), executions.length),
    convertedPipelines: whole.length,
    convertedPipelinesRun: passed(whole),
    shareConvertedRun: share(passed(whole), whole.length),
    failures: measured.flatMap(failuresOf).slice(0, MAX_FAILURES),
  };
}

/** Converts and runs every file, one at a time. Items are transformations; `seconds` are those of parsing and converting. */
export async function benchConvert<Input extends ConvertBenchInput>(
  inputs: readonly Input[],
  engine: ConvertBenchEngine<Input>,
): Promise<ConvertBenchResult> {
  const measured: Measured[] = [];
  let executionSeconds = 0;
  for (const [done, input] of inputs.entries()) {
    engine.onFile?.(done, inputs.length, input.file);
    const start = engine.elapsed();
    const job = await engine.convert(input).catch(() => null);
    const seconds = engine.elapsed() - start;
    const executions = job === null ? [] : await engine.execute(job);
    executionSeconds += engine.elapsed() - start - seconds;
    // The texts of documents are not counted and would add up to the memory of a whole estate.
    measured.push({ input, seconds, job: job === null ? null : { ...job, pipelines: [], issues: [] }, executions });
  }
  const byTool = etlTools.flatMap((tool) => {
    const own = measured.filter((one) => one.input.tool === tool);
    return own.length === 0 ? [] : [[tool, figuresOf(own)] as const];
  });
  const items = byTool.reduce((total, [, figures]) => total + figures.transformations, 0);
  const seconds = measured.reduce((total, one) => total + one.seconds, 0);
  const bytes = inputs.reduce((total, one) => total + one.bytes, 0);
  return {
    items,
    seconds,
    itemsPerSecond: seconds === 0 ? 0 : items / seconds,
    megabytesPerSecond: seconds === 0 ? 0 : bytes / 1_000_000 / seconds,
    peakRssBytes: engine.peakRssBytes(),
    executionSeconds,
    tools: Object.fromEntries(byTool),
  };
}
