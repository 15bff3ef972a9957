import type { ConversionJob } from '../../../shared/model/conversion.ts';
import type { Discovery, RunState } from '../../../shared/model/project.ts';
import { linkEtl } from '../../etl/link-etl.ts';
import { executeJob } from '../../etl/execute-job.ts';
import { withEarlierEdits } from '../../etl/revise-job.ts';
import type { StepContext } from '../../graph/graph.ts';
import type { NodeDependencies } from '../dependencies.ts';
import { givenRows } from './given-rows.ts';

const GENERATED_ROWS = 1000;

type ConvertedInputs = Pick<RunState, 'inputs' | 'pipelineEdits'> & { readonly discovery: Discovery };

/**
 * Every legacy ETL file as a job: converted, and its pipelines tried on the rows of the files given, on generated rows
 * where there are none. File names are made unique.
 */
export async function convertJobs(
  { discovery, inputs, pipelineEdits = [] }: ConvertedInputs,
  { converter, sql, dataFiles, reader }: NodeDependencies,
  { signal, report }: StepContext,
): Promise<readonly ConversionJob[]> {
  if (discovery.etl.length === 0) return [];
  const jobs: ConversionJob[] = [];
  const taken = new Set<string>();
  const { data, dispose } = await givenRows(discovery, inputs, { dataFiles, reader }, signal);
  try {
    for (const [i, file] of discovery.etl.entries()) {
      report(i, discovery.etl.length, `converting ${file.file}`);
      const linked = linkEtl(file, discovery.etl);
      const converted = withEarlierEdits(await converter.convert(linked, signal), pipelineEdits);
      const { job } = await executeJob(converted, sql, { generate: GENERATED_ROWS, signal, data });
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
  { sql, dataFiles, reader }: Pick<NodeDependencies, 'sql' | 'dataFiles' | 'reader'>,
  signal: AbortSignal,
): Promise<ConversionJob> {
  const { data, dispose } = await givenRows(discovery, inputs, { dataFiles, reader }, signal);
  try {
    return (await executeJob(job, sql, { generate: GENERATED_ROWS, signal, data })).job;
  } finally {
    await dispose();
  }
}

function unique(fileName: string, taken: Set<string>): string {
  const base = fileName.replace(/\.yaml$/, '');
  let name = base;
  for (let n = 2; taken.has(name.toLowerCase()); n += 1) name = `${base}_${n}`;
  taken.add(name.toLowerCase());
  return `${name}.yaml`;
}
