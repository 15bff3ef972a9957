import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { access, mkdir, open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { PortolanError } from '../../../shared/errors.ts';
import { compareText } from '../../core/text.ts';
import type { Files } from '../../ports/files.ts';

const MAX_READ_BYTES = 1_000_000_000;
const MAX_WALKED = 20_000;

const remedies: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  ENOENT: ['does not exist', 'Check the path and its spelling.'],
  EACCES: ['cannot be read: no permission', 'Allow your user to read it, or copy it to your own folder.'],
  EPERM: ['cannot be read: no permission', 'Allow your user to read it, or copy it to your own folder.'],
  EISDIR: ['is a folder', 'Name the files in it.'],
  ENOTDIR: ['lies below something that is not a folder', 'Check the path.'],
  EBUSY: ['is in use by another program', 'Close it there and try again.'],
  ENOSPC: ['cannot be written: the disk is full', 'Free some space and try again.'],
  EROFS: ['cannot be written: the disk is read-only', 'Choose another folder.'],
};

function fileError(path: string, thrown: unknown): PortolanError {
  if (thrown instanceof PortolanError) return thrown;
  const file = basename(path);
  const code = (thrown as NodeJS.ErrnoException).code ?? '';
  const [message, hint] = remedies[code] ?? [
    `cannot be used: ${(thrown as Error).message}`,
    'Check the file and try again.',
  ];
  return new PortolanError('INPUT_UNREADABLE', `${file} ${message}`, { hint, where: { file }, cause: thrown });
}

async function naming<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw fileError(path, thrown);
  }
}

async function facts(path: string): ReturnType<Files['facts']> {
  return naming(path, async () => {
    const found = await stat(path);
    if (!found.isFile() && !found.isDirectory()) {
      throw new PortolanError('INPUT_UNREADABLE', `${basename(path)} is neither a file nor a folder`, {
        hint: 'Name a regular file.',
        where: { file: basename(path) },
      });
    }
    return { bytes: found.size, kind: found.isDirectory() ? 'folder' : 'file' };
  });
}

async function sha256(path: string): Promise<string> {
  return naming(path, async () => {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
    return hash.digest('hex');
  });
}

async function head(path: string, length: number): Promise<Uint8Array> {
  return naming(path, async () => {
    const handle = await open(path, 'r');
    try {
      const buffer = Buffer.alloc(length);
      const { bytesRead } = await handle.read(buffer, 0, length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  });
}

async function read(path: string): Promise<Uint8Array> {
  return naming(path, async () => {
    const { size } = await stat(path);
    if (size > MAX_READ_BYTES) {
      throw new PortolanError('INPUT_UNREADABLE', `${basename(path)} is larger than ${MAX_READ_BYTES / 1e9} GB`, {
        hint: 'Split it, or export less.',
        where: { file: basename(path) },
      });
    }
    return readFile(path);
  });
}

async function walk(folder: string): Promise<readonly string[]> {
  return naming(folder, async () => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter(
        (path) =>
          !path
            .slice(folder.length)
            .split(/[\\/]/)
            .some((part) => part.startsWith('.')),
      )
      .sort(compareText);
    if (files.length > MAX_WALKED) {
      throw new PortolanError('INPUT_INVALID', `${basename(folder)} holds more than ${MAX_WALKED} files`, {
        hint: 'Choose the folder that holds the exports themselves.',
        where: { file: basename(folder) },
      });
    }
    return files;
  });
}

/** Whether the folder exists. Throws where it may not be replaced, or nothing may be written beside it. */
async function replaceable(folder: string, marker: string): Promise<boolean> {
  const file = basename(folder);
  const refused = (message: string, hint: string, cause?: unknown): PortolanError =>
    new PortolanError('INPUT_INVALID', message, { hint, where: { file }, cause });
  try {
    const present = await readdir(folder);
    if (present.length > 0 && !present.includes(marker))
      throw refused(`${file} is not empty and is not a bundle`, 'Choose an empty or new folder.');
    await access(dirname(folder), constants.W_OK);
    return true;
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return false;
    if (code === 'ENOTDIR')
      throw refused(
        `${file} cannot be a folder: there is a file of that name on its path`,
        'Choose an empty or new folder.',
        thrown,
      );
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
      throw refused(`${file} cannot be written: no permission`, 'Choose a folder in which you may write.', thrown);
    throw fileError(folder, thrown);
  }
}

/** Written beside the target and put in place by renaming, so that a crash leaves the old folder or the new one. */
async function replaceFolder(folder: string, files: ReadonlyMap<string, Uint8Array>, marker: string): Promise<void> {
  const isThere = await replaceable(folder, marker);
  await naming(folder, async () => {
    const fresh = `${folder}.writing`;
    const old = `${folder}.replaced`;
    await rm(fresh, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
    for (const [path, content] of files) {
      const target = join(fresh, ...path.split('/'));
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, content);
    }
    await mkdir(fresh, { recursive: true });
    if (isThere) await rename(folder, old);
    await mkdir(dirname(folder), { recursive: true });
    await rename(fresh, folder);
    await rm(old, { recursive: true, force: true });
  });
}

export const nodeFiles: Files = {
  facts,
  sha256,
  head,
  read,
  walk,
  checkReplaceable: async (folder, marker) => void (await replaceable(folder, marker)),
  replaceFolder,
  baseName: (path) => basename(path),
  absolute: (path) => resolve(path),
};
