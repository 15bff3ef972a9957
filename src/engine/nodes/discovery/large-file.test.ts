import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampledRows } from '../../../shared/model/profile.ts';
import { createDuckDbRunner } from '../../adapters/duckdb/duckdb-runner.ts';
import { nodeDataFiles } from '../../adapters/duckdb/node-data-files.ts';
import { writeExcerpt } from '../../adapters/duckdb/write-excerpt.ts';
import type { DataFiles } from '../../ports/data-files.ts';
import type { InputReader } from '../../ports/input-reader.ts';
import { discover } from './discover.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const rows = 60_000;
const line = (i: number): string => `${i},A${i % 90},${i === rows - 5 ? ' padded' : `n${i % 3}`},${(i % 40) / 8}\n`;
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => line(from + i)).join('');
const header = 'ORDER_ID,ACCT_NO,STATE,AMT\n';

/** Treats every file as too large, its first and last thousand rows as the excerpt. */
const large: DataFiles = {
  ...nodeDataFiles,
  prepare: async (...given) => {
    const prepared = await nodeDataFiles.prepare(...given);
    const excerpt = join(folder, 'excerpt.csv');
    await writeFile(excerpt, `${header}${lines(0, 1000)}${lines(rows - 1000, rows)}`);
    return { ...prepared, excerpt: async () => excerpt };
  },
};

async function profile(dataFiles: DataFiles, signal: AbortSignal, report: () => void = () => undefined) {
  const path = join(folder, 'orders.csv');
  await writeFile(path, `${header}${lines(0, rows)}`);
  const input = {
    id: 'a',
    path,
    name: 'orders.csv',
    role: 'source',
    format: 'csv',
    dialect: null,
    bytes: 1,
    sha256: '',
  } as const;
  const dependencies = { dataFiles, sql: createDuckDbRunner(), reader: {} as InputReader };
  return discover({ inputs: [input], settings: { profileRows: null } }, dependencies, { signal, report });
}

describe('profiling a file that is too large to be held', () => {
  it('counts exactly what it says it counts, and says what is sampled', async () => {
    const never = new AbortController().signal;
    const [found] = (await profile(large, never)).profiles;
    const [whole] = (await profile(nodeDataFiles, never)).profiles;
    expect(found).toMatchObject({ rows, duplicateRows: 0, candidateKeys: [['ORDER_ID']], sampledEvery: 30 });
    expect([found, whole].map((profiled) => profiled && sampledRows(profiled))).toEqual([2000, null]);
    const exact = (profiled: typeof found) =>
      profiled?.columns.map(({ name, nulls, min, max, semanticType }) => ({ name, nulls, min, max, semanticType }));
    expect(exact(found)).toEqual(exact(whole));
    expect(found?.columns.map(({ distinct }) => distinct)).toEqual(whole?.columns.map(({ distinct }) => distinct));
    expect(found?.sample).toEqual(whole?.sample);
    expect(found?.issues).toEqual(whole?.issues);
    expect(found?.issues).toMatchObject([{ kind: 'whitespace', column: 'STATE', rows: 1 }]);
    expect(found?.columns[1]?.top[0]?.count).toBeGreaterThan(300);
  });

  it('stops while it is measuring when it is cancelled, and leaves nothing behind', async () => {
    const temporary = join(folder, 'temporary');
    await mkdir(temporary);
    const usual = process.env['TMPDIR'];
    process.env['TMPDIR'] = temporary;
    try {
      const cancel = new AbortController();
      const started = profile(large, cancel.signal, () => void setTimeout(() => cancel.abort(), 5));
      await expect(started).rejects.toMatchObject({ code: 'CANCELLED' });
      expect(await readdir(temporary)).toEqual([]);
    } finally {
      if (usual === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = usual;
    }
  });
});

describe('the excerpt of a large file', () => {
  it('holds whole lines from all over it, the first and the last among them', async () => {
    const path = join(folder, 'big.csv');
    const to = join(folder, 'big-excerpt.csv');
    const block = Array.from(
      { length: 100_000 },
      (_, i) => `${String(i).padStart(6, '0')},some text of the row\n`,
    ).join('');
    const content = `first line\n${block.repeat(40)}last line`;
    await writeFile(path, content);
    expect(await writeExcerpt(path, content.length, to)).toBe(true);
    const taken = (await readFile(to, 'utf8')).split('\n');
    expect(taken[0]).toBe('first line');
    expect(taken.at(-2)).toBe('last line');
    expect(taken.at(-1)).toBe('');
    expect(taken.slice(1, -2).filter((text) => !/^\d{6},some text of the row$/.test(text))).toEqual([]);
    expect(taken.length).toBeGreaterThan(100_000);
  });

  it('is not made of a file that can be held', async () => {
    expect(await writeExcerpt(join(folder, 'orders.csv'), 1000, join(folder, 'none.csv'))).toBe(false);
    expect(existsSync(join(folder, 'none.csv'))).toBe(false);
  });
});
