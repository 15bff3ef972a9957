import { open } from 'node:fs/promises';
import { excerptPlaces } from '../../ports/data-files.ts';

/** Files beyond this are looked at in an excerpt; the same size whatever the machine, so that results are the same. */
const largeBytes = 100_000_000;
const blocks = excerptPlaces;
const blockBytes = 32_768;
const lineEnd = 0x0a;

/**
 * Copies whole lines of a large text file to `to`, from places spread evenly over it: its first lines, its last and many in
 * between. False where the file is not large or has no lines that end in a line feed, and nothing is written.
 */
export async function writeExcerpt(path: string, bytes: number, to: string, signal?: AbortSignal): Promise<boolean> {
  if (bytes <= largeBytes) return false;
  const source = await open(path, 'r');
  const target = await open(to, 'w');
  try {
    const block = Buffer.alloc(blockBytes);
    for (let index = 0; index < blocks; index += 1) {
      signal?.throwIfAborted();
      const position = Math.floor(((bytes - blockBytes) / (blocks - 1)) * index);
      const { bytesRead } = await source.read(block, 0, blockBytes, position);
      const lines = wholeLines(block.subarray(0, bytesRead), { first: index === 0, last: index === blocks - 1 });
      if (index === 0 && lines.length === 0) return false;
      await target.write(lines);
      if (index === blocks - 1 && lines.at(-1) !== lineEnd) await target.write('\n');
    }
    return true;
  } finally {
    await source.close();
    await target.close();
  }
}

function wholeLines(block: Buffer, { first, last }: { readonly first: boolean; readonly last: boolean }): Buffer {
  const from = first ? 0 : block.indexOf(lineEnd) + 1;
  const to = last ? block.length : block.lastIndexOf(lineEnd) + 1;
  return from === 0 && !first ? block.subarray(0, 0) : block.subarray(from, Math.max(from, to));
}
