import { PortolanError } from '../../../shared/errors.ts';
import type { ConversionJob } from '../../../shared/model/conversion.ts';
import type { Discovery, RunState } from '../../../shared/model/project.ts';
import { exportFileOf } from '../../etl/etl-outline.ts';
import type { Pipeline } from '../../dataflow/model.ts';
import { type PipelineExecution, executeJob, executePipeline } from '../../etl/execute-job.ts';
import { withEarlierEdits } from '../../etl/revise-job.ts';
import type { StepContext } from '../../graph/graph.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ExportFile } from '../../ports/etl-converter.ts';
import type { NodeDependencies } from '../dependencies.ts';
import { givenRows } from './given-rows.ts';

const GENERATED_ROWS = 1000;
const SAMPLE_ROWS = 20;

type ConvertedInputs = Pick<RunState, 'inputs' | 'pipelineEdits' | 'settings'> & { readonly discovery: Discovery };

/**
 * Every legacy ETL file as a job: converted, and its pipelines tried on the rows of the files given, on generated rows
 * where there are none. File names are made unique. Jobs that are `kept`, by the position of their file, stay as they are.
 */
export async function convertJobs(
  { discovery, inputs, settings, pipelineEdits = [] }: ConvertedInputs,
  { converter, sql, dataFiles, reader }: Pick<NodeDependencies, 'converter' | 'sql' | 'dataFiles' | 'reader'>,
  { signal, report }: Pick<StepContext, 'signal' | 'report'>,
  kept: readonly (ConversionJob | null)[] = [],
): Promise<readonly ConversionJob[]> {
  if (discovery.etl.length === 0) return [];
  const files = discovery.etl.flatMap((outline) => exportFileOf(outline, inputs) ?? []);
  const jobs: ConversionJob[] = [];
  const taken = new Set<string>();
  const { data, dispose } = await givenRows(discovery, inputs, { dataFiles, reader }, signal);
  try {
    for (const [i, file] of files.entries()) {
      const earlier = kept[i] ?? null;
      if (earlier !== null) {
        for (const { fileName } of earlier.pipelines) taken.add(fileName.replace(/\.yaml$/, '').toLowerCase());
        jobs.push(earlier);
        continue;
      }
      report(i, files.length, `converting ${file.name}`);
      const request = { file, files, settings: settings.etlSettings?.[file.tool] ?? {} };
      const fresh = await converter.convert(request, signal).then(({ job: done }) => done, unreadable(file));
      const converted = await withEarlierEdits(fresh, pipelineEdits, (edit) => converter.readEdit(edit));
      const { job } = await executeJob(converted, { sql, converter }, { generate: GENERATED_ROWS, signal, data });
      const pipelines = job.pipelines.map((pipeline) => ({ ...pipeline, fileName: unique(pipeline.fileName, taken) }));
      jobs.push({ ...job, pipelines });
    }
  } finally {
    await dispose();
  }
  return jobs;
}

/** One converted job with its pipelines tried, on the same rows as in a run. */
export async function tryJob(
  job: ConversionJob,
  { discovery, inputs }: ConvertedInputs,
  { converter, sql, dataFiles, reader }: Pick<NodeDependencies, 'converter' | 'sql' | 'dataFiles' | 'reader'>,
  signal: AbortSignal,
): Promise<ConversionJob> {
  const { data, dispose } = await givenRows(discovery, inputs, { dataFiles, reader }, signal);
  try {
    return (await executeJob(job, { sql, converter }, { generate: GENERATED_ROWS, signal, data })).job;
  } finally {
    await dispose();
  }
}

/** One pipeline run for a person to look at: on the rows of the files given, or on generated ones alone. */
export async function runForPerson(
  pipeline: Pipeline,
  { discovery, inputs }: ConvertedInputs,
  { sql, dataFiles, reader, clock }: Pick<NodeDependencies, 'sql' | 'dataFiles' | 'reader'> & { readonly clock: Clock },
  {
    rows,
    generate,
    signal,
  }: { readonly rows: 'files' | 'generated'; readonly generate: number; readonly signal: AbortSignal },
): Promise<PipelineExecution> {
  const options = { generate, sampleRows: SAMPLE_ROWS, memoryLimit: '1GB', clock, signal };
  if (rows === 'generated') return executePipeline(pipeline, sql, options);
  const { data, dispose } = await givenRows(discovery, inputs, { dataFiles, reader }, signal);
  try {
    return await executePipeline(pipeline, sql, { ...options, data });
  } finally {
    await dispose();
  }
}

/** A file that cost the reader its life costs the run nothing but this job. */
function unreadable({ name, tool }: ExportFile): (thrown: unknown) => ConversionJob {
  return (thrown) => {
    if (!(thrown instanceof PortolanError) || !thrown.code.startsWith('INPUT_')) throw thrown;
    const reason = thrown.hint === undefined ? thrown.message : `${thrown.message}. ${thrown.hint}`;
    return {
      file: name,
      tool,
      status: 'failed',
      confidence: 0,
      objects: { total: 0, autoConverted: 0, needsReview: 0, manualRequired: 0 },
      transformations: [],
      issues: [{ severity: 'error', where: name, message: reason, line: null }],
      gate: [reason],
      effortHours: 0,
      pipelines: [],
      execution: { status: 'skipped', nodes: 0, detail: 'Not run' },
    };
  };
}

function unique(fileName: string, taken: Set<string>): string {
  const base = fileName.replace(/\.yaml$/, '');
  let name = base;
  for (let n = 2; taken.has(name.toLowerCase()); n += 1) name = `${base}_${n}`;
  taken.add(name.toLowerCase());
  return `${name}.yaml`;
}
