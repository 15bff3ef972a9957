import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommandLine } from '../../cli/run-command-line.ts';
import type { LocalEngine } from '../../engine/adapters/index.ts';
import { SAMPLE_DOMAIN, SAMPLE_TITLE, sampleFiles } from './open-sample.ts';

/** Runs the sample project to a bundle by the command line's own `run`, prints its summary, returns the exit status. */
export async function runSampleHeadlessly(
  engine: LocalEngine,
  sample: string,
  documents: string,
  version: string,
): Promise<number> {
  const folder = join(documents, 'Portolan sample');
  await mkdir(folder, { recursive: true });
  const files = await sampleFiles(sample);
  const inputs = (['source', 'target', 'etl'] as const).flatMap((role) => [`--${role}`, ...files[role]]);
  const argv = ['run', '--title', SAMPLE_TITLE, '--domain', SAMPLE_DOMAIN, ...inputs, '--out', join(folder, 'bundle')];
  return runCommandLine(argv, engine, version);
}
