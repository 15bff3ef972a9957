import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The files that a model folder must have; the layout is that of the official ONNX exports. */
export const MODEL_FILES = ['config.json', 'onnx/model.onnx', 'tokenizer.json', 'tokenizer_config.json'];

/** The files that a build gives: those and the network in 8-bit numbers, which the loader prefers. */
export const BUILT_FILES = [...MODEL_FILES, 'onnx/model_static_int8.onnx'].sort();

/**
 * @typedef {{ path: string, size: number, sha256: string }} FileEntry
 * @typedef {{ source: { package: string, version: string, files: FileEntry[] }, files: FileEntry[] }} Manifest
 * @returns {Manifest}
 */
export function readManifest(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** @returns {Promise<string>} the SHA-256 of a file, in hexadecimal */
export async function sha256OfFile(file) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}

/** @returns {Promise<FileEntry>} */
export async function describeFile(folder, path) {
  const file = join(folder, path);
  return { path, size: statSync(file).size, sha256: await sha256OfFile(file) };
}

/**
 * The files of a folder that are missing or differ from what a manifest says of them. Sizes are compared first, so
 * that a large file of another size is not read.
 *
 * @param {string} folder
 * @param {FileEntry[]} entries
 */
export async function differences(folder, entries) {
  const different = [];
  for (const { path, size, sha256 } of entries) {
    const file = join(folder, path);
    const same = existsSync(file) && statSync(file).size === size && (await sha256OfFile(file)) === sha256;
    if (!same) different.push(path);
  }
  return different;
}
