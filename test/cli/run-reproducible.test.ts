/** Equal inputs give equal bundles, byte for byte, wherever and in whatever order they are given. */
import { cpSync, mkdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { contentOf, portolan, sampleArguments, samplePath } from './command-line.ts';

const MINUTES = 60_000;

describe('run', () => {
  it(
    'writes the same bytes from another place, with the files in another order, and verify tells a changed byte',
    async () => {
      const folder = temporaryFolder();
      const [one, two] = [join(folder, 'one'), join(folder, 'two')];
      const first = await portolan(['run', ...(await sampleArguments()), '--out', one]);
      expect(first).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Bundle: .+ verified\)$/m) as string });

      // The second time the inputs are copies, named relative to another working directory and turned round.
      const elsewhere = join(folder, 'elsewhere', 'deeper');
      mkdirSync(elsewhere, { recursive: true });
      cpSync(samplePath(), join(folder, 'copy'), { recursive: true });
      const second = await portolan(
        ['run', ...turnedRound(await sampleArguments(), elsewhere, join(folder, 'copy')), '--out', '../../two'],
        { cwd: elsewhere },
      );
      expect(second.status).toBe(0);
      expect(await contentOf(two)).toEqual(await contentOf(one));

      expect(await portolan(['bundle', one, '--verify'])).toMatchObject({ status: 0, stderr: '' });
      const load = join(one, 'sql/duckdb/02_load.sql');
      const bytes = await readFile(load);
      bytes[10] = (bytes[10] ?? 0) ^ 1;
      await writeFile(load, bytes);
      const changed = await portolan(['bundle', one, '--verify']);
      expect(changed).toMatchObject({
        status: 1,
        stdout: expect.stringContaining('sql/duckdb/02_load.sql was changed') as string,
      });
    },
    4 * MINUTES,
  );

  it(
    'is over exactly the files that are named, when a project is used again',
    async () => {
      const folder = temporaryFolder();
      const names = ['a.sql', 'b.sql', 'new.sql'] as const;
      const [a, b, target] = names.map((name) => join(folder, name)) as [string, string, string];
      await writeFile(a, 'CREATE TABLE customer (customer_id INT PRIMARY KEY, email VARCHAR(80));');
      await writeFile(b, 'CREATE TABLE invoice (invoice_id INT PRIMARY KEY, amount DECIMAL(10,2));');
      await writeFile(
        target,
        'CREATE TABLE client (client_id INT PRIMARY KEY, email_address VARCHAR(80), amount DECIMAL(10,2));',
      );
      const [project, out, fresh] = [join(folder, 'p.portolan'), join(folder, 'out'), join(folder, 'fresh')];
      const run = async (sources: readonly string[], ...more: readonly string[]): Promise<number | null> =>
        (await portolan(['run', '--source', ...sources, '--target', target, ...more])).status;
      expect(await run([a, b], '--out', out, '--project', project)).toBe(0);
      expect(await run([a], '--out', out, '--project', project)).toBe(0);
      expect(await run([a], '--out', fresh)).toBe(0);
      expect(await contentOf(out)).toEqual(await contentOf(fresh));
    },
    2 * MINUTES,
  );

  it(
    'takes one file on both sides',
    async () => {
      const folder = temporaryFolder();
      const schema = join(folder, 'both.sql');
      await writeFile(schema, 'CREATE TABLE customer (customer_id INT PRIMARY KEY, email VARCHAR(80));');
      const { status, stdout } = await portolan([
        'run',
        '--source',
        schema,
        '--target',
        schema,
        '--out',
        join(folder, 'out'),
        '--json',
      ]);
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ verified: true, mappings: { total: 2 } });
      const manifest = JSON.parse(await readFile(join(folder, 'out/manifest.json'), 'utf8')) as {
        inputs: readonly { role: string }[];
      };
      expect(manifest.inputs.map((input) => input.role)).toEqual(['source', 'target']);
    },
    2 * MINUTES,
  );

  it(
    'tries pipelines on the rows of the files that are given',
    async () => {
      const folder = temporaryFolder();
      const { status } = await portolan(['run', ...(await sampleArguments()), '--out', join(folder, 'out')]);
      expect(status).toBe(0);
      const jobs = JSON.parse(await readFile(join(folder, 'out/pipelines/jobs.json'), 'utf8')) as readonly {
        execution: unknown;
      }[];
      expect(jobs.map((job) => job.execution)).toMatchObject([
        { status: 'passed', detail: expect.stringContaining('rows given for acct, cust_dim, cust_mstr') as string },
      ]);
    },
    2 * MINUTES,
  );
});

/** The arguments of each option in reverse order, the options too, below `copy` and relative to `cwd`. */
function turnedRound(args: readonly string[], cwd: string, copy: string): readonly string[] {
  const groups: string[][] = [];
  for (const word of args) {
    if (word.startsWith('--')) groups.unshift([word]);
    else groups[0]?.splice(1, 0, relative(cwd, join(copy, relative(samplePath(), word))));
  }
  return groups.flat();
}
