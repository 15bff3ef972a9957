import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PreparedDataFile } from '../../ports/data-files.ts';
import { nodeDataFiles } from './node-data-files.ts';
import { EncodingProbe } from './text-encoding.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const text = 'id,city\n1,Zürich\n2,Århus – harbour\n';

async function prepare(
  content: Uint8Array | string,
  name = 'x.csv',
): Promise<PreparedDataFile & { readonly written: string }> {
  const path = join(folder, name);
  await writeFile(path, content);
  return { ...(await nodeDataFiles.prepare(path, name)), written: path };
}

function utf16be(content: string): Buffer {
  return Buffer.from(content, 'utf16le').swap16();
}

const windows1252 = Buffer.from(text.replace('–', '\u0096'), 'latin1');

describe('preparing a data file', () => {
  it('reads UTF-8 where it lies', async () => {
    const prepared = await prepare(text);
    expect(prepared).toMatchObject({ encoding: 'utf-8', head: text, diagnostics: [] });
    expect(prepared.path).toBe(prepared.written);
  });

  it.each([
    ['windows-1252', windows1252],
    ['utf-16le', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])],
    ['utf-16be', Buffer.concat([Buffer.from([0xfe, 0xff]), utf16be(text)])],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16be', utf16be(text)],
  ])('decodes %s into a copy that is removed again', async (encoding, bytes) => {
    const prepared = await prepare(bytes);
    expect(prepared).toMatchObject({ encoding, head: text, diagnostics: [] });
    expect(await readFile(prepared.path, 'utf8')).toBe(text);
    expect(prepared.bytes).toBe(Buffer.byteLength(text));
    await prepared.dispose();
    expect(existsSync(prepared.path)).toBe(false);
  });

  it('unpacks gzip whatever the file is called', async () => {
    const prepared = await prepare(gzipSync(windows1252), 'x.dat');
    expect(await readFile(prepared.path, 'utf8')).toBe(text);
    await prepared.dispose();
  });

  it('keeps UTF-8 with some damaged bytes, counts them and names the first line', async () => {
    const prepared = await prepare(
      Buffer.concat([Buffer.from(`${text}3,Kraków ünd\n4,`), Buffer.from([0xc3, 0x28, 0x0a])]),
    );
    expect(prepared.diagnostics).toMatchObject([
      { severity: 'warning', line: 5, message: expect.stringContaining('1 characters of x.csv') as string },
    ]);
    await prepared.dispose();
  });

  it.each([
    ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 62, 0, 1, 0])],
    ['random bytes', Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * index * 31 + index * 7) % 256))],
  ])('says that %s is not text', async (_, bytes) => {
    const prepared = await prepare(bytes);
    expect(prepared.diagnostics).toMatchObject([
      {
        severity: 'error',
        file: 'x.csv',
        message: expect.stringContaining('export the data as CSV in UTF-8') as string,
      },
    ]);
  });

  it.each([
    ['a DOS code page', Buffer.from('id,city\n1,Z\u0081rich\n', 'latin1')],
    ['Shift JIS', Buffer.from([0x69, 0x64, 0x0a, 0x93, 0x8c, 0x8b, 0x9e, 0x81, 0x45, 0x0a])],
    ['UTF-16 with a broken character', Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00, 0x0a, 0x00])],
  ])('asks for UTF-8 instead of guessing at %s', async (_, bytes) => {
    const prepared = await prepare(bytes);
    expect(prepared.diagnostics).toMatchObject([
      { severity: 'error', message: expect.stringContaining('save it as UTF-8') as string },
    ]);
    await prepared.dispose();
  });

  it('names the file and the remedy when it cannot be opened', async () => {
    await expect(nodeDataFiles.prepare(join(folder, 'absent.csv'), 'absent.csv')).rejects.toMatchObject({
      code: 'INPUT_UNREADABLE',
      message: 'absent.csv does not exist',
    });
    await expect(nodeDataFiles.prepare(folder, 'folder')).rejects.toMatchObject({
      code: 'INPUT_UNREADABLE',
      message: 'folder is a folder',
    });
    await writeFile(join(folder, 'cut.csv.gz'), gzipSync(text).subarray(0, 20));
    await expect(nodeDataFiles.prepare(join(folder, 'cut.csv.gz'), 'cut.csv.gz')).rejects.toMatchObject({
      code: 'INPUT_UNREADABLE',
      message: expect.stringContaining('damaged gzip') as string,
    });
  });
});

describe('recognising the encoding of a stream', () => {
  it('does not depend on where the chunks are cut', () => {
    const samples = [text, '東京,大阪\n', 'plain\n', '😀,x\n'].map((sample) => Buffer.from(sample.repeat(3)));
    fc.assert(
      fc.property(
        fc.constantFrom(...samples, windows1252),
        fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 60 }),
        (bytes, cuts) => {
          const whole = new EncodingProbe();
          whole.push(bytes);
          const parts = new EncodingProbe();
          let at = 0;
          for (const size of cuts) {
            if (at >= bytes.length) break;
            parts.push(bytes.subarray(at, at + size));
            at += size;
          }
          if (at < bytes.length) parts.push(bytes.subarray(at));
          // The byte order mark needs the first three bytes together; streams deliver far more.
          expect(parts.verdict()).toEqual(whole.verdict());
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });

  it('never fails, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const probe = new EncodingProbe();
        probe.push(bytes);
        expect(['text', 'damaged', 'binary', 'unknown']).toContain(probe.verdict().kind);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
