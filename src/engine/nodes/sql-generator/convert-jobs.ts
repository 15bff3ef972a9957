import type { ConversionJob } from '../../../shared/model/conversion.ts';
import type { Discovery } from '../../../shared/model/project.ts';
import { executeJob } from '../../etl/execute-job.ts';
import type { StepContext } from '../../graph/graph.ts';
import type { NodeDependencies } from '../dependencies.ts';

const GENERATED_ROWS = 1000;

/** Every legacy ETL file as a job: converted, and its pipelines tried on generated rows. File names are made unique. */
export async function convertJobs(discovery: Discovery, { converter, sql }: NodeDependencies, { signal, report }: StepContext): Promise<readonly ConversionJob[]> {
  const jobs: ConversionJob[] = [];
  const taken = new Set<string>();
  for (const [i, file] of discovery.etl.entries()) {
    report(i, discovery.etl.length, `converting ${file.file}`);
    const { job } = await executeJob(await converter.convert(file, signal), sql, { generate: GENERATED_ROWS, signal });
    jobs.push({ ...job, pipelines: job.pipelines.map((pipeline) => ({ ...pipeline, fileName: unique(pipeline.fileName, taken) })) });
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
