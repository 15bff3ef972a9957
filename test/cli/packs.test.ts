/** A person's own domain packs: checked with the line of a mistake, and used by matching. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { portolan } from './command-line.ts';

const pack = `id: lighthouse
title: Lighthouses
version: 1
tables:
  - name: lamp
    meaning: A lamp in a tower
    columns:
      - { name: bulb_count, type: integer, meaning: How many bulbs, aliases: [ZQX7] }
`;

describe('portolan packs', () => {
  it('names file and line of a mistake', async () => {
    const file = join(temporaryFolder(), 'bad.yaml');
    writeFileSync(file, pack.replace('type: integer', 'type: number'));
    const { status, stdout } = await portolan(['packs', 'check', file]);
    expect({ status, said: stdout.split('\n')[0] }).toEqual({
      status: 1,
      said: expect.stringContaining(`${file}:8  tables.0.columns.0.type`) as string,
    });
  });

  it('gives the shipped billing schema as tables to map to', async () => {
    const { stdout } = await portolan(['packs', 'show', 'utility-billing', '--ddl']);
    for (const table of [
      'customer',
      'account',
      'premise',
      'service_point',
      'meter',
      'meter_reading',
      'rate',
      'bill',
      'charge',
      'payment',
      'collection',
    ])
      expect(stdout).toContain(`CREATE TABLE ${table} (`);
  });

  it('lets an own pack explain a name that says nothing by itself, and stops at a broken one', async () => {
    const folder = temporaryFolder();
    const packs = join(folder, 'packs');
    mkdirSync(packs);
    const [source, target] = [join(folder, 's.sql'), join(folder, 't.sql')];
    writeFileSync(source, 'CREATE TABLE T1 (ZQX7 INTEGER, AAA INTEGER);');
    writeFileSync(target, 'CREATE TABLE lamp (height INTEGER, bulb_count INTEGER, colour INTEGER);');
    const map = ['map', '--source', source, '--target', target, '--domain', 'lighthouse', '--json'];
    writeFileSync(join(packs, 'lighthouse.yaml'), pack);
    const { stdout } = await portolan(map, { env: { PORTOLAN_PACKS: packs } });
    const { mappings } = JSON.parse(stdout) as {
      mappings: readonly { source: { column: string }; candidates: readonly { column: string }[] }[];
    };
    expect(mappings.find((mapping) => mapping.source.column === 'ZQX7')?.candidates[0]?.column).toBe('bulb_count');
    writeFileSync(join(packs, 'broken.yaml'), 'id: [');
    expect(await portolan(map, { env: { PORTOLAN_PACKS: packs } })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('broken.yaml') as string,
    });
  });
});
