import { lstat, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const STALE_MS = 24 * 60 * 60 * 1000;
/** What `mkdtemp` makes of the prefixes that this product uses: copies of data files, spill files, runs without a project. */
const ours = /^portolan-(?:data|sql|run)-[A-Za-z0-9]{6}$/;

/**
 * Removes what killed processes left in the system's temporary folder: folders of this product, of this user, that
 * nothing was written to for a day. Returns how many went; what cannot be removed stays.
 */
export async function sweepTemporaryFolders(now: number, root: string = tmpdir()): Promise<number> {
  const names = await readdir(root).catch((): string[] => []);
  let removed = 0;
  for (const name of names.filter((candidate) => ours.test(candidate))) {
    if (await sweep(join(root, name), now)) removed += 1;
  }
  return removed;
}

/** False where the folder is in use, of another user or cannot be removed: another sweep may, or the system's own. */
async function sweep(path: string, now: number): Promise<boolean> {
  try {
    const facts = await lstat(path);
    const mine = process.getuid === undefined || facts.uid === process.getuid();
    if (!facts.isDirectory() || !mine || now - facts.mtimeMs < STALE_MS) return false;
    await rm(path, { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
}
