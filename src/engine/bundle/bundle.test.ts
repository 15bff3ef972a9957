import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mapping } from '../../../test/support/builders.ts';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { ProjectSettings, type RunState } from '../../shared/model/project.ts';
import { nodeFiles } from '../adapters/files/node-files.ts';
import { buildBundle } from './build-bundle.ts';
import { MANIFEST_FILE } from './manifest.ts';
import { verifyBundle } from './verify-bundle.ts';

const state: RunState = {
  settings: ProjectSettings.parse({ title: 'Lakeside' }),
  inputs: [
    {
      id: 'i',
      name: 'legacy.sql',
      path: '/home/someone/secret-place/legacy.sql',
      role: 'source',
      format: 'ddl',
      dialect: null,
      sha256: 'a'.repeat(64),
      bytes: 10,
    },
  ],
  mappings: [mapping('A.=cmd()', 'b.c', { rationale: 'password=hunter2' })],
};
const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
const build = (): ReadonlyMap<string, Uint8Array> =>
  buildBundle({ state, decisions: [], generator: 'portolan test', sha256 });

async function written(): Promise<string> {
  const folder = join(temporaryFolder(), 'bundle');
  await nodeFiles.replaceFolder(folder, build(), MANIFEST_FILE);
  return folder;
}

describe('a bundle', () => {
  it('verifies as it was written', async () => {
    expect(await verifyBundle(await written(), nodeFiles)).toMatchObject({ verified: true, problems: [] });
  });

  it('does not verify when a file was changed, removed or added', async () => {
    const folder = await written();
    appendFileSync(join(folder, 'mappings/mappings.csv'), 'x');
    rmSync(join(folder, 'review/decisions.json'));
    writeFileSync(join(folder, 'extra.txt'), '');
    expect((await verifyBundle(folder, nodeFiles)).problems).toEqual([
      'extra.txt is not in the manifest',
      'mappings/mappings.csv was changed',
      'review/decisions.json is missing',
    ]);
  });

  it('replaces an older bundle as a whole, and refuses a folder that holds something else', async () => {
    const folder = await written();
    await nodeFiles.replaceFolder(folder, build(), MANIFEST_FILE);
    rmSync(join(folder, MANIFEST_FILE));
    await expect(nodeFiles.replaceFolder(folder, build(), MANIFEST_FILE)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });

  it('holds no path of the machine, no secret and no cell that a spreadsheet would run', () => {
    const text = [...build().values()].map((bytes) => new TextDecoder().decode(bytes)).join('\n');
    expect([text.includes('/home/someone'), text.includes('hunter2'), /(?:^|,)=cmd/m.test(text)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('says plainly that a folder is no bundle', async () => {
    await expect(verifyBundle(temporaryFolder(), nodeFiles)).rejects.toMatchObject({
      code: 'INPUT_UNREADABLE',
      hint: expect.stringContaining('manifest.json') as string,
    });
    const folder = await written();
    writeFileSync(join(folder, MANIFEST_FILE), readFileSync(join(folder, MANIFEST_FILE)).subarray(0, 40));
    await expect(verifyBundle(folder, nodeFiles)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });
});
