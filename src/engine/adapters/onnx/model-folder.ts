import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { PortolanError } from '../../../shared/errors.ts';

export type Numbers = 'int8' | 'fp32';
/** Where a folder has the network in these numbers. The set-up builds both; someone's own copy need not have the first. */
export const modelFile: Readonly<Record<Numbers, string>> = {
  int8: 'onnx/model_static_int8.onnx',
  fp32: 'onnx/model.onnx',
};

const COMMON = ['config.json', 'tokenizer.json', 'tokenizer_config.json'] as const;
/** Written by the set-up into a folder that it built. */
const STAMP = 'build-stamp.json';
const HINT = 'run `npm run setup` to build it, or put a complete model folder in its place';

const Manifest = z.object({ files: z.array(z.object({ path: z.string(), sha256: z.string() })) });
const Config = z.object({ hidden_size: z.number().int().positive() });

export interface ModelFolder {
  /** The folder's name, its numbers and a digest of the files that are used. */
  readonly id: string;
  /** `built`: the files that the manifest beside the folder describes; `own`: someone's own copy of the model. */
  readonly origin: 'built' | 'own';
  readonly dimensions: number;
  readonly numbers: Numbers;
}

/**
 * Reads and hashes the files that a model folder is used with: 8-bit numbers where it has them, unless 32 bits are asked for.
 *
 * @throws PortolanError BROKEN_INSTALL when a file is missing, or when a folder built by the set-up no longer is what the
 * manifest says
 */
export async function checkModelFolder(modelDir: string, wanted: 'auto' | 'fp32' = 'auto'): Promise<ModelFolder> {
  const isInt8 = wanted === 'auto' && (await exists(join(modelDir, modelFile.int8)));
  const numbers = isInt8 ? 'int8' : 'fp32';
  const files = [...COMMON, modelFile[numbers]].sort();
  const hashes = new Map<string, string>();
  for (const file of files) hashes.set(file, await hashOf(modelDir, file));
  const expected = await manifestHashes(modelDir);
  const different = files.filter((file) => hashes.get(file) !== expected.get(file));
  if (different.length > 0 && (await exists(join(modelDir, STAMP)))) {
    throw broken(modelDir, `is not what its manifest says (${different.join(', ')})`);
  }
  const digest = createHash('sha256');
  for (const [file, hash] of hashes) digest.update(`${file} ${hash}\n`);
  return {
    id: `${basename(modelDir)}:${numbers}:${digest.digest('hex').slice(0, 24)}`,
    origin: different.length === 0 ? 'built' : 'own',
    dimensions: await dimensionsOf(modelDir),
    numbers,
  };
}

async function hashOf(modelDir: string, file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(join(modelDir, file), { highWaterMark: 1 << 20 }))
      hash.update(chunk as Buffer);
  } catch (cause) {
    throw broken(modelDir, `has no readable ${file}`, cause);
  }
  return hash.digest('hex');
}

/** The hashes of the manifest beside the folder; none where there is no manifest. */
async function manifestHashes(modelDir: string): Promise<ReadonlyMap<string, string>> {
  const file = join(dirname(modelDir), 'manifest.json');
  if (!(await exists(file))) return new Map();
  const parsed = Manifest.safeParse(await readJson(file));
  if (!parsed.success) throw broken(modelDir, 'has an unreadable manifest.json beside it', parsed.error);
  return new Map(parsed.data.files.map(({ path, sha256 }) => [path, sha256]));
}

async function dimensionsOf(modelDir: string): Promise<number> {
  const parsed = Config.safeParse(await readJson(join(modelDir, 'config.json')));
  if (!parsed.success) throw broken(modelDir, 'has a config.json without hidden_size', parsed.error);
  return parsed.data.hidden_size;
}

/** The parsed file, or undefined when it is not JSON. */
async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

function broken(modelDir: string, what: string, cause?: unknown): PortolanError {
  return new PortolanError('BROKEN_INSTALL', `The embedding model ${modelDir} ${what}`, { hint: HINT, cause });
}
