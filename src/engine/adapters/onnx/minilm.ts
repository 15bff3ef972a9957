import { basename, dirname, join } from 'node:path';
import type { PreTrainedTokenizer } from '@huggingface/transformers';
import type { InferenceSession, Tensor, TypedTensor } from 'onnxruntime-node';
import { PortolanError } from '../../../shared/errors.ts';
import type { Embedder } from '../../ports/embedder.ts';
import { equalLengthBatches } from './batches.ts';
import { meanPool } from './mean-pool.ts';
import { checkModelFolder, modelFile, type ModelFolder } from './model-folder.ts';

/** The model was trained on 256 tokens at most; its published configuration cuts there too. */
const MOST_TOKENS = 256;
/** No 256 tokens of real text reach this far; it bounds the work on a text of megabytes. */
const LONGEST_TEXT = 16_384;
const TEXTS_PER_TOKENISING = 512;

/** An embedder in this process, with what a caller may want to know of the model behind it. */
export interface MiniLm extends Embedder, Pick<ModelFolder, 'origin' | 'numbers'> {
  /** How many tokens the model reads of each text. */
  countTokens(texts: readonly string[]): readonly number[];
  /** Frees the model's memory; nothing may be embedded afterwards. */
  close(): Promise<void>;
}

/**
 * Loads all-MiniLM-L6-v2 (CPU) from a local folder and never from a network: in 8-bit numbers where the folder has
 * them, unless `numbers` asks for 32 bits. Inference blocks the calling thread for one batch at a time, so this belongs
 * in a process or thread of its own.
 *
 * @throws PortolanError BROKEN_INSTALL when the folder is missing, incomplete or damaged
 */
export async function loadMiniLm(
  modelDir: string,
  threads: number,
  numbers: 'auto' | 'fp32' = 'auto',
): Promise<MiniLm> {
  const folder = await checkModelFolder(modelDir, numbers);
  try {
    const { env, AutoTokenizer } = await import('@huggingface/transformers');
    env.allowRemoteModels = false;
    env.allowLocalModels = true;
    env.localModelPath = dirname(modelDir);
    env.useFSCache = false;
    const tokenizer = await AutoTokenizer.from_pretrained(basename(modelDir), { local_files_only: true });
    const { default: runtime } = await import('onnxruntime-node');
    const session = await runtime.InferenceSession.create(join(modelDir, modelFile[folder.numbers]), {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
    });
    return createMiniLm(folder, runtime.Tensor, tokenizer, session);
  } catch (cause) {
    throw new PortolanError('BROKEN_INSTALL', `The embedding model ${modelDir} cannot be loaded`, {
      hint: 'run `npm run setup`, or put a complete model folder in its place',
      cause,
    });
  }
}

function createMiniLm(
  about: ModelFolder,
  IntegerTensor: new (type: 'int64', data: BigInt64Array, dims: readonly number[]) => TypedTensor<'int64'>,
  tokenizer: PreTrainedTokenizer,
  session: InferenceSession,
): MiniLm {
  const tokenise = (texts: readonly string[]): readonly (readonly number[])[] => {
    if (texts.length === 0) return [];
    const options = { padding: false, truncation: true, max_length: MOST_TOKENS, return_tensor: false } as const;
    const encoded = tokenizer(texts.map(shorten), options) as { readonly input_ids: readonly (readonly number[])[] };
    return encoded.input_ids;
  };
  // The 8-bit network adds the tokens of a text up itself; others give a row for each token.
  const output = session.outputNames.includes('token_sum') ? 'token_sum' : 'last_hidden_state';
  const runBatch = async (rows: readonly (readonly number[])[], length: number): Promise<Float32Array> => {
    const shape = [rows.length, length];
    const filled = (value: bigint) =>
      new IntegerTensor('int64', new BigInt64Array(rows.length * length).fill(value), shape);
    const feeds: Record<string, Tensor> = {};
    for (const name of session.inputNames) {
      if (name === 'input_ids')
        feeds[name] = new IntegerTensor('int64', BigInt64Array.from(rows.flat(), BigInt), shape);
      else feeds[name] = filled(name === 'attention_mask' ? 1n : 0n);
    }
    const results = await session.run(feeds, [output]);
    return (results[output] as TypedTensor<'float32'>).data;
  };
  const rowsOfText = (tokens: number): number => (output === 'token_sum' ? 1 : tokens);
  const embed: Embedder['embed'] = async (texts, signal, report) => {
    const { rowOfText, rows } = await distinctRows(texts, tokenise, signal);
    const vectors: Float32Array[] = [];
    let done = 0;
    for (const batch of equalLengthBatches(rows)) {
      signal?.throwIfAborted();
      const hidden = await runBatch(
        batch.rows.map((row) => rows[row] ?? []),
        batch.length,
      );
      batch.rows.forEach((row, i) => (vectors[row] = meanPool(hidden, i, rowsOfText(batch.length), about.dimensions)));
      done += batch.rows.length;
      report?.(Math.floor((done / rows.length) * texts.length), texts.length);
    }
    return gather(rowOfText, vectors, about.dimensions);
  };
  return {
    ...about,
    embed,
    countTokens: (texts) => tokenise(texts).map(({ length }) => length),
    close: () => session.release(),
  };
}

/** The distinct token sequences of the texts, and which of them each text has: case and spacing often differ alone. */
async function distinctRows(
  texts: readonly string[],
  tokenise: (texts: readonly string[]) => readonly (readonly number[])[],
  signal: AbortSignal | undefined,
): Promise<{ readonly rowOfText: readonly number[]; readonly rows: readonly (readonly number[])[] }> {
  const distinct = [...new Set(texts)];
  const rows: (readonly number[])[] = [];
  const rowOfTokens = new Map<string, number>();
  const rowOf = new Map<string, number>();
  for (let from = 0; from < distinct.length; from += TEXTS_PER_TOKENISING) {
    signal?.throwIfAborted();
    const some = distinct.slice(from, from + TEXTS_PER_TOKENISING);
    tokenise(some).forEach((tokens, i) => {
      const key = tokens.join(' ');
      const row = rowOfTokens.get(key) ?? rows.push(tokens) - 1;
      rowOfTokens.set(key, row);
      rowOf.set(some[i] ?? '', row);
    });
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { rowOfText: texts.map((text) => rowOf.get(text) ?? 0), rows };
}

function gather(rowOfText: readonly number[], vectors: readonly Float32Array[], dimensions: number): Float32Array {
  const result = new Float32Array(rowOfText.length * dimensions);
  rowOfText.forEach((row, i) => result.set(vectors[row] ?? [], i * dimensions));
  return result;
}

/** Cuts a very long text, never between the halves of a surrogate pair. */
function shorten(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  const last = text.charCodeAt(LONGEST_TEXT - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? LONGEST_TEXT - 1 : LONGEST_TEXT);
}
