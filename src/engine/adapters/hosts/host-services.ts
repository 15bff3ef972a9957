/** The engine's ports that are served by child processes: reading and converting untrusted files, matching, embedding. */
import type { Mapping } from '../../../shared/model/mapping.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Embedder, VectorStore } from '../../ports/embedder.ts';
import type { EtlConverter } from '../../ports/etl-converter.ts';
import type { Host, StartHost } from '../../ports/host.ts';
import type { InputReader } from '../../ports/input-reader.ts';
import type { Matcher } from '../../ports/matcher.ts';
import type { CallContext } from '../../core/peer.ts';
import { cachedEmbedder } from '../onnx/cached-embedder.ts';
import { spreadEmbedder } from '../onnx/spread-embedder.ts';
import type { ReadChannel } from '../sqlite/read-channel.ts';
import { hostedChannels, hostedConverter, hostedReader } from './hosted-reader.ts';
import { superviseHost } from './supervise-host.ts';

export interface HostServices {
  readonly reader: InputReader;
  readonly matcher: Matcher;
  readonly converter: EtlConverter;
  /** Large values of a project's state are read in a child, and come in pieces. */
  readonly readChannel: ReadChannel;
  /** Null where the model is missing or cannot be loaded, with the reason. Loads on first use. */
  readonly embedder: () => Promise<{ readonly embedder: Embedder | null; readonly reason: string | null }>;
  stop(): void;
}

export interface HostSettings {
  readonly modelDir: string;
  /** Inference processes of one thread each; all but the first start when there is much to embed. */
  readonly embedders: number;
  /** Where vectors are kept right now; null: nowhere. */
  readonly vectors: () => VectorStore | null;
}

type Progress = (done: number, total: number, detail: string) => void;

export function createHostServices(start: StartHost, clock: Clock, settings: HostSettings): HostServices {
  const first = superviseHost('inference', start, clock);
  const others = Array.from({ length: settings.embedders - 1 }, () => superviseHost('inference', start, clock));
  const reader = superviseHost('reader', start, clock);
  // A workbook may take its process with it; what else is being read goes on.
  const workbooks = superviseHost('reader', start, clock);
  let loaded: Promise<{ embedder: Embedder | null; reason: string | null }> | null = null;
  const embedder = (): Promise<{ embedder: Embedder | null; reason: string | null }> =>
    (loaded ??= loadEmbedder([first, ...others], settings.modelDir));
  // The compute process asks its parent for vectors, so that the same inference processes serve all.
  const compute: Host = superviseHost('compute', start, clock, {
    embed: async (texts: readonly string[], { signal, report }: CallContext) => {
      const { embedder: current } = await embedder();
      const store = settings.vectors();
      if (current === null) return null;
      return (store === null ? current : cachedEmbedder(current, store)).embed(texts, signal, (done, total) =>
        report([done, total]),
      );
    },
    describeEmbedder: async () => {
      const { embedder: current, reason } = await embedder();
      return { id: current?.id ?? null, dimensions: current?.dimensions ?? 0, reason };
    },
  });
  return {
    reader: hostedReader(reader, workbooks),
    matcher: {
      match: async (input, { signal, onProgress } = {}) => {
        // The model loads while the compute process starts.
        void embedder();
        const mappings = await compute.call('match', input, {
          signal,
          onProgress: (payload) => onProgress?.(...(payload as Parameters<Progress>)),
        });
        return mappings as readonly Mapping[];
      },
    },
    converter: hostedConverter(reader),
    readChannel: hostedChannels(reader),
    embedder,
    stop() {
      for (const host of [first, ...others, reader, workbooks, compute]) host.stop();
    },
  };
}

async function loadEmbedder(
  [first, ...others]: readonly [Host, ...Host[]],
  modelDir: string,
): Promise<{ embedder: Embedder | null; reason: string | null }> {
  try {
    const about = (await first.call('load', { modelDir })) as { id: string; dimensions: number };
    const remote = (host: Host): Embedder => ({
      ...about,
      embed: async (texts, signal) => (await host.call('embed', { modelDir, texts }, { signal })) as Float32Array,
    });
    return { embedder: spreadEmbedder([remote(first), ...others.map(remote)]), reason: null };
  } catch (thrown) {
    return { embedder: null, reason: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}
