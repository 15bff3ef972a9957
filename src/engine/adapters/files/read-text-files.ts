import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The files of a folder whose names match, in name order; none where there is no such folder. */
export async function readTextFiles(
  folder: string,
  name: RegExp,
): Promise<readonly { readonly path: string; readonly text: string }[]> {
  if (!existsSync(folder)) return [];
  const paths = (await readdir(folder))
    .filter((file) => name.test(file))
    .sort()
    .map((file) => join(folder, file));
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(path, 'utf8') })));
}
