/** A run that waits for review, and the decisions that a person makes of it. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Decision, DecisionInput, Mapping } from '../../src/shared/model/mapping.ts';
import type { Checkpoint } from '../../src/shared/model/project.ts';
import { columnKey } from '../../src/shared/model/schema.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { contentOf, portolan, sampleArguments } from './command-line.ts';

const MINUTES = 60_000;

async function json<T>(...args: readonly string[]): Promise<T> {
  const result = await portolan([...args, '--json']);
  expect(result).toMatchObject({ status: 0 });
  const { stdout } = result;
  return JSON.parse(stdout) as T;
}

const readJson = async <T>(...parts: readonly string[]): Promise<T> =>
  JSON.parse(await readFile(join(...parts), 'utf8')) as T;
const history = async (project: string): Promise<readonly Checkpoint[]> =>
  (await json<{ checkpoints: readonly Checkpoint[] }>('history', project)).checkpoints;

interface Waiting {
  readonly project: string;
  readonly folder: string;
  readonly mappings: readonly Mapping[];
  readonly checkpoint: string;
}

/** The sample, waiting at review in a project of its own. */
async function waiting(sample: readonly string[]): Promise<Waiting> {
  const folder = temporaryFolder();
  const project = join(folder, 'p.portolan');
  const summary = await json<{ status: string; mappings: { pending: number } }>(
    'run',
    ...sample,
    '--project',
    project,
    '--out',
    join(folder, 'early'),
    '--review',
    'pause',
  );
  expect(summary).toMatchObject({ status: 'interrupted', result: null, bundle: null, verified: null });
  expect(summary.mappings.pending).toBeGreaterThan(0);
  expect(existsSync(join(folder, 'early'))).toBe(false);
  const last = (await history(project)).at(-1);
  expect(last).toMatchObject({ node: 'review', next: 'review', status: 'interrupted' });
  const checkpoint = last?.id ?? '';
  const { state } = await json<{ state: { mappings: readonly Mapping[] } }>(
    'history',
    project,
    '--checkpoint',
    checkpoint,
  );
  return { project, folder, mappings: state.mappings, checkpoint };
}

let sample: readonly string[] = [];
beforeAll(async () => {
  sample = await sampleArguments();
});

/** One mapping to approve, one to reject and one to lead elsewhere, whatever the matcher proposed. */
function choose(mappings: readonly Mapping[]): {
  approve: Mapping;
  reject: Mapping;
  modify: Mapping;
  target: NonNullable<Mapping['target']>;
} {
  const found = <T>(value: T | undefined, what: string): T => {
    if (value === undefined) throw new Error(`the sample has no mapping ${what}`);
    return value;
  };
  const targets = new Set(mappings.flatMap((mapping) => (mapping.target === null ? [] : [columnKey(mapping.target)])));
  // Keys are left alone: without one a whole table may stay unloaded.
  const accepted = mappings.filter((mapping) => mapping.status === 'auto_approved' && mapping.priority < 9);
  const isFree = (candidate: Mapping['candidates'][number], mapping: Mapping): boolean =>
    candidate.table === mapping.target?.table && !targets.has(columnKey(candidate));
  const modify = found(
    accepted.find((mapping) => mapping.candidates.some((candidate) => isFree(candidate, mapping))),
    'to modify',
  );
  const { schema, table, column } = found(
    modify.candidates.find((candidate) => isFree(candidate, modify)),
    'target',
  );
  const isDirect = (mapping: Mapping): boolean => mapping !== modify && mapping.transformation.type === 'direct';
  const reject = found(accepted.find(isDirect), 'to reject');
  const approve = found(
    accepted.findLast((mapping) => isDirect(mapping) && mapping !== reject),
    'to approve',
  );
  return { approve, reject, modify, target: { schema, table, column } };
}

describe('a run with --review pause', () => {
  it(
    'waits in its project, and goes on to the bundle of an automatic run',
    async () => {
      const { project, folder } = await waiting(sample);
      const human = await portolan(['history', project]);
      expect(human.stdout).toMatch(/review +interrupted/);
      const again = await portolan(['resume', project, '--review', 'pause']);
      expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining('waits for review') as string });
      const [resumed, automatic] = [join(folder, 'resumed'), join(folder, 'automatic')];
      expect((await portolan(['resume', project, '--review', 'auto', '--out', resumed])).status).toBe(0);
      expect((await portolan(['run', ...sample, '--out', automatic])).status).toBe(0);
      expect(await contentOf(resumed)).toEqual(await contentOf(automatic));
      expect((await history(project)).at(-1)).toMatchObject({ next: null, status: 'finished' });
    },
    3 * MINUTES,
  );

  it('needs a project to wait in', async () => {
    const { status, stderr } = await portolan([
      'run',
      ...sample,
      '--out',
      join(temporaryFolder(), 'out'),
      '--review',
      'pause',
    ]);
    expect({ status, says: stderr.includes('--project') }).toEqual({ status: 2, says: true });
  });
});

describe('resume with a file of decisions', () => {
  it(
    'takes them into mappings, SQL, lineage and the review log',
    async () => {
      const { project, folder, mappings, checkpoint } = await waiting(sample);
      const { approve, reject, modify, target } = choose(mappings);
      const decisions: readonly DecisionInput[] = [
        { mappingId: approve.id, verdict: 'approve', note: 'seen with the customer' },
        { mappingId: reject.id, verdict: 'reject' },
        {
          mappingId: modify.id,
          verdict: 'modify',
          target,
          transformation: { type: 'calculated', expression: "'decided by hand'" },
        },
      ];
      const [file, out] = [join(folder, 'decisions.json'), join(folder, 'out')];
      await writeFile(file, JSON.stringify(decisions));
      const result = await portolan(['resume', project, '--review', file, '--out', out]);
      expect(result).toMatchObject({ status: 0 });

      const after = new Map(
        (await readJson<readonly Mapping[]>(out, 'mappings/mappings.json')).map((mapping) => [mapping.id, mapping]),
      );
      expect(after.get(approve.id)).toMatchObject({ status: 'approved', target: approve.target });
      expect(after.get(reject.id)).toMatchObject({ status: 'rejected' });
      expect(after.get(modify.id)).toMatchObject({
        status: 'modified',
        target,
        transformation: { expression: "'decided by hand'" },
      });

      const log = await readJson<readonly Decision[]>(out, 'review/decisions.json');
      expect(log.map(({ mappingId, verdict, note, by }) => ({ mappingId, verdict, note, by }))).toEqual([
        { mappingId: approve.id, verdict: 'approve', note: 'seen with the customer', by: 'import' },
        { mappingId: reject.id, verdict: 'reject', note: null, by: 'import' },
        { mappingId: modify.id, verdict: 'modify', note: null, by: 'import' },
      ]);

      expect(await readFile(join(out, 'sql/duckdb/02_load.sql'), 'utf8')).toContain("'decided by hand'");
      const lineage = await readFile(join(out, 'lineage/columns.csv'), 'utf8');
      const edge = (mapping: Mapping, to: Mapping['target']): string =>
        `,${columnKey(mapping.source)},${to === null ? '' : columnKey(to)},`;
      expect(lineage).toContain(edge(approve, approve.target));
      expect(lineage).toContain(edge(modify, target));
      expect(lineage).not.toContain(edge(reject, reject.target));
      expect(lineage).not.toContain(edge(modify, modify.target));

      const again = join(folder, 'again');
      expect(await portolan(['resume', project, '--review', file, '--out', again])).toMatchObject({ status: 0 });
      expect(await contentOf(again)).toEqual(await contentOf(out));

      const end = (await history(project)).at(-1)?.id ?? '';
      const { differences } = await json<{ differences: readonly { key: string; items?: readonly string[] }[] }>(
        'history',
        project,
        '--diff',
        checkpoint,
        end,
      );
      const changed = differences.find((difference) => difference.key === 'mappings')?.items?.join('\n') ?? '';
      for (const { id } of [approve, reject, modify]) expect(changed).toContain(id);
      expect((await portolan(['history', project, '--diff', end, end])).stdout).toBe('No difference.\n');
    },
    3 * MINUTES,
  );

  it(
    'takes decisions into a run that had nothing to wait for',
    async () => {
      const folder = temporaryFolder();
      const [schema, file, out] = [join(folder, 's.sql'), join(folder, 'decisions.json'), join(folder, 'out')];
      await writeFile(
        schema,
        'CREATE TABLE customer (customer_id INT PRIMARY KEY, email VARCHAR(80), phone VARCHAR(20));',
      );
      const run = ['run', '--source', schema, '--target', schema, '--out', out];
      expect((await portolan(run)).status).toBe(0);
      const email = (await readJson<readonly Mapping[]>(out, 'mappings/mappings.json')).find(
        (mapping) => mapping.source.column === 'email',
      );
      expect(email).toMatchObject({ status: 'auto_approved' });
      await writeFile(file, JSON.stringify([{ mappingId: email?.id, verdict: 'reject' }]));
      const result = await portolan([...run, '--review', file]);
      expect(result).toMatchObject({ status: 0 });
      const after = await readJson<readonly Mapping[]>(out, 'mappings/mappings.json');
      expect(after.find((mapping) => mapping.id === email?.id)).toMatchObject({ status: 'rejected' });
      expect(await readFile(join(out, 'sql/duckdb/02_load.sql'), 'utf8')).not.toContain('email');
    },
    2 * MINUTES,
  );

  it(
    'refuses decisions that it cannot take in, and keeps the run waiting',
    async () => {
      const { project, folder } = await waiting(sample);
      const file = join(folder, 'decisions.json');
      for (const [content, says] of [
        ['not json', 'is not a list of decisions'],
        ['[{"mappingId":"a","verdict":"approve"},{"mappingId":"b","verdict":"maybe"}]', 'entry 2, verdict'],
        ['[{"mappingId":"no.such.column","verdict":"approve"}]', 'no mapping no.such.column'],
      ] as const) {
        await writeFile(file, content);
        const { status, stdout, stderr } = await portolan(['resume', project, '--review', file]);
        expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
        expect(stderr).toContain(says);
      }
      expect((await history(project)).at(-1)).toMatchObject({ status: 'interrupted' });
    },
    2 * MINUTES,
  );
});
