/** The whole job passes where there is no network interface. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { contentOf, portolan, sampleArguments } from './command-line.ts';

const namespaces: readonly (readonly string[])[] = [
  ['unshare', '-n'],
  ['unshare', '-r', '-n'],
];

function works([command = '', ...words]: readonly string[]): boolean {
  try {
    execFileSync(command, [...words, 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const prefix = namespaces.find(works);
const absent = prefix === undefined ? ' (skipped: a network namespace is not permitted here)' : '';

describe.skipIf(prefix === undefined)(`without a network${absent}`, () => {
  it('run gives the same bundle as with one', async () => {
    const folder = temporaryFolder();
    const sample = await sampleArguments();
    const [alone, connected] = [join(folder, 'alone'), join(folder, 'connected')];
    const result = await portolan(['run', ...sample, '--out', alone], { prefix: prefix ?? [] });
    expect(result).toMatchObject({ status: 0 });
    expect((await portolan(['run', ...sample, '--out', connected])).status).toBe(0);
    expect(await contentOf(alone)).toEqual(await contentOf(connected));
  }, 180_000);
});
