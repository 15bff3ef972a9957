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
  /** The largest resident size of this process so far; an embedder in another process is not in it. */
  readonly peakRssBytes: number;
  readonly model: string;
  readonly dimensions: number;
}

/** Embeds `size` distinct column texts once, after a warm-up on other texts, and reports the time that it took. */
export async function benchEmbed(embedder: Measured, size: number): Promise<EmbedFigures> {
  const texts = columnTexts(size);
  await embedder.embed(texts.slice(0, 32).map((text) => `warm-up ${text}`));
  const started = performance.now();
  const vectors = await embedder.embed(texts);
  const seconds = (performance.now() - started) / 1000;
  if (vectors.length !== size * embedder.dimensions)
    throw new Error(`${vectors.length} numbers came back for ${size} texts`);
  return {
    items: size,
    seconds,
    itemsPerSecond: size / seconds,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
    model: embedder.id,
    dimensions: embedder.dimensions,
  };
}
