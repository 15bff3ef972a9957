import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

async function file(role: 'source' | 'target', name: string, header: string, lines: readonly string[]) {
  const path = join(folder, `${role}-${name}`);
  await writeFile(path, `${[header, ...lines].join('\n')}\n`);
  return { id: `${role} ${name}`, path, name, role, format: 'csv', dialect: null, bytes: 1, sha256: '' } as const;
}

const numbers = Array.from({ length: 40 }, (_, i) => i);

describe('discover', () => {
  it('infers references of the source and of the target, each from its own values', async () => {
    const inputs = [
      await file(
        'source',
        'customer.csv',
        'customer_id,name',
        numbers.map((i) => `${100 + i},c${i}`),
      ),
      await file(
        'source',
        'orders.csv',
        'order_id,customer_id',
        numbers.map((i) => `${i},${100 + (i % 20)}`),
      ),
      await file(
        'target',
        'account.csv',
        'account_id,label',
        numbers.map((i) => `${500 + i},a${i}`),
      ),
      await file(
        'target',
        'payment.csv',
        'payment_id,account_id',
        numbers.map((i) => `${i},${500 + (i % 10)}`),
      ),
    ];
    const found = await discover(
      { inputs, settings: { profileRows: null } },
      { dataFiles: nodeDataFiles, sql: createDuckDbRunner(), reader: {} as InputReader },
      { signal: new AbortController().signal, report: () => undefined },
    );
    const ends = (relations: typeof found.relationships | undefined) =>
      relations?.map(({ from, to }) => `${from.table}.${from.column} -> ${to.table}.${to.column}`);
    expect(ends(found.relationships)).toEqual(['orders.customer_id -> customer.customer_id']);
    expect(ends(found.targetRelationships)).toEqual(['payment.account_id -> account.account_id']);
  });
});
