/** Nothing that a user did is lost by a crash of the app: the process is killed, not closed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ask } from './drive.ts';
import { type RunningApp, launchPortolan } from './launch.ts';

async function untilRead({ page }: RunningApp): Promise<void> {
  await expect
    .poll(async () => (await ask(page, 'project.current'))?.inputs.every((input) => input.status === 'ready'), {
      timeout: 60_000,
    })
    .toBe(true);
}

it('keeps decisions and the waiting run when the app is killed in the middle of a review', async () => {
  const userData = mkdtempSync(join(tmpdir(), 'portolan-crash-'));
  try {
    const first = await launchPortolan({ userData });
    await untilRead(first);
    await first.page.keyboard.press('F5');
    await expect
      .poll(async () => (await ask(first.page, 'project.current'))?.run.status, { timeout: 90_000 })
      .toBe('interrupted');
    const { items } = await ask(first.page, 'review.queue', { filter: '', show: 'pending' });
    const mappingId = items[0]?.id ?? '';
    await ask(first.page, 'review.decide', {
      decisions: [{ mappingId, verdict: 'modify', target: null, note: 'belongs nowhere' }],
    });
    const gone = new Promise((resolve) => first.app.process().once('exit', resolve));
    first.app.process().kill('SIGKILL');
    await gone;

    const second = await launchPortolan({ userData });
    const project = await ask(second.page, 'project.current');
    const { mapping } = await ask(second.page, 'review.item', { id: mappingId });
    await second.close();
    expect({
      status: project?.run.status,
      decided: project?.counts.decided,
      verdict: mapping.status,
      target: mapping.target,
    }).toEqual({ status: 'interrupted', decided: 1, verdict: 'modified', target: null });
  } finally {
    rmSync(userData, { recursive: true, force: true });
  }
});

it('goes on with a run that was killed while a step was at work', async () => {
  const userData = mkdtempSync(join(tmpdir(), 'portolan-crash-'));
  try {
    const first = await launchPortolan({ userData });
    await untilRead(first);
    await first.page.keyboard.press('F5');
    await expect
      .poll(
        async () => (await ask(first.page, 'project.current'))?.run.nodes.find((node) => node.id === 'mapper')?.state,
        { timeout: 60_000, interval: 20 },
      )
      .toBe('running');
    const gone = new Promise((resolve) => first.app.process().once('exit', resolve));
    first.app.process().kill('SIGKILL');
    await gone;

    const second = await launchPortolan({ userData });
    const before = await ask(second.page, 'history.list');
    await untilRead(second);
    await second.page.keyboard.press('F5');
    await expect
      .poll(async () => (await ask(second.page, 'project.current'))?.run.status, { timeout: 90_000 })
      .toBe('interrupted');
    const after = await ask(second.page, 'history.list');
    await second.close();
    expect({
      before: before.checkpoints.map((entry) => entry.node),
      after: after.checkpoints.map((entry) => entry.node),
    }).toEqual({
      before: ['start', 'discovery'],
      after: ['start', 'discovery', 'mapper', 'evaluator', 'review'],
    });
  } finally {
    rmSync(userData, { recursive: true, force: true });
  }
});
