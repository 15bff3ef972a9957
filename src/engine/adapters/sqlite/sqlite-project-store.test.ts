import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import type { PortolanError } from '../../../shared/errors.ts';
import { openSqliteProjectStore } from './sqlite-project-store.ts';

function failureOf(work: () => unknown): PortolanError {
  try {
    work();
  } catch (thrown) {
    return thrown as PortolanError;
  }
  throw new Error('nothing was thrown');
}

const decision = {
  mappingId: 'A.B',
  verdict: 'approve',
  target: { schema: null, table: 't', column: 'c' },
  transformation: null,
  note: null,
  undoes: null,
  by: 'person',
} as const;
const checkpoint = {
  id: 'run-1-0',
  threadId: 'run-1',
  parentId: null,
  seq: 0,
  node: 'start',
  next: 'discovery',
  status: 'running',
  writes: ['inputs'],
  at: '2026-01-01T00:00:00.000Z',
  seconds: 0,
} as const;

describe('a project file', () => {
  it('gives back what was stored after it was closed', () => {
    const path = join(temporaryFolder(), 'a.portolan');
    const first = openSqliteProjectStore(path, 'create');
    first.saveSettings({ ...first.settings(), title: 'Lakeside' });
    first.saveInput({
      id: 'x',
      name: 'a.sql',
      path: '/a.sql',
      role: 'source',
      format: 'ddl',
      dialect: null,
      sha256: 'f'.repeat(64),
      bytes: 3,
    });
    first.appendDecisions([decision], '2026-01-01T00:00:00.000Z');
    first.checkpoints.put(checkpoint, { inputs: [1, 2], settings: { b: 1, a: 2 } });
    first.close();
    const second = openSqliteProjectStore(path, 'open');
    expect({
      title: second.settings().title,
      inputs: second.inputs().map((input) => input.name),
      decisions: second.decisions().map(({ seq, batch, mappingId }) => ({ seq, batch, mappingId })),
      state: second.checkpoints.latest('run-1')?.state,
      next: second.newThread(),
    }).toEqual({
      title: 'Lakeside',
      inputs: ['a.sql'],
      decisions: [{ seq: 1, batch: 1, mappingId: 'A.B' }],
      state: { inputs: [1, 2], settings: { a: 2, b: 1 } },
      next: 'run-2',
    });
    second.close();
  });

  it('stores a channel that did not change only once, however many checkpoints name it', () => {
    const path = join(temporaryFolder(), 'a.portolan');
    const store = openSqliteProjectStore(path, 'create');
    const big = { text: 'x'.repeat(1000) };
    store.checkpoints.put(checkpoint, { big });
    store.checkpoints.put({ ...checkpoint, id: 'run-1-1', seq: 1 }, { big: structuredClone(big), small: 1 });
    store.close();
    const raw = new Database(path, { readonly: true });
    expect(raw.prepare('SELECT count(*) FROM blobs').pluck().get()).toBe(2);
    raw.close();
  });

  it('a large channel stored ahead is the same as one stored in passing, and others have their turn meanwhile', async () => {
    const jobs = Array.from({ length: 20_000 }, (_, n) => ({
      n,
      notes: [`note ${n}`, { deep: [n] }],
      absent: undefined,
    }));
    const [one, two] = ['a', 'b'].map((name) => openSqliteProjectStore(join(temporaryFolder(), name), 'create'));
    let turns = 0;
    const turn = setInterval(() => (turns += 1));
    await one?.checkpoints.prepare({ jobs, small: [1] });
    clearInterval(turn);
    const [ahead, passing] = [one, two].map((store) => store?.checkpoints.put(checkpoint, { jobs, small: [1] }));
    expect(ahead?.stateHash).toBe(passing?.stateHash);
    expect(turns).toBeGreaterThan(0);
    const path = one?.path ?? '';
    one?.close();
    two?.close();
    const again = openSqliteProjectStore(path, 'open');
    expect(again.checkpoints.latest('run-1')?.state).toEqual({ jobs, small: [1] });
    again.close();
  });

  it('names the same state by the same hash, whatever the order of its keys', () => {
    const store = openSqliteProjectStore(join(temporaryFolder(), 'a.portolan'), 'create');
    const one = store.checkpoints.put(checkpoint, { a: { x: 1, y: 2 }, b: 3 });
    const two = store.checkpoints.put({ ...checkpoint, id: 'run-1-1', seq: 1 }, { b: 3, a: { y: 2, x: 1 } });
    store.close();
    expect(two.stateHash).toBe(one.stateHash);
  });

  it('refuses a file of another program and says what to open instead', () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, 'notes.portolan'),
      'just some text that is long enough to be read as a header of a database file, which it is not',
    );
    const other = new Database(join(folder, 'other.portolan'));
    other.exec('CREATE TABLE t (a)');
    other.close();
    mkdirSync(join(folder, 'folder.portolan'));
    const messages = ['notes', 'other', 'folder', 'absent'].map((name) => {
      const { code, message } = failureOf(() => openSqliteProjectStore(join(folder, `${name}.portolan`), 'open'));
      return [code, message];
    });
    expect(messages).toEqual([
      ['INPUT_INVALID', 'notes.portolan is not a Portolan project'],
      ['INPUT_INVALID', 'other.portolan is a database of another program, not a Portolan project'],
      ['INPUT_INVALID', 'folder.portolan is a folder, not a project'],
      ['INPUT_UNREADABLE', 'There is no project absent.portolan'],
    ]);
  });

  it('refuses a file of a newer version instead of damaging it', () => {
    const path = join(temporaryFolder(), 'a.portolan');
    openSqliteProjectStore(path, 'create').close();
    const raw = new Database(path);
    raw.pragma('user_version = 99');
    raw.close();
    expect(failureOf(() => openSqliteProjectStore(path, 'open')).message).toContain('newer Portolan');
  });

  it('keeps a second process out while it is open, and lets it in afterwards', () => {
    const path = join(temporaryFolder(), 'a.portolan');
    const script = `const D = require('better-sqlite3'); const d = new D(${JSON.stringify(`${path}-lock`)}, { timeout: 0 }); try { d.exec('BEGIN EXCLUSIVE'); console.log('in') } catch { console.log('out') }`;
    const tryOpen = (): string => spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' }).stdout.trim();
    const store = openSqliteProjectStore(path, 'create');
    const during = tryOpen();
    store.close();
    expect([during, tryOpen()]).toEqual(['out', 'in']);
  });
});
