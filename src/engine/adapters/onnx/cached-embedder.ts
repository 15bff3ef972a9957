import { createHash } from 'node:crypto';
import type { Embedder, VectorStore } from '../../ports/embedder.ts';

/** Enough for several workers to share, few enough that a killed run loses only seconds of work. */
const TEXTS_PER_WRITE = 4096;

/**
 * Gives the vectors that the store has and asks the inner embedder for the others, which are then stored. The key is a
 * hash of the embedder's id and the text, so another model never finds these vectors.
 */
export function cachedEmbedder(inner: Embedder, store: VectorStore): Embedder {
  return {
    id: inner.id,
    dimensions: inner.dimensions,
    async embed(texts, signal, report) {
      signal?.throwIfAborted();
      const distinct = [...new Set(texts)];
      const { vectors, missing } = lookUp(distinct, inner, store);
      const progress = (computed: number): void => {
        const done = distinct.length - missing.length + computed;
        report?.(Math.floor((done / distinct.length) * texts.length), texts.length);
      };
      for (let from = 0; from < missing.length; from += TEXTS_PER_WRITE) {
        const some = missing.slice(from, from + TEXTS_PER_WRITE);
        const fresh = await inner.embed(
          some.map(({ text }) => text),
          signal,
          (done) => progress(from + done),
        );
        const entries = some.map(({ key }, i) => ({ key, vector: rowOf(fresh, i, inner.dimensions) }));
        some.forEach(({ text }, i) => vectors.set(text, rowOf(fresh, i, inner.dimensions)));
        store.putMany(entries);
      }
      return inOrder(texts, vectors, inner.dimensions);
    },
  };
}

interface Missing {
  readonly text: string;
  readonly key: string;
}

function lookUp(
  texts: readonly string[],
  { id, dimensions }: Embedder,
  store: VectorStore,
): { readonly vectors: Map<string, Float32Array>; readonly missing: readonly Missing[] } {
  const keys = texts.map((text) => keyOf(id, text));
  const found = store.getMany(keys);
  const vectors = new Map<string, Float32Array>();
  const missing: Missing[] = [];
  texts.forEach((text, i) => {
    const vector = found[i];
    if (vector?.length === dimensions) vectors.set(text, vector);
    else missing.push({ text, key: keys[i] ?? '' });
  });
  return { vectors, missing };
}

function rowOf(rows: Float32Array, row: number, dimensions: number): Float32Array {
  return rows.slice(row * dimensions, (row + 1) * dimensions);
}

function keyOf(id: string, text: string): string {
  return createHash('sha256').update(`${id}\n`).update(text, 'utf16le').digest('hex');
}

function inOrder(
  texts: readonly string[],
  vectors: ReadonlyMap<string, Float32Array>,
  dimensions: number,
): Float32Array {
  const result = new Float32Array(texts.length * dimensions);
  texts.forEach((text, i) => result.set(vectors.get(text) ?? [], i * dimensions));
  return result;
}
