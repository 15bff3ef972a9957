/** The command line in plain Node: the same engine without the window (design contract: cli.md). */
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLocalEngine, workerThreadHosts } from '../engine/adapters/index.ts';
import { modelFolder, packFolder } from './context.ts';
import { runCommandLine } from './run-command-line.ts';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
const folder = dirname(fileURLToPath(import.meta.url));
const engine = createLocalEngine({
  startHost: workerThreadHosts(folder),
  modelDir: modelFolder(),
  packsDir: packFolder(),
  threads: Math.max(1, Math.min(4, cpus().length)),
  version,
});
process.exitCode = await runCommandLine(process.argv.slice(2), engine, version);
