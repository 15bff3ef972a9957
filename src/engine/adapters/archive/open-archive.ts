import JSZip from 'jszip';
import { PortolanError } from '../../../shared/errors.ts';
import { compareText } from '../../core/text.ts';
import type { ArchiveEntry } from '../../ports/archive.ts';
import { readEntry } from './read-entry.ts';

export interface ArchiveLimits {
  /** Bytes of all entries together, unpacked. */
  readonly unpackedBytes: number;
  readonly entries: number;
  /** Archives within each other. */
  readonly depth: number;
}

export const archiveLimits: ArchiveLimits = { unpackedBytes: 200_000_000, entries: 5000, depth: 2 };

const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/** The files of a zip archive and of the archives in it, in the order of their names. Fits `OpenArchive`. */
export async function openArchive(
  bytes: Uint8Array,
  file: string,
  limits: ArchiveLimits = archiveLimits,
): Promise<readonly ArchiveEntry[]> {
  const opening = new Opening(file, limits);
  await opening.open(bytes, '', 1);
  return opening.found;
}

class Opening {
  readonly found: ArchiveEntry[] = [];
  readonly #file: string;
  readonly #limits: ArchiveLimits;
  #bytes = 0;
  #entries = 0;

  constructor(file: string, limits: ArchiveLimits) {
    this.#file = file;
    this.#limits = limits;
  }

  async open(bytes: Uint8Array, prefix: string, depth: number): Promise<void> {
    const zip = await JSZip.loadAsync(bytes).catch((thrown: unknown) => {
      throw this.#damaged(thrown);
    });
    const entries = Object.values(zip.files)
      .filter((entry) => !entry.dir)
      .sort((a, b) => compareText(a.name, b.name));
    this.#entries += entries.length;
    if (this.#entries > this.#limits.entries) throw this.#refused(`holds more than ${this.#limits.entries} files`);
    for (const entry of entries) {
      const content = await this.#read(entry);
      const name = `${prefix}${entry.name}`;
      if (isZip(content) && depth < this.#limits.depth) await this.open(content, `${name}/`, depth + 1);
      else this.found.push({ name, bytes: content });
    }
  }

  async #read(entry: JSZip.JSZipObject): Promise<Uint8Array> {
    try {
      return await readEntry(entry, (size) => {
        this.#bytes += size;
        if (this.#bytes > this.#limits.unpackedBytes)
          throw this.#refused(`unpacks to more than ${Math.round(this.#limits.unpackedBytes / 1e6)} MB`);
      });
    } catch (thrown) {
      throw thrown instanceof PortolanError ? thrown : this.#damaged(thrown);
    }
  }

  #refused(what: string): PortolanError {
    return new PortolanError('INPUT_INVALID', `${this.#file} ${what}`, {
      hint: 'Export fewer jobs into one archive, or unpack it and add its files.',
      where: { file: this.#file },
    });
  }

  #damaged(cause: unknown): PortolanError {
    return new PortolanError('INPUT_INVALID', `${this.#file} is damaged and cannot be unpacked`, {
      hint: 'Export it again.',
      where: { file: this.#file },
      cause,
    });
  }
}
