/** Measures conversion of legacy ETL exports: how much is converted by rules, and how much of it runs. */
import type { ConversionJob } from '../../shared/model/conversion.ts';
import type { EtlTool } from '../../shared/model/etl.ts';

export interface ConvertBenchInput {
  readonly file: string;
  readonly tool: EtlTool;
  readonly content: Uint8Array;
}

/** The engine's parts that the bench drives. */
export interface ConvertBenchEngine {
  readonly convert: (input: ConvertBenchInput) => ConversionJob;
  /** The job with its execution on generated rows; null to measure conversion alone. */
  readonly execute:
    | ((job: ConversionJob) => Promise<{
        readonly job: ConversionJob;
        readonly executions: readonly { readonly run: { readonly status: string } | null }[];
      }>)
    | null;
  /** Seconds since an arbitrary start. */
  readonly elapsed: () => number;
  readonly peakRssBytes: () => number;
}

export interface ConvertBenchResult {
  readonly items: number;
  readonly seconds: number;
  readonly itemsPerSecond: number;
  readonly peakRssBytes: number;
  readonly files: number;
  readonly objects: ConversionJob['objects'];
  readonly shareAutoConverted: number;
  readonly statuses: Readonly<Record<ConversionJob['status'], number>>;
  readonly pipelines: number;
  readonly pipelinesRun: number;
  readonly shareRun: number;
  readonly executionSeconds: number;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000;
}

/** Converts, and where asked runs, every file. Items are transformations. */
export async function benchConvert(
  files: readonly ConvertBenchInput[],
  engine: ConvertBenchEngine,
): Promise<ConvertBenchResult> {
  const start = engine.elapsed();
  const jobs = files.map((file) => engine.convert(file));
  const seconds = engine.elapsed() - start;
  const executionStart = engine.elapsed();
  let pipelines = 0;
  let pipelinesRun = 0;
  for (const job of engine.execute === null ? [] : jobs) {
    const { executions } = (await engine.execute?.(job)) ?? { executions: [] };
    pipelines += executions.length;
    pipelinesRun += executions.filter((one) => one.run?.status === 'passed').length;
  }
  const sum = (pick: (objects: ConversionJob['objects']) => number): number =>
    jobs.reduce((total, job) => total + pick(job.objects), 0);
  const objects = {
    total: sum((one) => one.total),
    autoConverted: sum((one) => one.autoConverted),
    needsReview: sum((one) => one.needsReview),
    manualRequired: sum((one) => one.manualRequired),
  };
  const count = (status: ConversionJob['status']): number => jobs.filter((job) => job.status === status).length;
  return {
    items: objects.total,
    seconds,
    itemsPerSecond: seconds === 0 ? 0 : objects.total / seconds,
    peakRssBytes: engine.peakRssBytes(),
    files: files.length,
    objects,
    shareAutoConverted: share(objects.autoConverted, objects.total),
    statuses: {
      completed: count('completed'),
      completed_with_warnings: count('completed_with_warnings'),
      failed: count('failed'),
    },
    pipelines,
    pipelinesRun,
    shareRun: share(pipelinesRun, pipelines),
    executionSeconds: engine.execute === null ? 0 : engine.elapsed() - executionStart,
  };
}
