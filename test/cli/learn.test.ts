/** Lessons of one project, exported, taken in by another, listed and removed. */
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { portolan } from './command-line.ts';

const MINUTES = 60_000;

async function json<T>(...args: readonly string[]): Promise<T> {
  const { status, stdout, stderr } = await portolan([...args, '--json']);
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout) as T;
}

interface Lessons {
  readonly lessons: readonly { readonly id: string; readonly targetColumn: string; readonly doubt: string | null }[];
}

/** A project of one table in which a person has sent AREA to `target`. */
async function decided(folder: string, name: string, target: string): Promise<string> {
  const [source, to, review, project] = ['src.sql', 'dst.sql', 'review.json', 'p.portolan'].map((file) =>
    join(folder, `${name}-${file}`),
  ) as [string, string, string, string];
  writeFileSync(source, 'CREATE TABLE CUST (AREA VARCHAR(10), CUST_NM VARCHAR(80));');
  writeFileSync(to, 'CREATE TABLE customer (segment VARCHAR(10), region VARCHAR(10), name VARCHAR(80));');
  await portolan([
    'run',
    '--source',
    source,
    '--target',
    to,
    '--project',
    project,
    '--out',
    `${project}-early`,
    '--review',
    'pause',
  ]);
  const ref = { schema: null, table: 'customer', column: target };
  writeFileSync(review, JSON.stringify([{ mappingId: 'CUST.AREA', verdict: 'modify', target: ref }]));
  await portolan(['resume', project, '--review', review, '--out', join(folder, `${name}-out`), '--json']);
  return project;
}

describe('portolan learn', () => {
  it(
    'takes lessons from project to project, shows contradictions and removes what is wrong',
    async () => {
      const folder = temporaryFolder();
      const first = await decided(folder, 'first', 'segment');
      const second = await decided(folder, 'second', 'region');
      const pack = join(folder, 'pack.json');
      const exported = await json<{ lessons: number }>('learn', 'export', pack, '--project', first);
      expect(exported.lessons).toBeGreaterThan(0);
      expect(JSON.parse(await readFile(pack, 'utf8'))).toMatchObject({ format: 'portolan-learning-pack', version: 1 });

      const taken = await json<{ conflicts: readonly unknown[] }>(
        'learn',
        'import',
        pack,
        '--project',
        second,
        '--prefer',
        'both',
      );
      expect(taken.conflicts).toHaveLength(1);
      const { lessons } = await json<Lessons>('learn', 'list', '--project', second, '--doubtful');
      expect(lessons.map(({ targetColumn }) => targetColumn).sort()).toEqual(['region', 'segment']);
      const wrong = lessons.find(({ targetColumn }) => targetColumn === 'region');
      await json('learn', 'remove', wrong?.id ?? '', '--project', second);
      const left = await json<Lessons>('learn', 'list', '--project', second);
      expect(left.lessons.map(({ targetColumn }) => targetColumn)).not.toContain('region');
    },
    3 * MINUTES,
  );

  it('says what is wrong with a file that is no pack, and how to use the command', async () => {
    const file = join(temporaryFolder(), 'bad.json');
    writeFileSync(file, '{"patterns": [{"id": 7}]}');
    expect(await portolan(['learn', 'list', file])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/not a learning pack: patterns\.0\.id/) as string,
    });
    expect(await portolan(['learn', 'sell'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('learn export') as string,
    });
  });
});
