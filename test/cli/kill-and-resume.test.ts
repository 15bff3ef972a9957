/** A run that is killed at any moment goes on from its last checkpoint and ends as if nothing had happened. */
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { STACK_TRACE, contentOf, portolan, sampleArguments, start } from './command-line.ts';

const MINUTES = 60_000;

/** A line of progress to wait for, and how far into what follows it the kill may come, as a share of its time. */
type Moment = readonly [after: string, share: number];

const moments: readonly Moment[] = [
  ['discovery …', 0],
  ['discovery …', 0.8],
  ['discovery done', 0],
  ['mapper …', 0.3],
  ['mapper …', 0.8],
  ['mapper done', 0],
  ['rectifier done', 0],
  ['sql …', 0.4],
  ['sql …', 0.8],
  ['documents …', 0.4],
  ['validation …', 0.8],
];

/** A linear congruential generator: the same waits in every run of the suite. */
function seeded(seed: number): () => number {
  let value = seed;
  return () => {
    value = (Math.imul(value, 1_664_525) + 1_013_904_223) >>> 0;
    return value / 2 ** 32;
  };
}

/** Starts the command and kills it; true where it had not ended before. */
async function killed(args: readonly string[], [after, share]: Moment, random: () => number): Promise<boolean> {
  const running = start(args);
  let due = false;
  running.onProgress((line) => {
    if (due || !line.startsWith(after)) return;
    due = true;
    void wait(random() * share * (took.get(after) ?? 0)).then(() => running.child.kill('SIGKILL'));
  });
  await running.finished;
  return running.child.signalCode === 'SIGKILL';
}

let expected: Readonly<Record<string, string>> = {};
let sample: readonly string[] = [];
/** Milliseconds from a line of progress to the next one, by the line's beginning, in a run that nothing disturbed. */
const took = new Map<string, number>();

beforeAll(async () => {
  sample = await sampleArguments();
  const out = join(temporaryFolder(), 'uninterrupted');
  const running = start(['run', ...sample, '--out', out]);
  let last: { readonly line: string; readonly at: number } | null = null;
  running.onProgress((line) => {
    const at = performance.now();
    if (last !== null) took.set(last.line, at - last.at);
    last = { line, at };
  });
  expect((await running.finished).status).toBe(0);
  expected = await contentOf(out);
}, 2 * MINUTES);

describe('a killed run', { timeout: 2 * MINUTES }, () => {
  const cases = moments.map((moment, i) => ({ moment, i, name: `${moment[1] * 100} % after "${moment[0]}"` }));

  it.for(cases)('ends in the same bundle when it was killed up to $name', async ({ moment, i }) => {
    const folder = temporaryFolder();
    const [project, out] = [join(folder, 'p.portolan'), join(folder, 'out')];
    const cut = await killed(['run', ...sample, '--project', project, '--out', out], moment, seeded(i + 1));
    // The bundle is written within milliseconds of the last line: only there may the run be faster than the signal.
    expect(cut || moment[0] === 'validation …').toBe(true);
    const resumed = await portolan(['resume', project, '--out', out]);
    expect(resumed).toMatchObject({ status: 0 });
    expect(await contentOf(out)).toEqual(expected);
    expect(readdirSync(folder).filter((name) => /writing|replaced/.test(name))).toEqual([]);
  });

  it('ends in the same bundle when the resumed run was killed as well', async () => {
    const folder = temporaryFolder();
    const [project, out] = [join(folder, 'p.portolan'), join(folder, 'out')];
    const random = seeded(99);
    expect(await killed(['run', ...sample, '--project', project, '--out', out], ['mapper …', 0.5], random)).toBe(true);
    expect(await killed(['resume', project, '--out', out], ['mapper …', 0.9], random)).toBe(true);
    expect(await killed(['resume', project, '--out', out], ['sql …', 0.5], random)).toBe(true);
    expect((await portolan(['resume', project, '--out', out])).status).toBe(0);
    expect(await contentOf(out)).toEqual(expected);
  });
});

describe('resume of a run that never began', () => {
  it('says how to start one where there is no project', async () => {
    const { status, stdout, stderr } = await portolan(['resume', join(temporaryFolder(), 'absent.portolan')]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/no project absent\.portolan.*portolan run --project/);
  });

  it('says how to start one where the project has none yet', async () => {
    const folder = temporaryFolder();
    const project = join(folder, 'p.portolan');
    const schema = join(folder, 'a.sql');
    await writeFile(schema, 'CREATE TABLE a (id INT);');
    const run = ['run', '--source', schema, '--target', join(folder, 'absent.sql'), '--project', project];
    expect((await portolan([...run, '--out', join(folder, 'out')])).status).toBe(2);
    const { status, stdout, stderr } = await portolan(['resume', project]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/no run yet.*portolan run/);
  });
});

describe('a run that is cancelled with Ctrl+C', () => {
  it(
    'ends with status 1, says how to go on, and goes on to the same bundle',
    async () => {
      const folder = temporaryFolder();
      const [project, out] = [join(folder, 'p.portolan'), join(folder, 'out')];
      const running = start(['run', ...sample, '--project', project, '--out', out]);
      running.onProgress((line) => {
        if (line.startsWith('mapper …')) running.child.kill('SIGINT');
      });
      const { status, stdout, stderr } = await running.finished;
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toContain(`Cancelled. Go on with: portolan resume ${project}`);
      expect(stderr).not.toMatch(STACK_TRACE);
      expect((await portolan(['resume', project, '--out', out])).status).toBe(0);
      expect(await contentOf(out)).toEqual(expected);
    },
    2 * MINUTES,
  );
});
