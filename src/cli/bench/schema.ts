/** `bench schema`: how fast a large script is read by the reader process, and whether the main thread stays responsive. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../../engine/index.ts';
import { ddlScript } from './ddl-script.ts';
import { type LongestBlock, watchBlocks } from './longest-block.ts';

export interface SchemaFigures {
  /** Statements. */
  readonly items: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly itemsPerSecond: number;
  readonly peakRssBytes: number;
  /** Of all threads of this process: on a busy machine this tells more than the clock. */
  readonly cpuSeconds: number;
  readonly itemsPerCpuSecond: number;
  readonly longestBlock: LongestBlock;
  /** The same with nothing to do: what other programs on the machine are to blame for. */
  readonly idleBlock: LongestBlock;
  readonly tables: number;
  readonly columns: number;
  readonly errors: number;
}

const idleMs = 3000;

/** Times from the file on disk to the whole schema in the main thread. The script is removed at the end. */
export async function benchSchema(
  statements: number,
  engine: Pick<Engine, 'describe' | 'read'>,
  elapsed: () => number,
): Promise<SchemaFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-bench-'));
  const path = join(folder, 'legacy.sql');
  try {
    await pipeline(Readable.from(ddlScript(statements)), createWriteStream(path));
    const idle = watchBlocks();
    await sleep(idleMs);
    const idleBlock = idle.stop();
    const watch = watchBlocks();
    const cpu = process.cpuUsage();
    const start = elapsed();
    const read = await engine.read(await engine.describe(path, 'source'));
    const seconds = elapsed() - start;
    const longestBlock = watch.stop();
    const { user, system } = process.cpuUsage(cpu);
    const cpuSeconds = (user + system) / 1e6;
    if (read.kind !== 'schema') throw new Error('the script was not read as a schema');
    const { tables, diagnostics } = read.schema;
    return {
      items: statements,
      bytes: (await stat(path)).size,
      seconds,
      itemsPerSecond: statements / seconds,
      peakRssBytes: process.resourceUsage().maxRSS * 1024,
      cpuSeconds,
      itemsPerCpuSecond: statements / cpuSeconds,
      longestBlock,
      idleBlock,
      tables: tables.length,
      columns: tables.reduce((sum, table) => sum + table.columns.length, 0),
      errors: diagnostics.filter(({ severity }) => severity === 'error').length,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
