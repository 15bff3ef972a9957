import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { dsxOf } from '../../../../test/support/datastage-dsx.ts';
import type { EtlFile } from '../../../shared/model/etl.ts';
import { archiveLimits, openArchive } from '../../adapters/archive/open-archive.ts';
import { detectFormat } from '../../readers/detect-format.ts';
import { readInput } from '../../readers/read-text-input.ts';
import { convertFile } from '../convert.ts';

const id = { name: 'ID', type: 4, precision: 10 };
const job = dsxOf({
  name: 'load',
  stages: [
    { name: 'S', type: 'PxSequentialFile' },
    { name: 'Cleaning', type: 'CContainerStage', own: { SharedContainer: 'scClean' } },
    { name: 'T', type: 'PxSequentialFile' },
  ],
  links: [
    { name: 'in', from: 'S', to: 'Cleaning', columns: [id] },
    { name: 'out', from: 'Cleaning', to: 'T', columns: [id] },
  ],
});
const container = dsxOf({
  name: 'scClean',
  shared: true,
  views: ['Clean'],
  stages: [{ name: 'C', type: 'PxCopy' }],
  links: [
    { name: 'in', from: 'Clean', to: 'C', columns: [id] },
    { name: 'out', from: 'C', to: 'Clean', columns: [id] },
  ],
});
const xml = `<?xml version="1.0"?><DSExport><Job Identifier="other"><Record Identifier="ROOT" Type="JobDefn"><Property Name="Name">other</Property></Record></Job></DSExport>`;

type Content = Readonly<Record<string, string | Uint8Array>>;

async function zip(content: Content, compression: 'STORE' | 'DEFLATE' = 'DEFLATE'): Promise<Uint8Array> {
  const archive = new JSZip();
  for (const [name, text] of Object.entries(content)) archive.file(name, text);
  return archive.generateAsync({ type: 'uint8array', compression });
}

async function read(content: Content): Promise<EtlFile> {
  const request = { path: 'a.isx', name: 'a.isx', format: 'datastage', dialect: null } as const;
  const result = await readInput(await zip(content), request, openArchive);
  if (result.kind !== 'etl') throw new Error('no export');
  return result.etl;
}

describe('DataStage archives', () => {
  it('exports as text and as XML are read as one file, and jobs find the containers of other entries', async () => {
    const file = await read({ 'Jobs/load.dsx': job, 'Shared/clean.dsx': container, 'other.xml': xml });
    expect(file.file).toBe('a.isx');
    expect(file.version).toBe('11.5');
    expect(file.mappings.map((one) => [one.name, one.kind])).toEqual([
      ['load', 'mapping'],
      ['scClean', 'mapplet'],
      ['other', 'mapping'],
    ]);
    expect(file.diagnostics).toEqual([]);
    const { pipelines } = convertFile(file, { dialect: 'duckdb', reproducibleTime: null });
    expect(pipelines[0]?.nodes.map((one) => one.id)).toEqual(['S', 'Cleaning__C', 'T']);
  });

  it('archives within the archive are opened once', async () => {
    const inner = await zip({ 'load.dsx': job });
    expect((await read({ 'load.pjb': inner })).mappings.map((one) => one.name)).toEqual(['load']);
    const deep = await zip({ 'more.zip': inner });
    const file = await read({ 'most.zip': deep });
    expect(file.mappings).toEqual([]);
    expect(file.diagnostics[0]?.message).toContain('1 .zip (binary)');
  });

  it('what is no export is named with its kind, and what can be read is read', async () => {
    const binary = Uint8Array.from([0, 1, 2, 0, 255, 0]);
    const mixed = await read({
      'META-INF/MANIFEST.MF': 'x',
      'a.dsx': job,
      'b.pjb': '<ds:DSJobDef xmlns:ds="x"/>',
      'c.tbd': binary,
    });
    expect(mixed.mappings).toHaveLength(1);
    expect(mixed.diagnostics).toMatchObject([{ severity: 'warning' }]);
    expect(mixed.diagnostics[0]?.message).toContain(
      '2 of 3 files in the archive are no DataStage export as text or XML; inside: 1 .pjb (XML, <ds:DSJobDef>), 1 .tbd (binary)',
    );
    const nothing = await read({ 'b.pjb': 'free text' });
    expect(nothing.diagnostics).toMatchObject([{ severity: 'error' }]);
    expect(nothing.diagnostics[0]?.message).toContain('inside: 1 .pjb (text). Export the jobs as .dsx or XML');
    expect((await read({})).diagnostics[0]?.message).toContain('inside: no files');
  });

  it('defects are told with the entry that they are in', async () => {
    const file = await read({ 'cut.dsx': job.slice(0, 400) });
    expect(file.diagnostics.map((one) => one.file)).toContain('a.isx/cut.dsx');
    expect(file.diagnostics.find((one) => one.severity === 'error')?.message).toContain('is truncated');
  });

  it('more bytes or entries than the limit, at any depth, and damage are refused', async () => {
    const bomb = await zip({ 'a.dsx': 'BEGIN HEADER\n'.repeat(200_000) });
    expect(bomb.length).toBeLessThan(50_000);
    const limits = { ...archiveLimits, unpackedBytes: 2_000_000 };
    await expect(openArchive(bomb, 'a.isx', limits)).rejects.toThrow('a.isx unpacks to more than 2 MB');
    const nested = await zip({ 'x.zip': bomb });
    await expect(openArchive(nested, 'a.isx', limits)).rejects.toThrow('unpacks to more than 2 MB');
    const many = await zip({ a: 'x', b: 'y', c: 'z' });
    await expect(openArchive(many, 'a.isx', { ...limits, entries: 2 })).rejects.toThrow('holds more than 2 files');
    const damaged = (await zip({ 'a.dsx': job })).subarray(0, 300);
    await expect(openArchive(damaged, 'a.isx')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('an archive is known by what lies in it, whatever its name', async () => {
    expect(detectFormat('export.zip', await zip({ 'Jobs/load.dsx': job })).format).toBe('datastage');
    expect(detectFormat('export.bin', await zip({ 'x.tbd': 'a', 'load.pjb': 'b' })).format).toBe('datastage');
    expect(detectFormat('export.isx', await zip({ readme: 'x' })).format).toBe('datastage');
    expect(detectFormat('export.zip', await zip({ 'readme.txt': 'load.dsx' }, 'STORE')).format).toBe('unknown');
  });
});
