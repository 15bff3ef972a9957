import type { ConversionJob } from '../../../shared/model/conversion.ts';
import type { Discovery, InputFile } from '../../../shared/model/project.ts';
import { linkEtl } from '../../etl/link-etl.ts';
import { executeJob } from '../../etl/execute-job.ts';
import type { StepContext } from '../../graph/graph.ts';
import type { NodeDependencies } from '../dependencies.ts';
import { givenRows } from './given-rows.ts';

const GENERATED_ROWS = 1000;

/**
 * Every legacy ETL file as a job: converted, and its pipelines tried on the rows of the files given, on generated rows
 * where there are none. File names are made unique.
 */
export async function convertJobs(
  discovery: Discovery,
  inputs: readonly InputFile[],
  { converter, sql, dataFiles }: NodeDependencies,
  { signal, report }: StepContext,
): Promise<readonly ConversionJob[]> {
  if (discovery.etl.length === 0) return [];
  const jobs: ConversionJob[] = [];
  const taken = new Set<string>();
  const { data, dispose } = await givenRows(discovery, inputs, dataFiles, signal);
  try {
    for (const [i, file] of discovery.etl.entries()) {
      report(i, discovery.etl.length, `converting ${file.file}`);
      const converted = await converter.convert(linkEtl(file, discovery.etl), signal);
      const { job } = await executeJob(converted, sql, { generate: GENERATED_ROWS, signal, data });
      const pipelines = job.pipelines.map((pipeline) => ({ ...pipeline, fileName: unique(pipeline.fileName, taken) }));
      jobs.push({ ...job, pipelines });
    }
  } finally {
    await dispose();
  }
  return jobs;
}

function unique(fileName: string, taken: Set<string>): string {
  const base = fileName.replace(/\.yaml$/, '');
  let name = base;
  for (let n = 2; taken.has(name.toLowerCase()); n += 1) name = `${base}_${n}`;
  taken.add(name.toLowerCase());
  return `${name}.yaml`;
}
