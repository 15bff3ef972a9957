/** `bench convert --size`: how fast a large export becomes a job, in what memory, and whether the main thread stays responsive. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EtlTool } from '../../shared/model/etl.ts';
import type { Engine } from '../../engine/index.ts';
import { largeExport } from './large-export.ts';
import { type LongestBlock, watchBlocks } from './longest-block.ts';

const idleMs = 2000;
const endings: Readonly<Record<EtlTool, string>> = {
  powercenter: 'xml',
  ssis: 'dtsx',
  alteryx: 'yxmd',
  datastage: 'dsx',
};

export interface ConvertSizeFigures {
  readonly tool: EtlTool;
  /** Transformations. */
  readonly items: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly itemsPerSecond: number;
  readonly megabytesPerSecond: number;
  /** Of all threads of this process, since its start: measure one tool at a time. */
  readonly peakRssBytes: number;
  readonly peakRssPerByte: number;
  readonly cpuSeconds: number;
  readonly longestBlock: LongestBlock;
  /** The same with nothing to do: what other programs on the machine are to blame for. */
  readonly idleBlock: LongestBlock;
  readonly pipelines: number;
}

/** Times from the file on disk to the whole job in the main thread. The export is removed at the end. */
export async function benchConvertSize(
  tool: EtlTool,
  size: number,
  engine: Pick<Engine, 'describe' | 'convert'>,
  elapsed: () => number,
): Promise<ConvertSizeFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-bench-'));
  const path = join(folder, `large.${endings[tool]}`);
  try {
    await pipeline(Readable.from(largeExport(tool, size)), createWriteStream(path));
    const idle = watchBlocks();
    await sleep(idleMs);
    const idleBlock = idle.stop();
    const watch = watchBlocks();
    const cpu = process.cpuUsage();
    const start = elapsed();
    const { job } = await engine.convert(await engine.describe(path, 'etl'));
    const seconds = elapsed() - start;
    const longestBlock = watch.stop();
    const { user, system } = process.cpuUsage(cpu);
    const bytes = (await stat(path)).size;
    const peakRssBytes = process.resourceUsage().maxRSS * 1024;
    return {
      tool,
      items: job.objects.total,
      bytes,
      seconds,
      itemsPerSecond: job.objects.total / seconds,
      megabytesPerSecond: bytes / 1_000_000 / seconds,
      peakRssBytes,
      peakRssPerByte: peakRssBytes / bytes,
      cpuSeconds: (user + system) / 1e6,
      longestBlock,
      idleBlock,
      pipelines: job.pipelines.length,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
