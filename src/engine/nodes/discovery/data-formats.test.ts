import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDuckDbRunner } from '../../adapters/duckdb/duckdb-runner.ts';
import { nodeDataFiles } from '../../adapters/duckdb/node-data-files.ts';
import type { InputReader } from '../../ports/input-reader.ts';
import { discover } from './discover.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const cities = ['Zürich', 'Genève', 'Bern'];
const rows = Array.from({ length: 300 }, (_, i) => ({
  id: i + 1,
  city: cities[i % 3] ?? '',
  due: `2024-01-${String((i % 28) + 1).padStart(2, '0')}`,
  amount: (i % 40) + 0.25,
}));
const csv = `id,city,due,amount\n${rows.map((row) => Object.values(row).join(',')).join('\n')}\n`;
const local = `id;city;due;amount\n${rows
  .map(({ id, city, due, amount }) => {
    const [year, month, day] = due.split('-');
    return [id, city, `${day}.${month}.${year}`, String(amount).replace('.', ',')].join(';');
  })
  .join('\n')}\n`;
const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join('');

describe('discovery of the same rows in each format', () => {
  it.each([
    ['csv', 'CSV', csv],
    ['csv', 'gzip', gzipSync(csv)],
    ['csv', 'UTF-16', Buffer.from(`\uFEFF${csv}`, 'utf16le')],
    ['csv', 'Windows-1252', Buffer.from(csv, 'latin1')],
    ['csv', 'decimal commas and local dates', local],
    ['json', 'JSON', JSON.stringify(rows)],
    ['json', 'NDJSON', lines],
    ['json', 'NDJSON in gzip', gzipSync(lines)],
  ] as const)('finds types and figures: %s, %s', async (format, kind, content) => {
    const name = `${kind}.dat`;
    const path = join(folder, name);
    await writeFile(path, content);
    const input = { id: 'a', path, name, role: 'source', format, dialect: null, bytes: 1, sha256: '' } as const;
    const dependencies = { dataFiles: nodeDataFiles, sql: createDuckDbRunner(), reader: {} as InputReader };
    const context = { signal: new AbortController().signal, report: () => undefined };
    const found = await discover({ inputs: [input], settings: { profileRows: null } }, dependencies, context);
    const types = found.source[0]?.tables[0]?.columns.map(({ type }) => type);
    expect(types).toEqual(['integer', 'string', 'date', 'float']);
    const [profile] = found.profiles;
    expect(profile).toMatchObject({ rows: 300, duplicateRows: 0, candidateKeys: [['id']] });
    expect(profile?.columns).toMatchObject([
      { nulls: 0, distinct: 300, min: '1', max: '300' },
      { nulls: 0, distinct: 3, min: 'Bern', max: 'Zürich', minLength: 4, maxLength: 6 },
      { nulls: 0, distinct: 28, min: '2024-01-01', max: '2024-01-28' },
      { nulls: 0, distinct: 40, min: '0.25', max: '39.25' },
    ]);
    expect(found.diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });
});
