import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDuckDbRunner } from '../../adapters/duckdb/duckdb-runner.ts';
import { nodeDataFiles } from '../../adapters/duckdb/node-data-files.ts';
import type { DataSource } from './data-load.ts';
import { readDataSchema } from './read-data-schema.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Both {
  readonly whole: DataSource;
  readonly large: DataSource;
  readonly view: readonly (readonly unknown[])[];
  readonly excerptRows: number;
}

/** The same file read as one that can be held, and as one that is too large, with `excerpt` as what is seen of it first. */
async function both(content: string, excerpt: string): Promise<Both> {
  const path = join(folder, 'rows.csv');
  const excerptPath = join(folder, 'excerpt.csv');
  await writeFile(path, content);
  await writeFile(excerptPath, excerpt);
  const prepared = await nodeDataFiles.prepare(path, 'rows.csv');
  const session = await createDuckDbRunner().open({ readable: [path, excerptPath] });
  try {
    const whole = await readDataSchema(session, prepared, 'csv');
    const large = await readDataSchema(session, prepared, 'csv', excerptPath);
    await session.run(large.load?.large?.createViewSql('seen') ?? '');
    await session.run(large.load?.large?.createExcerptSql('part') ?? '');
    const { rows } = await session.query('SELECT * FROM seen', 3);
    const part = await session.query('SELECT count(*) FROM part');
    return { whole, large, view: rows, excerptRows: Number(part.rows[0]?.[0]) };
  } finally {
    await session.close();
    await prepared.dispose();
  }
}

const line = (i: number): string =>
  `${i + 1},${(i % 50) / 4},2024-01-${String((i % 28) + 1).padStart(2, '0')},n${i % 7},`;
const header = 'id,amount,day,note,late\n';
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => `${line(from + i)}\n`).join('');
const figuresOf = (found: Both, name: string) => found.large.load?.large?.figures.get(name);

describe('a file that is too large to be held', () => {
  it('gets the schema that reading it whole gives, and exact figures', async () => {
    const found = await both(`${header}${lines(0, 30_000)}`, `${header}${lines(0, 500)}${lines(29_500, 30_000)}`);
    expect(found.large.schema).toEqual(found.whole.schema);
    expect(found.large.load).toMatchObject({ rows: 30_000, unreadableRows: 0 });
    expect(figuresOf(found, 'id')).toEqual({
      nulls: 0,
      distinct: 30_000,
      isExact: true,
      min: '1',
      max: '30000',
      minLength: null,
      maxLength: null,
    });
    expect(figuresOf(found, 'amount')).toMatchObject({ nulls: 0, distinct: 50, min: '0.0', max: '12.25' });
    expect(figuresOf(found, 'note')).toMatchObject({ distinct: 7, min: 'n0', max: 'n6', minLength: 2, maxLength: 2 });
    expect(figuresOf(found, 'late')).toMatchObject({ nulls: 30_000, distinct: 0, min: null });
    expect(found.view[1]).toEqual([2n, 0.25, '2024-01-02', 'n1', null]);
    expect(found.excerptRows).toBe(1000);
  });

  it.each([
    ['a leading zero', '00123,1,2024-01-01,x,', 'id'],
    ['a number among the dates', '31,1,20240101,x,', 'day'],
    ['a word among the numbers', '31,N/A,2024-01-01,x,', 'amount'],
    ['the first value of a column', '31,1,2024-01-01,x,77', 'late'],
    ['a decimal among whole numbers', '1.5,1,2024-01-01,x,', 'id'],
    ['an infinite date', '31,1,infinity,x,', 'day'],
  ])('finds %s that only the middle of the file holds', async (_, odd, name) => {
    const found = await both(
      `${header}${lines(0, 5000)}${odd}\n${lines(5000, 9000)}`,
      `${header}${lines(0, 500)}${lines(8000, 9000)}`,
    );
    expect(found.large.schema).toEqual(found.whole.schema);
    const type = found.large.schema.tables[0]?.columns.find((column) => column.name === name)?.rawType;
    expect(type).toBe(name === 'late' ? 'BIGINT' : odd.startsWith('1.5') ? 'DOUBLE' : 'VARCHAR');
    expect(figuresOf(found, name)?.nulls).toBe(name === 'late' ? 9000 : 0);
  });

  it('counts a repeated key far from the excerpt', async () => {
    const found = await both(
      `${header}${lines(0, 5000)}${line(17)}\n${lines(5000, 9000)}`,
      `${header}${lines(0, 500)}${lines(8000, 9000)}`,
    );
    expect(figuresOf(found, 'id')).toMatchObject({ distinct: 9000, isExact: true });
    expect(found.large.load?.rows).toBe(9001);
  });

  const expectNear = (found: Both, name: string, count: number): void => {
    const distinct = figuresOf(found, name)?.distinct ?? 0;
    expect(Math.abs(distinct / count - 1)).toBeLessThan(0.06);
    expect(figuresOf(found, name)?.isExact).toBe(false);
  };

  it('estimates how many values there are from a part of their hashes, where they come in runs', async () => {
    const value = (i: number): string => `${i},${Math.floor(i / 6)}.25,k${Math.floor(i / 3)}\n`;
    const content = Array.from({ length: 120_000 }, (_, i) => value(i)).join('');
    const found = await both(`id,a,b\n${content}`, `id,a,b\n${content.slice(0, content.length / 2)}`);
    expectNear(found, 'a', 20_000);
    expectNear(found, 'b', 40_000);
  });

  it('estimates how many values there are from those that both halves of the excerpt hold', async () => {
    let state = 7;
    const drawn = (of: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * of);
    };
    // Half of the rows have one of few values: how often values repeat tells nothing of how many there are.
    const value = (i: number): string => `${i},${i % 2 === 0 ? i % 10 : drawn(30_000)},k${drawn(15_000)}\n`;
    const content = Array.from({ length: 150_000 }, (_, i) => value(i)).join('');
    const found = await both(`id,a,b\n${content}`, `id,a,b\n${content.slice(0, 200_000)}`);
    expectNear(found, 'a', 27_600);
    expectNear(found, 'b', 15_000);
  });

  it('does not believe the halves of the excerpt where rows are in the order of the values', async () => {
    const value = (i: number): string => `${i},${i % 2 === 0 ? i % 1000 : 1000 + Math.floor(i / 6)}\n`;
    const content = Array.from({ length: 120_000 }, (_, i) => value(i)).join('');
    const found = await both(`id,a\n${content}`, `id,a\n${content.slice(0, content.length / 2)}`);
    expectNear(found, 'a', 20_500);
  });

  it('proves that numbers with gaps far from the excerpt differ, and finds those that do not', async () => {
    const ids = (skip: number, twice: number): string =>
      Array.from({ length: 9000 }, (_, i) => `${i === skip ? 20_000 : i === twice ? i - 1 : i},x\n`).join('');
    const excerpt = `id,b\n${Array.from({ length: 500 }, (_, i) => `${i},x\n`).join('')}`;
    const gap = await both(`id,b\n${ids(5000, -1)}`, excerpt);
    expect(figuresOf(gap, 'id')).toMatchObject({ distinct: 9000, isExact: true, max: '20000' });
    const repeated = await both(`id,b\n${ids(-1, 5000)}`, excerpt);
    expect(figuresOf(repeated, 'id')).toMatchObject({ distinct: 8999, isExact: true });
  });

  it('is not misled by an excerpt that cuts a text of several lines', async () => {
    const text = (i: number): string => `${i},"first\nsecond ${i}"\n`;
    const content = `id,remark\n${Array.from({ length: 3000 }, (_, i) => text(i)).join('')}`;
    const found = await both(content, `id,remark\n${text(0)}${text(1)}second 7"\n8,"first\nsecond 8"\n9,"first\n`);
    expect(found.large.schema).toEqual(found.whole.schema);
    expect(found.large.load?.rows).toBe(3000);
    expect(figuresOf(found, 'id')).toMatchObject({ min: '0', max: '2999' });
  });
});
