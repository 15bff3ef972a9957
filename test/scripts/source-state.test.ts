import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sourceState } from '../../scripts/setup/source-state.mjs';

const folder = mkdtempSync(join(tmpdir(), 'portolan-sources-'));
const state = () => {
  const { listing, content } = sourceState(folder, ['src', 'absent.json'], (path) => !path.endsWith('.test.ts'));
  return { listing, content: content() };
};

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what a build is remembered by', () => {
  mkdirSync(join(folder, 'src/deep'), { recursive: true });
  writeFileSync(join(folder, 'src/deep/a.ts'), 'one');

  it('changes with a byte of a source, even of the same length', () => {
    const before = state();
    writeFileSync(join(folder, 'src/deep/a.ts'), 'two');
    utimesSync(join(folder, 'src/deep/a.ts'), 1, 1);
    const after = state();
    expect([after.listing === before.listing, after.content === before.content]).toEqual([false, false]);
  });

  it('keeps its content when only times change, so a checkout builds nothing', () => {
    const before = state();
    utimesSync(join(folder, 'src/deep/a.ts'), 2, 2);
    const after = state();
    expect([after.listing === before.listing, after.content === before.content]).toEqual([false, true]);
  });

  it('changes when a file appears, and not for a file that does not count', () => {
    const before = state();
    writeFileSync(join(folder, 'src/b.test.ts'), '');
    expect(state()).toEqual(before);
    writeFileSync(join(folder, 'src/b.ts'), '');
    expect(state().content).not.toBe(before.content);
  });
});
