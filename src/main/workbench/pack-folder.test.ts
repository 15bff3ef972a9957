import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PackFolder } from './pack-folder.ts';
import { packEntries } from './pack-views.ts';

let root: string;
let folder: string;
let packs: PackFolder;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pack-folder-'));
  folder = join(root, 'packs');
  packs = new PackFolder(folder, () => 'telecom');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const harbour =
  'id: harbour\ntitle: Harbour dues\nversion: 1\nvocabulary: [berth, quay]\nabbreviations:\n  brth: berth\n';
const given = (name: string, text: string): string => {
  writeFileSync(join(root, name), text);
  return join(root, name);
};

describe('the folder of own packs', () => {
  it('need not exist: shipped packs are listed, and the one of the project is marked', async () => {
    const { packs: all } = await packs.list();
    expect(all.every((pack) => pack.origin === 'shipped' && !pack.replaced)).toBe(true);
    expect(all.filter((pack) => pack.used).map((pack) => pack.id)).toEqual(['telecom']);
    expect(existsSync(folder)).toBe(false);
  });

  it('takes a copy of a shipped pack in the place of it, and a second copy under another id', async () => {
    const first = await packs.copy('shipped:telecom');
    expect(first.chosen).toBe('own:telecom.yaml');
    expect(
      first.packs.filter(({ id }) => id === 'telecom').map(({ origin, replaced, used }) => [origin, replaced, used]),
    ).toEqual([
      ['own', false, true],
      ['shipped', true, false],
    ]);
    expect((await packs.copy('own:telecom.yaml')).chosen).toBe('own:telecom-2.yaml');
  });

  it('saves what is right and refuses what is not, with the line', async () => {
    const { chosen } = await packs.add([given('port.yaml', harbour)]);
    await packs.save(chosen ?? '', `${harbour}# seen\n`);
    await expect(packs.save(chosen ?? '', `${harbour}words: [x]\n`)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      where: { file: 'harbour.yaml', line: 7 },
    });
    expect(readFileSync(join(folder, 'harbour.yaml'), 'utf8')).toBe(`${harbour}# seen\n`);
    await expect(packs.save('shipped:telecom', harbour)).rejects.toThrow('cannot be changed');
  });

  it('refuses an id that another own pack has, at the line of the id', async () => {
    await packs.add([given('port.yaml', harbour)]);
    const { chosen } = await packs.create();
    expect(await packs.check(chosen ?? '', `# mine\n${harbour}`)).toEqual([
      { line: 2, message: 'id: harbour is the id of harbour.yaml already' },
    ]);
    expect(await packs.check('own:harbour.yaml', harbour)).toEqual([]);
  });

  it('lists a pack with a mistake, which knows nothing until it is corrected', async () => {
    await packs.create();
    writeFileSync(join(folder, 'bad.yaml'), 'id: Bad Id\n');
    const { packs: all } = await packs.list();
    expect(all.find((pack) => pack.file === 'bad.yaml')?.mistakes).toBeGreaterThan(0);
    await expect(packs.copy('own:bad.yaml')).rejects.toThrow('with mistakes');
    await expect(packs.add([given('worse.yaml', '{')])).rejects.toThrow('worse.yaml was not saved');
  });

  it('deletes own packs only, and nothing outside of the folder', async () => {
    await packs.add([given('port.yaml', harbour)]);
    await expect(packs.remove('own:../port.yaml')).rejects.toThrow('not there any more');
    await expect(packs.remove('shipped:telecom')).rejects.toThrow('cannot be deleted');
    await packs.remove('own:harbour.yaml');
    expect(existsSync(join(folder, 'harbour.yaml'))).toBe(false);
    expect(existsSync(join(root, 'port.yaml'))).toBe(true);
  });

  it('gives what a pack knows by kind and words', async () => {
    await packs.add([given('port.yaml', harbour)]);
    const page = { key: 'own:harbour.yaml', offset: 0, limit: 100 } as const;
    const all = await packEntries(packs, { ...page, kind: 'all', text: 'berth' });
    expect(all.entries.map(({ kind, name }) => [kind, name])).toEqual([
      ['abbreviation', 'brth'],
      ['word', 'berth'],
    ]);
    expect((await packEntries(packs, { ...page, kind: 'word', text: '' })).total).toBe(2);
  });
});
