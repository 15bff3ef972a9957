import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PortolanError } from '../../../shared/errors.ts';
import type { DomainPack } from '../../domains/domain-pack.ts';
import { readPack, type PackReading } from '../../domains/read-pack.ts';

/** Reads one pack. Throws INPUT_UNREADABLE where there is no such file; what is wrong in it comes back with its line. */
export async function readPackFile(path: string): Promise<PackReading> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new PortolanError('INPUT_UNREADABLE', `${path} cannot be read`, { cause });
  });
  return readPack(text, path);
}

/**
 * The packs of a folder's `.yaml` and `.yml` files in name order; none where there is no such folder. A pack with a mistake stops the
 * work: matching without it would give other mappings without a word.
 *
 * @throws PortolanError INPUT_INVALID that names file and line
 */
export async function readPackFolder(folder: string): Promise<readonly DomainPack[]> {
  if (!existsSync(folder)) return [];
  const files = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name)).sort();
  const packs: DomainPack[] = [];
  for (const file of files) {
    const path = join(folder, file);
    const { pack, diagnostics } = await readPackFile(path);
    const [first] = diagnostics;
    if (pack === null)
      throw new PortolanError(
        'INPUT_INVALID',
        `The domain pack ${path}${first?.line == null ? '' : `:${first.line}`} has a mistake: ${first?.message ?? ''}`,
        {
          hint: 'Correct it (`portolan packs check FILE` lists all mistakes) or move it out of the folder.',
        },
      );
    packs.push(pack);
  }
  return packs;
}
