/** The process that holds the embedding model: one session, batches in, vectors out. */
import type { CallContext } from '../engine/index.ts';
import { type MiniLm, loadMiniLm } from '../engine/adapters/index.ts';
import { serve } from './serve.ts';

interface Place {
  readonly modelDir: string;
  readonly threads: number;
}

let loading: Promise<MiniLm> | null = null;

// A restarted process gets `embed` first, so that every call names the model's place.
const model = ({ modelDir, threads }: Place): Promise<MiniLm> => (loading ??= loadMiniLm(modelDir, threads));

serve({
  load: async (place: Place) => {
    const { id, dimensions } = await model(place);
    return { id, dimensions };
  },
  embed: async (input: Place & { readonly texts: readonly string[] }, { signal, report }: CallContext) =>
    (await model(input)).embed(input.texts, signal, (done, total) => report([done, total])),
});
