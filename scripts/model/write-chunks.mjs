import { closeSync, openSync, writeSync } from 'node:fs';

/** Writes the chunks of a message to a file, without joining them in memory. */
export function writeChunks(file, chunks) {
  const handle = openSync(file, 'w');
  try {
    for (const chunk of chunks) {
      for (let written = 0; written < chunk.length;) written += writeSync(handle, chunk, written);
    }
  } finally {
    closeSync(handle);
  }
}
