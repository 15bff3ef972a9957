import { mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { sweepTemporaryFolders } from './sweep-temporary-folders.ts';

const now = Date.UTC(2030, 0, 10);
const HOUR = 60 * 60 * 1000;

describe('sweepTemporaryFolders', () => {
  it('removes its own folders of yesterday and nothing else', async () => {
    const root = temporaryFolder();
    const add = (name: string, ageHours: number): void => {
      mkdirSync(join(root, name));
      writeFileSync(join(root, name, 'spill'), 'x');
      const at = (now - ageHours * HOUR) / 1000;
      utimesSync(join(root, name), at, at);
    };
    add('portolan-sql-Ab12Cd', 30);
    add('portolan-data-Ab12Cd', 25);
    add('portolan-run-Ab12Cd', 48);
    add('portolan-sql-fresh1', 1);
    add('portolan-sql-too-long', 30);
    add('portolan-projects', 30);
    add('other-sql-Ab12Cd', 30);
    symlinkSync(join(root, 'portolan-projects'), join(root, 'portolan-sql-linked'));
    expect(await sweepTemporaryFolders(now, root)).toBe(3);
    expect(readdirSync(root).toSorted()).toEqual([
      'other-sql-Ab12Cd',
      'portolan-projects',
      'portolan-sql-fresh1',
      'portolan-sql-linked',
      'portolan-sql-too-long',
    ]);
  });

  it('is content where there is no temporary folder', async () => {
    expect(await sweepTemporaryFolders(now, join(temporaryFolder(), 'absent'))).toBe(0);
  });
});
