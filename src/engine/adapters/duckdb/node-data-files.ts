/** Data files as DuckDB can read them: anything that is not plain UTF-8 is decoded into a temporary copy, as a stream. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { PortolanError } from '../../../shared/errors.ts';
import type { Diagnostic } from '../../../shared/model/schema.ts';
import type { DataFiles, HeldTable, PreparedDataFile } from '../../ports/data-files.ts';
import { EncodingProbe, type EncodingVerdict } from './text-encoding.ts';
import { writeExcerpt } from './write-excerpt.ts';

const headBytes = 262_144;
const chunkBytes = 1 << 20;
/** Guards against a small archive that unpacks without end. */
const unpackLimit = 20_000_000_000;

/** Prepares files on the local disk. Copies lie in the system's temporary folder until disposed of. */
export const nodeDataFiles: DataFiles = { prepare, hold };

async function prepare(path: string, file: string, signal?: AbortSignal): Promise<PreparedDataFile> {
  const temporary = new TemporaryFolder();
  try {
    return await prepared(resolve(path), { file, temporary, signal });
  } catch (thrown) {
    await temporary.remove();
    if (signal?.aborted === true) throw new PortolanError('CANCELLED', 'Cancelled', { cause: thrown });
    throw unreadable(thrown, file);
  }
}

async function hold(file: string, { name, header, csv }: HeldTable): Promise<PreparedDataFile> {
  const temporary = new TemporaryFolder();
  try {
    const path = join(await temporary.path(), 'table.csv');
    await writeFile(path, csv);
    const head = csv.slice(0, headBytes);
    const held = await finished({ file, temporary, signal: undefined }, { path, encoding: 'utf-8', head });
    return { ...held, known: { table: name, header } };
  } catch (thrown) {
    await temporary.remove();
    throw unreadable(thrown, file);
  }
}

interface Job {
  readonly file: string;
  readonly temporary: TemporaryFolder;
  readonly signal: AbortSignal | undefined;
}

type Found = Pick<PreparedDataFile, 'path' | 'encoding' | 'head'> & { readonly problem?: Diagnostic };

async function prepared(path: string, job: Job): Promise<PreparedDataFile> {
  const { file } = job;
  const facts = await stat(path);
  if (facts.isDirectory())
    throw new PortolanError('INPUT_UNREADABLE', `${file} is a folder`, {
      hint: 'Name the files in it',
      where: { file },
    });
  const magic = await firstBytes(path, 2);
  const source = magic[0] === 0x1f && magic[1] === 0x8b ? await unpacked(path, job) : path;
  const start = await firstBytes(source, headBytes);
  if (start.length >= 4 && start.toString('latin1', 0, 4) === 'PAR1')
    return finished(job, { path: source, encoding: 'binary', head: '' });
  const verdict = await encodingOf(source, job.signal);
  if (verdict.kind === 'binary' || verdict.kind === 'unknown') {
    return finished(job, { path: source, encoding: verdict.kind, head: '', problem: undecodable(file, verdict.kind) });
  }
  const head = new TextDecoder(verdict.encoding).decode(start, { stream: true });
  if (verdict.kind === 'text' && verdict.encoding === 'utf-8')
    return finished(job, { path: source, encoding: 'utf-8', head });
  return finished(job, await recoded(source, head, verdict, job));
}

/** A copy in UTF-8. UTF-16 must be free of errors; a few damaged characters of UTF-8 are replaced and counted. */
async function recoded(
  source: string,
  head: string,
  verdict: Extract<EncodingVerdict, { kind: 'text' | 'damaged' }>,
  job: Job,
): Promise<Found> {
  const { encoding } = verdict;
  const path = join(await job.temporary.path(), 'recoded.txt');
  const decoder = new TextDecoder(encoding, { fatal: encoding.startsWith('utf-16') });
  const damage = new DamageCount();
  const decode = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
    for await (const chunk of chunks) yield damage.pass(decoder.decode(chunk, { stream: true }));
    yield damage.pass(decoder.decode());
  };
  try {
    await pipeline(createReadStream(source), decode, createWriteStream(path), streamOptions(job.signal));
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown;
    return { path: source, encoding, head: '', problem: undecodable(job.file, 'unknown') };
  }
  if (verdict.kind === 'text') return { path, encoding, head };
  return { path, encoding, head, problem: damaged(job.file, damage.replaced, damage.firstLine) };
}

/** Counts replacement characters that pass by. */
class DamageCount {
  replaced = 0;
  firstLine: number | null = null;
  #line = 1;

  pass(text: string): string {
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code === 10) this.#line += 1;
      if (code !== 0xfffd) continue;
      this.replaced += 1;
      this.firstLine ??= this.#line;
    }
    return text;
  }
}

function streamOptions(signal: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

async function finished({ file, temporary, signal }: Job, { problem, ...found }: Found): Promise<PreparedDataFile> {
  const bytes = (await stat(found.path)).size;
  return {
    file,
    ...found,
    bytes,
    diagnostics: problem === undefined ? [] : [problem],
    excerpt: async () => {
      if (found.head === '') return null;
      const path = join(await temporary.path(), 'excerpt.txt');
      return (await writeExcerpt(found.path, bytes, path, signal)) ? path : null;
    },
    dispose: () => temporary.remove(),
  };
}

/** Made on first use, so that plain UTF-8 files leave no trace. */
class TemporaryFolder {
  #path: Promise<string> | undefined;

  path(): Promise<string> {
    this.#path ??= mkdtemp(join(tmpdir(), 'portolan-data-'));
    return this.#path;
  }

  async remove(): Promise<void> {
    if (this.#path !== undefined) await rm(await this.#path, { recursive: true, force: true });
    this.#path = undefined;
  }
}

async function firstBytes(path: string, length: number): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await handle.read(buffer, filled, length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await handle.close();
  }
}

async function unpacked(path: string, job: Job): Promise<string> {
  const copy = join(await job.temporary.path(), 'unpacked.txt');
  let bytes = 0;
  const limit = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > unpackLimit)
        throw new PortolanError('INPUT_UNREADABLE', 'The archive unpacks to more than 20 GB', {
          hint: 'Split the extract',
        });
      yield chunk;
    }
  };
  await pipeline(createReadStream(path), createGunzip(), limit, createWriteStream(copy), streamOptions(job.signal));
  return copy;
}

async function encodingOf(path: string, signal: AbortSignal | undefined): Promise<EncodingVerdict> {
  const probe = new EncodingProbe();
  const handle = await open(path, 'r');
  try {
    // Two buffers for the whole file, one filled while the other is looked at: a stream would allocate as much as the file is long.
    let [filled, spare] = [Buffer.allocUnsafe(chunkBytes), Buffer.allocUnsafe(chunkBytes)];
    let reading = handle.read(filled, 0, chunkBytes, null);
    for (;;) {
      const { bytesRead } = await reading;
      signal?.throwIfAborted();
      if (bytesRead === 0) return probe.verdict();
      reading = handle.read(spare, 0, chunkBytes, null);
      probe.push(filled.subarray(0, bytesRead));
      [filled, spare] = [spare, filled];
    }
  } finally {
    await handle.close();
  }
}

function undecodable(file: string, kind: 'binary' | 'unknown'): Diagnostic {
  const message =
    kind === 'binary'
      ? `${file} is not a text file, or holds NUL characters; export the data as CSV in UTF-8`
      : `${file} is in no encoding that can be recognised (UTF-8, UTF-16 and Windows-1252 are); save it as UTF-8`;
  return { severity: 'error', message, file, line: null, statement: null };
}

function damaged(file: string, replaced: number, line: number | null): Diagnostic {
  const message = `${replaced} characters of ${file} are not valid UTF-8 and are shown as \uFFFD; export it again as UTF-8`;
  return { severity: 'warning', message, file, line, statement: null };
}

function unreadable(thrown: unknown, file: string): PortolanError {
  if (thrown instanceof PortolanError) return thrown;
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const known = remedies.get(code);
  const message = known?.[0] ?? (code.startsWith('Z_') ? 'is a damaged gzip archive' : 'cannot be read');
  return new PortolanError('INPUT_UNREADABLE', `${basename(file)} ${message}`, {
    hint: known?.[1] ?? 'Copy or export the file again',
    where: { file },
    cause: thrown,
  });
}

const remedies: ReadonlyMap<string, readonly [message: string, hint: string]> = new Map([
  ['ENOENT', ['does not exist', 'Check the path and its spelling']],
  ['EACCES', ['cannot be read: no permission', 'Allow your user to read it, or copy it to your own folder']],
  ['EPERM', ['cannot be read: no permission', 'Allow your user to read it, or copy it to your own folder']],
  ['ENOSPC', ['cannot be decoded: the disk is full', 'Free some space and try again']],
]);
