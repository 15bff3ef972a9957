import { readFile } from 'node:fs/promises';
import { parseLearningPack } from '../engine/index.ts';
import { PortolanError } from '../shared/errors.ts';
import type { LearnedPattern } from '../shared/model/mapping.ts';

/** The lessons of a pack's file. Throws INPUT_UNREADABLE or INPUT_INVALID, saying which entry is wrong. */
export async function readLearningPack(path: string): Promise<readonly LearnedPattern[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new PortolanError('INPUT_UNREADABLE', `${path} cannot be read`, { cause });
  });
  return parseLearningPack(text, path);
}
