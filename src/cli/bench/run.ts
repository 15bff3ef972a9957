/** `bench run`: the whole way from files to a verified bundle, on made-up schemas. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../../engine/index.ts';
import { fromErrorShape } from '../../shared/errors.ts';
import { ddlScript } from './ddl-script.ts';
import { type LongestBlock, watchBlocks } from './longest-block.ts';

export interface RunFigures {
  /** Source columns. */
  readonly items: number;
  readonly targets: number;
  readonly seconds: number;
  readonly itemsPerSecond: number;
  readonly cpuSeconds: number;
  /** Of this process with all its worker threads. */
  readonly peakRssBytes: number;
  readonly longestBlock: LongestBlock;
  /** Seconds that each step of the run took, in order; the rest is writing and checking the bundle. */
  readonly steps: Readonly<Record<string, number>>;
  readonly bundleFiles: number;
}

const statementsATable = 10;
const columnsATable = 13.5;
/** A target has fewer columns than the tables that it replaces. */
const targetShare = 0.4;

/** Made-up scripts of about `size` source columns and two fifths as many target columns. What is written is removed at the end. */
export async function benchRun(
  size: number,
  { openProject }: Pick<Engine, 'openProject'>,
  { elapsed, signal }: { readonly elapsed: () => number; readonly signal: AbortSignal },
): Promise<RunFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-bench-'));
  const script = (columns: number): string =>
    [...ddlScript(Math.max(1, Math.round(columns / columnsATable)) * statementsATable)].join('');
  const source = join(folder, 'legacy.sql');
  const target = join(folder, 'target.sql');
  await writeFile(source, script(size));
  await writeFile(target, script(size * targetShare));
  const session = openProject(join(folder, 'bench.portolan'), 'create');
  try {
    const steps: Record<string, number> = {};
    const watch = watchBlocks();
    const cpu = process.cpuUsage();
    const start = elapsed();
    await session.addInput(source, 'source');
    await session.addInput(target, 'target');
    session.startRun();
    const outcome = await session.continueRun({
      policy: 'auto',
      signal,
      onEvent(event) {
        if (event.type === 'node_finished') steps[event.node] = (steps[event.node] ?? 0) + event.seconds;
      },
    });
    if (outcome.error !== null) throw fromErrorShape(outcome.error);
    const bundle = await session.exportBundle(join(folder, 'bundle'));
    const seconds = elapsed() - start;
    const { user, system } = process.cpuUsage(cpu);
    const items = (outcome.state.mappings ?? []).length;
    const targets = (outcome.state.discovery?.target ?? [])
      .flatMap((file) => file.tables)
      .reduce((sum, table) => sum + table.columns.length, 0);
    return {
      items,
      targets,
      seconds,
      itemsPerSecond: items / seconds,
      cpuSeconds: (user + system) / 1e6,
      peakRssBytes: process.resourceUsage().maxRSS * 1024,
      longestBlock: watch.stop(),
      steps,
      bundleFiles: bundle.files,
    };
  } finally {
    session.close();
    await rm(folder, { recursive: true, force: true });
  }
}
