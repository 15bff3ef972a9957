import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { nodeFiles } from '../adapters/files/node-files.ts';
import type { Sha256 } from '../ports/hash.ts';
import { checkUnchanged, describeInput, inRunOrder } from './project-inputs.ts';

const sha256: Sha256 = (content) => createHash('sha256').update(content).digest('hex');
const describeFile = (path: string, role: Parameters<typeof describeInput>[1] = null) =>
  describeInput(path, role, nodeFiles, sha256);

describe('describeInput', () => {
  it('knows a file by name, content and role, wherever it lies', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'elsewhere'));
    for (const place of ['.', 'elsewhere']) writeFileSync(join(folder, place, 'a.sql'), 'CREATE TABLE a (id INT);');
    const here = await describeFile(join(folder, 'a.sql'), 'source');
    expect((await describeFile(join(folder, 'elsewhere/a.sql'), 'source')).id).toBe(here.id);
    expect((await describeFile(join(folder, 'a.sql'), 'target')).id).not.toBe(here.id);
  });

  it('guesses the role from format and place', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'target'));
    writeFileSync(join(folder, 'a.sql'), 'CREATE TABLE a (id INT);');
    writeFileSync(join(folder, 'target/b.sql'), 'CREATE TABLE b (id INT);');
    writeFileSync(
      join(folder, 'wf.xml'),
      '<?xml version="1.0"?>\n<!DOCTYPE POWERMART SYSTEM "powrmart.dtd">\n<POWERMART></POWERMART>',
    );
    const roles = ['a.sql', 'target/b.sql', 'wf.xml'].map(
      async (name) => (await describeFile(join(folder, name))).role,
    );
    expect(await Promise.all(roles)).toEqual(['source', 'target', 'etl']);
  });
});

describe('inRunOrder', () => {
  it('does not depend on the order given', async () => {
    const folder = temporaryFolder();
    for (const name of ['b.sql', 'a.sql', 'C.sql'])
      writeFileSync(join(folder, name), `CREATE TABLE ${name.slice(0, 1)} (id INT);`);
    const given = [
      await describeFile(join(folder, 'b.sql'), 'target'),
      await describeFile(join(folder, 'b.sql'), 'source'),
      await describeFile(join(folder, 'a.sql'), 'source'),
      await describeFile(join(folder, 'C.sql'), 'source'),
    ];
    const order = inRunOrder(given).map(({ role, name }) => `${role} ${name}`);
    expect(order).toEqual(['source C.sql', 'source a.sql', 'source b.sql', 'target b.sql']);
    expect(inRunOrder(given.toReversed())).toEqual(inRunOrder(given));
  });
});

describe('checkUnchanged', () => {
  it('refuses a file that was changed or is gone', async () => {
    const path = join(temporaryFolder(), 'a.sql');
    writeFileSync(path, 'CREATE TABLE a (id INT);');
    const input = await describeFile(path);
    await expect(checkUnchanged(input, nodeFiles)).resolves.toBeUndefined();
    writeFileSync(path, 'CREATE TABLE b (id INT);');
    await expect(checkUnchanged(input, nodeFiles)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: 'a.sql has changed since it was added',
    });
    await expect(checkUnchanged({ ...input, path: `${path}.gone` }, nodeFiles)).rejects.toMatchObject({
      code: 'INPUT_UNREADABLE',
    });
  });
});
