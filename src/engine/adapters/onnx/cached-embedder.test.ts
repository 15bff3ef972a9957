import { describe, expect, it } from 'vitest';
import type { Embedder, VectorStore } from '../../ports/embedder.ts';
import { cachedEmbedder } from './cached-embedder.ts';

/** Two numbers a text, from its length and first character; keeps what it was asked for. */
function countingEmbedder(id = 'model-a'): Embedder & { readonly asked: string[][] } {
  const asked: string[][] = [];
  return {
    id,
    dimensions: 2,
    asked,
    embed: async (texts, signal, report) => {
      signal?.throwIfAborted();
      asked.push([...texts]);
      report?.(texts.length, texts.length);
      return Float32Array.from(texts.flatMap((text) => [text.length, text.charCodeAt(0) || 0]));
    },
  };
}

function memoryStore(): VectorStore & { readonly kept: Map<string, Float32Array> } {
  const kept = new Map<string, Float32Array>();
  return {
    kept,
    getMany: (keys) => keys.map((key) => kept.get(key) ?? null),
    putMany: (entries) => entries.forEach(({ key, vector }) => kept.set(key, vector)),
  };
}

describe('cachedEmbedder', () => {
  it('asks the model once for a text and answers in the order of the texts', async () => {
    const inner = countingEmbedder();
    const cached = cachedEmbedder(inner, memoryStore());
    expect([...(await cached.embed(['bb', 'a', 'bb']))]).toEqual([2, 98, 1, 97, 2, 98]);
    expect([...(await cached.embed(['a', 'ccc', 'bb']))]).toEqual([1, 97, 3, 99, 2, 98]);
    expect(inner.asked).toEqual([['bb', 'a'], ['ccc']]);
  });

  it('does not find the vectors of another model', async () => {
    const store = memoryStore();
    await cachedEmbedder(countingEmbedder('model-a'), store).embed(['x']);
    const other = countingEmbedder('model-b');
    await cachedEmbedder(other, store).embed(['x']);
    expect(other.asked).toEqual([['x']]);
  });

  it('computes again what the store holds in another size', async () => {
    const store = memoryStore();
    await cachedEmbedder(countingEmbedder(), store).embed(['x']);
    for (const key of store.kept.keys()) store.kept.set(key, new Float32Array(3));
    const inner = countingEmbedder();
    expect([...(await cachedEmbedder(inner, store).embed(['x']))]).toEqual([1, 120]);
  });

  it('keeps what was finished before a cancellation', async () => {
    const store = memoryStore();
    const texts = Array.from({ length: 5000 }, (_, i) => `text ${i}`);
    const stop = new AbortController();
    const run = cachedEmbedder(countingEmbedder(), store).embed(texts, stop.signal, () => stop.abort());
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    const kept = store.kept.size;
    expect(kept).toBeGreaterThan(0);
    const resumed = countingEmbedder();
    await cachedEmbedder(resumed, store).embed(texts);
    expect(resumed.asked.flat()).toEqual(texts.slice(kept));
  });

  it('reports progress up to the number of texts, counting the cached ones', async () => {
    const cached = cachedEmbedder(countingEmbedder(), memoryStore());
    await cached.embed(['a', 'b']);
    const seen: [number, number][] = [];
    await cached.embed(['a', 'b', 'c', 'd'], undefined, (done, total) => seen.push([done, total]));
    expect(seen).toEqual([[4, 4]]);
  });
});
