import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * What a build depends on, twice: `listing` from names, sizes and times (cheap, changes with a mere checkout), and
 * `content()` from the bytes.
 *
 * @param {string} root
 * @param {readonly string[]} entries files and folders below root
 * @param {(path: string) => boolean} counts whether a file, named relative to root with `/`, is part of the build
 */
export function sourceState(root, entries, counts) {
  const files = entries.flatMap((entry) => filesBelow(root, join(root, entry))).filter(counts);
  files.sort();
  const listing = createHash('sha256');
  for (const file of files) {
    const { size, mtimeMs } = statSync(join(root, file));
    listing.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return { listing: listing.digest('hex'), content: () => contentHash(root, files) };
}

function contentHash(root, files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const bytes = readFileSync(join(root, file));
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

function filesBelow(root, path) {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return [];
  if (!status.isDirectory()) return [relative(root, path).split(sep).join('/')];
  return readdirSync(path).flatMap((name) => filesBelow(root, join(path, name)));
}
