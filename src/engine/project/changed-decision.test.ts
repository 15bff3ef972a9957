import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { mapping, table, typed } from '../../../test/support/builders.ts';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { type Mapping, derivedId } from '../../shared/model/mapping.ts';
import type { RunState } from '../../shared/model/project.ts';
import { openSqliteProjectStore } from '../adapters/sqlite/sqlite-project-store.ts';
import { ProjectSession } from './project-session.ts';
import type { SessionDependencies } from './session-dependencies.ts';

const now = '2026-01-01T00:00:00Z';
const dependencies = {
  clock: { now: () => now, elapsed: () => 0 },
  sha256: (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex'),
} as unknown as SessionDependencies;

const fullName = { schema: null, table: 'customer', column: 'full_name' };
const merged: Mapping = {
  ...mapping('CUST.FNAME', 'customer.full_name', { status: 'needs_review' }),
  id: derivedId(fullName),
  sources: ['FNAME', 'LNAME'].map((column) => ({ schema: null, table: 'CUST', column })),
  transformation: { type: 'merge', expression: "CONCAT_WS(' ', FNAME, LNAME)" },
};
const proposals = [
  mapping('CUST.STAT', 'customer.state', { status: 'needs_review' }),
  mapping('CUST.FNAME', 'customer.full_name', { status: 'needs_review' }),
  mapping('CUST.LNAME', null),
  merged,
];
const tables = [
  table(
    'CUST',
    ['STAT', 'FNAME', 'LNAME'].map((name) => typed(name, 'string')),
  ),
];

let session: ProjectSession;
beforeEach(() => {
  const store = openSqliteProjectStore(join(temporaryFolder(), 'p.portolan'), 'create');
  session = new ProjectSession(store, dependencies);
  const schema = { file: 'a.sql', format: 'ddl' as const, dialect: null, diagnostics: [] };
  const state = {
    inputs: [],
    settings: session.settings(),
    proposals,
    discovery: { source: [{ ...schema, tables }], target: [{ ...schema, tables: [] }], profiles: [] },
  } as unknown as RunState;
  store.checkpoints.put(
    {
      id: 'run-1-0',
      threadId: store.newThread(),
      parentId: null,
      seq: 0,
      node: 'start',
      next: 'review',
      status: 'running',
      writes: Object.keys(state),
      at: now,
      seconds: 0,
    },
    state as unknown as Parameters<typeof store.checkpoints.put>[1],
  );
});

const lessons = (): readonly string[] =>
  session
    .patterns()
    .map((one) => `${one.sourceColumn} ${one.verdict} ${one.targetColumn ?? 'nothing'} ×${one.uses}`)
    .toSorted();
const statusOf = (id: string): string | undefined => session.mappings().find((one) => one.id === id)?.status;

describe('a decision that is made anew', () => {
  it('replaces the lesson of the one before; the log keeps both, and undo brings the first back', () => {
    session.decide([{ mappingId: 'CUST.STAT', verdict: 'approve' }], 'person');
    expect(lessons()).toEqual(['STAT approve state ×1']);
    session.decide([{ mappingId: 'CUST.STAT', verdict: 'modify', target: null }], 'person');
    expect(lessons()).toEqual(['STAT modify nothing ×1']);
    expect(session.decisions().map(({ verdict }) => verdict)).toEqual(['approve', 'modify']);
    session.undo();
    expect(lessons()).toEqual(['STAT approve state ×1']);
  });

  it('counts as one use where it says the same again', () => {
    session.decide([{ mappingId: 'CUST.STAT', verdict: 'approve' }], 'person');
    session.decide([{ mappingId: 'CUST.STAT', verdict: 'approve' }], 'person');
    expect(lessons()).toEqual(['STAT approve state ×1']);
  });
});

describe('a decision about a merged column', () => {
  it('settles the parts that go nowhere else, teaches the merge, and opens the parts again with undo', () => {
    session.decide([{ mappingId: merged.id, verdict: 'approve' }], 'person');
    expect([statusOf('CUST.FNAME'), statusOf('CUST.LNAME'), statusOf('CUST.STAT')]).toEqual([
      'auto_approved',
      'auto_approved',
      'needs_review',
    ]);
    expect(session.patterns()).toMatchObject([
      { sourceColumn: 'FNAME + LNAME', sources: ['FNAME', 'LNAME'], targetColumn: 'full_name', verdict: 'approve' },
    ]);
    session.undo();
    expect([statusOf('CUST.FNAME'), statusOf('CUST.LNAME')]).toEqual(['needs_review', 'unmapped']);
    expect(session.patterns()).toEqual([]);
  });

  it('leaves a part alone that a person has sent elsewhere', () => {
    session.decide([{ mappingId: 'CUST.LNAME', verdict: 'modify', target: null }], 'person');
    session.decide([{ mappingId: merged.id, verdict: 'approve' }], 'person');
    expect(statusOf('CUST.LNAME')).toBe('modified');
  });

  it('names the columns of a rewritten expression as its sources', () => {
    const transformation = { type: 'merge' as const, expression: "upper(LNAME) || ' FNAME'" };
    session.decide([{ mappingId: merged.id, verdict: 'modify', target: fullName, transformation }], 'person');
    const now = session.mappings().find(({ id }) => id === merged.id);
    expect(now?.sources?.map(({ column }) => column)).toEqual(['LNAME']);
  });

  it('that says to make nothing of the column teaches a refusal', () => {
    session.decide([{ mappingId: merged.id, verdict: 'modify', target: null }], 'person');
    expect(lessons()).toEqual(['FNAME + LNAME reject full_name ×1']);
  });
});
