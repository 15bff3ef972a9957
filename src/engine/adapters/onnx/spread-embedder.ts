import type { Embedder } from '../../ports/embedder.ts';

/** Enough to fill batches of equal length, few enough that all workers end at about the same time. */
const TEXTS_PER_SHARE = 512;

/**
 * One embedder out of several of one model, each in a process or thread of its own. Texts are cut into shares of like length
 * and each worker takes the next share when it is free; few texts wake one worker only. A text's vector is the same
 * whoever computes it.
 */
export function spreadEmbedder(workers: readonly [Embedder, ...Embedder[]]): Embedder {
  const [{ id, dimensions }] = workers;
  return {
    id,
    dimensions,
    async embed(texts, signal, report) {
      const longestFirst = texts
        .map(({ length }, row) => ({ length, row }))
        .sort((a, b) => b.length - a.length || a.row - b.row)
        .map(({ row }) => row);
      const result = new Float32Array(texts.length * dimensions);
      let taken = 0;
      let done = 0;
      const work = async (worker: Embedder): Promise<void> => {
        while (taken < texts.length) {
          const rows = longestFirst.slice(taken, taken + TEXTS_PER_SHARE);
          taken += rows.length;
          const vectors = await worker.embed(
            rows.map((row) => texts[row] ?? ''),
            signal,
          );
          rows.forEach((row, i) =>
            result.set(vectors.subarray(i * dimensions, (i + 1) * dimensions), row * dimensions),
          );
          done += rows.length;
          report?.(done, texts.length);
        }
      };
      await Promise.all(workers.slice(0, Math.ceil(texts.length / TEXTS_PER_SHARE)).map(work));
      return result;
    },
  };
}
