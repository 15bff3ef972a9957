import { beforeEach, describe, expect, it } from 'vitest';
import type { PortolanBridge, ProjectView } from '../../../shared/ipc/contract.ts';
import { nodeIds } from '../../../shared/model/project.ts';
import { useNotices } from '../../data/notices.ts';
import { setProject, useProject } from '../../data/project-store.ts';
import { addDropped } from './inputs.ts';

const settings = {
  title: 'T',
  autoApprove: 0.8,
  flagBelow: 0.5,
  minAverageConfidence: 0.8,
  minCompleteness: 0.9,
  topCandidates: 5,
  maxSqlRepairs: 5,
  domain: null,
  profileRows: null,
};
const project: ProjectView = {
  fileName: 'x.portolan',
  title: 'T',
  settings,
  inputs: [],
  run: {
    status: 'none',
    error: null,
    nodes: nodeIds.map((id) => ({ id, state: 'waiting', done: 0, total: 0, detail: '', seconds: 0 })),
  },
  counts: { sourceTables: 0, sourceColumns: 0, targetTables: 0, targetColumns: 0, pending: 0, decided: 0, mappings: 0 },
  evaluation: null,
  lastExport: null,
};

/** Main in memory: files whose name starts with "bad" are refused, and a new project can be cancelled. */
class FakeMain implements PortolanBridge {
  readonly asked: { readonly name: string; readonly input: unknown }[] = [];
  cancelsNew = false;

  request(name: string, input: unknown): Promise<unknown> {
    this.asked.push({ name, input });
    return Promise.resolve({ ok: true, value: name === 'project.new' && this.cancelsNew ? null : project });
  }

  on(): () => void {
    return () => undefined;
  }

  grant(files: readonly File[]): Promise<unknown> {
    const value = files.map(({ name }) =>
      name.startsWith('bad')
        ? { grant: null, name, message: `${name} cannot be read` }
        : { grant: `id of ${name}`, name, message: null },
    );
    return Promise.resolve({ ok: true, value });
  }
}

let main: FakeMain;
const files = (...names: readonly string[]): readonly File[] => names.map((name) => new File(['x'], name));

beforeEach(() => {
  main = new FakeMain();
  Object.defineProperty(globalThis, 'window', { value: { portolan: main }, configurable: true, writable: true });
  useNotices.setState({ notices: [] });
  setProject(project);
});

describe('dropping files', () => {
  it('adds what can be read and names what cannot', async () => {
    await addDropped(files('a.sql', 'bad.sql', 'b.csv'), 'source');
    expect(main.asked).toEqual([
      { name: 'inputs.add', input: { grants: ['id of a.sql', 'id of b.csv'], role: 'source' } },
    ]);
    expect(useNotices.getState().notices.map((notice) => notice.message)).toEqual(['bad.sql cannot be read']);
  });

  it('asks for nothing where no file can be read', async () => {
    await addDropped(files('bad.sql'), null);
    expect(main.asked).toEqual([]);
  });

  it('makes a project first where none is open', async () => {
    setProject(null);
    await addDropped(files('a.sql'), null);
    expect(main.asked.map((one) => one.name)).toEqual(['project.new', 'inputs.add']);
    expect(useProject.getState().project?.fileName).toBe('x.portolan');
  });

  it('adds nothing where the user did not want a new project', async () => {
    setProject(null);
    main.cancelsNew = true;
    await addDropped(files('a.sql'), null);
    expect(main.asked.map((one) => one.name)).toEqual(['project.new']);
  });
});
