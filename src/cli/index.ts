/** The command line in plain Node: the same engine without the window (design contract: cli.md). */
import { createRequire } from 'node:module';
import { cpus, homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLocalEngine, workerThreadHosts } from '../engine/adapters/index.ts';
import { runCommandLine } from './run-command-line.ts';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
const folder = dirname(fileURLToPath(import.meta.url));
const engine = createLocalEngine({
  startHost: workerThreadHosts(folder),
  // This entry is never part of a chunk: the resources lie beside `out`, two folders up.
  modelDir: fileURLToPath(new URL('../../resources/models/all-MiniLM-L6-v2', import.meta.url)),
  packsDir: process.env['PORTOLAN_PACKS'] ?? join(homedir(), '.portolan', 'packs'),
  embedders: Math.max(1, Math.min(4, cpus().length)),
  version,
});
process.exitCode = await runCommandLine(process.argv.slice(2), engine, version);
