import { columnTexts } from './column-texts.ts';

/** The part of an embedder that is measured. */
export interface Measured {
  readonly id: string;
  readonly dimensions: number;
  embed(texts: readonly string[]): Promise<Float32Array>;
}

export interface EmbedFigures {
  readonly items: number;
  readonly seconds: number;
  readonly itemsPerSecond: number;
  /** By the time that all threads of this process took: other work on the machine hardly changes it. */
  readonly itemsPerCpuSecond: number;
  /** The largest resident size of this process so far; an embedder in another process is not in it. */
  readonly peakRssBytes: number;
  readonly model: string;
  readonly dimensions: number;
}

/** Embeds `size` distinct column texts once, after a warm-up on other texts, and reports the time that it took. */
export async function benchEmbed(embedder: Measured, size: number): Promise<EmbedFigures> {
  const texts = columnTexts(size);
  await embedder.embed(texts.slice(0, 32).map((text) => `warm-up ${text}`));
  const usage = process.cpuUsage();
  const started = performance.now();
  const vectors = await embedder.embed(texts);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(usage);
  if (vectors.length !== size * embedder.dimensions)
    throw new Error(`${vectors.length} numbers came back for ${size} texts`);
  return {
    items: size,
    seconds,
    itemsPerSecond: size / seconds,
    itemsPerCpuSecond: size / ((user + system) / 1e6),
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
    model: embedder.id,
    dimensions: embedder.dimensions,
  };
}

export interface EmbedRun extends Pick<EmbedFigures, 'items' | 'seconds' | 'itemsPerSecond' | 'itemsPerCpuSecond'> {
  readonly numbers: string;
  readonly threads: number;
}

/** The two number formats on one thread and on two, one after the other. `load` gives an embedder of that kind. */
export async function benchEmbedRuns(
  load: (
    threads: number,
    numbers: 'auto' | 'fp32',
  ) => Promise<Measured & { readonly numbers: string; close(): Promise<void> }>,
  size: number,
): Promise<readonly EmbedRun[]> {
  const runs: EmbedRun[] = [];
  for (const kind of ['auto', 'fp32'] as const) {
    for (const threads of [1, 2]) {
      const embedder = await load(threads, kind);
      const { items, seconds, itemsPerSecond, itemsPerCpuSecond } = await benchEmbed(embedder, size);
      runs.push({ numbers: embedder.numbers, threads, items, seconds, itemsPerSecond, itemsPerCpuSecond });
      await embedder.close();
    }
  }
  return runs;
}
