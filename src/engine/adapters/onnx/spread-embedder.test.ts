import { describe, expect, it } from 'vitest';
import type { Embedder } from '../../ports/embedder.ts';
import { spreadEmbedder } from './spread-embedder.ts';

/** The vector of a text is its length and its first letter's code. */
function worker(calls: string[][], wait: () => Promise<void> = async () => undefined): Embedder {
  return {
    id: 'two numbers',
    dimensions: 2,
    async embed(texts, signal) {
      signal?.throwIfAborted();
      calls.push([...texts]);
      await wait();
      return Float32Array.from(texts.flatMap((text) => [text.length, text.charCodeAt(0)]));
    },
  };
}

const texts = Array.from({ length: 2000 }, (_, i) => String.fromCharCode(97 + (i % 26)).repeat(1 + (i % 17)));

describe('spreadEmbedder', () => {
  it('gives every text its own vector in the order of the texts, each computed once', async () => {
    const [first, second]: [string[][], string[][]] = [[], []];
    const vectors = await spreadEmbedder([worker(first), worker(second)]).embed(texts);
    expect([...vectors]).toEqual(texts.flatMap((text) => [text.length, text.charCodeAt(0)]));
    expect([...first, ...second].flat().sort()).toEqual([...texts].sort());
    expect(first.length).toBeGreaterThan(0);
    expect(second.length).toBeGreaterThan(0);
  });

  it('gives a worker the next share when it is free, not when the slowest is', async () => {
    const [slow, fast]: [string[][], string[][]] = [[], []];
    const fastIsDone = new Promise<void>((resolve) => {
      const check = (): void => (fast.length === 3 ? resolve() : void setImmediate(check));
      check();
    });
    await spreadEmbedder([worker(slow, async () => fastIsDone), worker(fast)]).embed(texts);
    expect([slow.length, fast.length]).toEqual([1, 3]);
  });

  it('wakes one worker for few texts', async () => {
    const [first, second]: [string[][], string[][]] = [[], []];
    await spreadEmbedder([worker(first), worker(second)]).embed(['meter', 'bill']);
    expect([first, second]).toEqual([[['meter', 'bill']], []]);
  });

  it('reports texts done up to all of them', async () => {
    const seen: number[] = [];
    await spreadEmbedder([worker([])]).embed(texts, undefined, (done) => seen.push(done));
    expect(seen).toEqual([512, 1024, 1536, 2000]);
  });

  it('fails when a worker does', async () => {
    const broken: Embedder = { ...worker([]), embed: async () => Promise.reject(new Error('gone')) };
    await expect(spreadEmbedder([worker([]), broken]).embed(texts)).rejects.toThrow('gone');
  });
});
