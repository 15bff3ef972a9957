import { Readable } from 'node:stream';
import type JSZip from 'jszip';

/**
 * One entry of a zip archive, unpacked piece by piece. `count` gets the size of each piece and stops the reading by
 * throwing: the size that an archive states may be a lie.
 */
export async function readEntry(entry: JSZip.JSZipObject, count: (bytes: number) => void): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of new Readable().wrap(entry.nodeStream()) as AsyncIterable<Buffer>) {
    count(chunk.length);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
