/** A process that holds the embedding model: one session on one thread, texts in, vectors out. */
import type { CallContext } from '../engine/index.ts';
import { type MiniLm, loadMiniLm } from '../engine/adapters/index.ts';
import { serve } from './serve.ts';

interface Place {
  readonly modelDir: string;
}

let loading: Promise<MiniLm> | null = null;

// A restarted process gets `embed` first, so that every call names the model's place.
const model = ({ modelDir }: Place): Promise<MiniLm> => (loading ??= loadMiniLm(modelDir, 1));

serve({
  load: async (place: Place) => {
    const { id, dimensions } = await model(place);
    return { id, dimensions };
  },
  embed: async (input: Place & { readonly texts: readonly string[] }, { signal }: CallContext) =>
    (await model(input)).embed(input.texts, signal),
});
