import { chmodSync, closeSync, fstatSync, mkdirSync, openSync, readSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const END_RECORD = Buffer.from('PK\x05\x06', 'latin1');
const END_RECORD_REACH = 65_557;
const ENTRY_RECORD_LENGTH = 46;
const FILE_HEADER_LENGTH = 30;
const DEFLATED = 8;

/**
 * Writes the files of a zip below a folder, with their permissions. Plain zip only (no zip64, no encryption); links in
 * it would become files.
 *
 * @param {string} zip
 * @param {string} folder
 * @param {(name: string) => string | undefined} place where an entry goes, relative to the folder; undefined leaves it out
 */
export function unzip(zip, folder, place) {
  const file = openSync(zip, 'r');
  try {
    for (const entry of entriesOf(file)) {
      const to = entry.name.endsWith('/') ? undefined : place(entry.name);
      if (to === undefined) continue;
      if (to.split('/').includes('..')) throw new Error(`${zip}: entry ${entry.name} leads out of its folder`);
      const path = join(folder, to);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, contentOf(file, entry));
      chmodSync(path, entry.mode === 0 ? 0o644 : entry.mode);
    }
  } finally {
    closeSync(file);
  }
}

function* entriesOf(file) {
  const { size } = fstatSync(file);
  const reach = Math.min(END_RECORD_REACH, size);
  const tail = readAt(file, size - reach, reach);
  const end = tail.lastIndexOf(END_RECORD);
  if (end < 0) throw new Error('not a zip file');
  const count = tail.readUInt16LE(end + 10);
  const directory = readAt(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    const nameLength = directory.readUInt16LE(at + 28);
    yield {
      method: directory.readUInt16LE(at + 10),
      length: directory.readUInt32LE(at + 20),
      mode: (directory.readUInt32LE(at + 38) >>> 16) & 0o777,
      offset: directory.readUInt32LE(at + 42),
      name: directory.toString('utf8', at + ENTRY_RECORD_LENGTH, at + ENTRY_RECORD_LENGTH + nameLength),
    };
    at += ENTRY_RECORD_LENGTH + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
}

function contentOf(file, { method, length, offset }) {
  const header = readAt(file, offset, FILE_HEADER_LENGTH);
  const start = offset + FILE_HEADER_LENGTH + header.readUInt16LE(26) + header.readUInt16LE(28);
  const raw = readAt(file, start, length);
  return method === DEFLATED ? inflateRawSync(raw) : raw;
}

function readAt(file, offset, length) {
  const buffer = Buffer.alloc(length);
  if (readSync(file, buffer, 0, length, offset) !== length) throw new Error('the zip file is cut off');
  return buffer;
}
