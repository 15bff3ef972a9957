import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalEngine } from '../../engine/adapters/index.ts';
import { runCommandLine } from '../../cli/run-command-line.ts';

/** Runs the sample project to a bundle by the command line's own `run`, prints its summary, returns the exit status. */
export async function runSampleHeadlessly(engine: LocalEngine, sample: string, documents: string, version: string): Promise<number> {
  const folder = join(documents, 'Portolan sample');
  await mkdir(folder, { recursive: true });
  const legacy = join(sample, 'legacy');
  const extracts = (await readdir(join(legacy, 'extracts'))).sort().map((name) => join(legacy, 'extracts', name));
  const argv = [
    'run', '--title', 'Northlake Water & Power', '--domain', 'utility-billing',
    '--source', join(legacy, 'schema.sql'), ...extracts,
    '--target', join(sample, 'target', 'schema.sql'),
    '--etl', join(sample, 'etl', 'wf_load_customer.xml'),
    '--out', join(folder, 'bundle'),
  ];
  return runCommandLine(argv, engine, version);
}
