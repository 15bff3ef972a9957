/** The process for long calculations: matching. Vectors come from the inference process by way of the parent. */
import { multiplyByRuntime } from '../engine/adapters/index.ts';
import { type CallContext, type Embedder, type MatchInput, matchSchemas } from '../engine/index.ts';
import { serve } from './serve.ts';

const parent = serve({
  match: async (input: MatchInput, { signal, report }: CallContext) =>
    matchSchemas(input, await remoteEmbedder(), (done, total, stage) => report([done, total, stage]), signal),
});

async function remoteEmbedder(): Promise<Embedder | null> {
  const { id, dimensions } = (await parent.call('describeEmbedder', null)) as { id: string | null; dimensions: number };
  if (id === null) return null;
  return {
    id,
    dimensions,
    multiply: multiplyByRuntime,
    embed: async (texts, signal, report) =>
      (await parent.call('embed', texts, {
        signal,
        onProgress: (payload) => report?.(...(payload as [number, number])),
      })) as Float32Array,
  };
}
