/** A run that is killed at any moment goes on from its last checkpoint and ends as if nothing had happened. */
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { STACK_TRACE, contentOf, portolan, sampleArguments, start } from './command-line.ts';

const MINUTES = 60_000;

/** A line of progress to wait for, and the longest wait after it. */
type Moment = readonly [after: string, upToMs: number];

const moments: readonly Moment[] = [
  ['discovery …', 0],
  ['discovery …', 1200],
  ['discovery done', 5],
  ['mapper …', 1000],
  ['mapper …', 4000],
  ['mapper done', 5],
  ['rectifier done', 0],
  ['sql …', 600],
  ['sql done', 60],
  ['documents …', 120],
  ['validation …', 20],
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
async function killed(args: readonly string[], [after, upToMs]: Moment, random: () => number): Promise<boolean> {
  const running = start(args);
  let due = false;
  running.onProgress((line) => {
    if (due || !line.startsWith(after)) return;
    due = true;
    void wait(random() * upToMs).then(() => running.child.kill('SIGKILL'));
  });
  await running.finished;
  return running.child.signalCode === 'SIGKILL';
}

let expected: Readonly<Record<string, string>> = {};
let sample: readonly string[] = [];

beforeAll(async () => {
  sample = await sampleArguments();
  const out = join(temporaryFolder(), 'uninterrupted');
  expect((await portolan(['run', ...sample, '--out', out])).status).toBe(0);
  expected = await contentOf(out);
}, 2 * MINUTES);

describe('a killed run', { timeout: 2 * MINUTES }, () => {
  const cases = moments.map((moment, i) => ({ moment, i, name: `${moment[1]} ms after "${moment[0]}"` }));

  it.for(cases)('ends in the same bundle when it was killed up to $name', async ({ moment, i }) => {
    const folder = temporaryFolder();
    const [project, out] = [join(folder, 'p.portolan'), join(folder, 'out')];
    const cut = await killed(['run', ...sample, '--project', project, '--out', out], moment, seeded(i + 1));
    // The bundle is written within milliseconds of the last line: only there may the run be faster than the signal.
    if (moment[0] !== 'validation …') expect(cut).toBe(true);
    const resumed = await portolan(['resume', project, '--out', out]);
    expect(resumed.status, resumed.stderr).toBe(0);
    expect(await contentOf(out)).toEqual(expected);
    expect(readdirSync(folder).filter((name) => /writing|replaced/.test(name))).toEqual([]);
  });

  it('ends in the same bundle when the resumed run was killed as well', async () => {
    const folder = temporaryFolder();
    const [project, out] = [join(folder, 'p.portolan'), join(folder, 'out')];
    const random = seeded(99);
    expect(await killed(['run', ...sample, '--project', project, '--out', out], ['mapper …', 800], random)).toBe(true);
    expect(await killed(['resume', project, '--out', out], ['mapper …', 1500], random)).toBe(true);
    expect(await killed(['resume', project, '--out', out], ['sql …', 300], random)).toBe(true);
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
  it('ends with status 1, says how to go on, and goes on to the same bundle', async () => {
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
  }, 2 * MINUTES);
});
