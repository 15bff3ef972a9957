/** Trial runs of pipelines in the window: on own files, with a node that fails, cancelled; and jobs after the app is killed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dropOnArea, handsOn, stubDialogs } from './drive.ts';
import { jobsOn } from './jobs-page.ts';
import { type RunningApp, launchPortolan } from './launch.ts';
import { writeLegacyEstate } from './legacy-estate.ts';

let running: RunningApp;
let page: Page;
let folder: string;
let userData: string;

const { ask, inspect, press, untilRunIs } = handsOn(() => page);
const { rows, openByName, leave, firstPipeline } = jobsOn(() => page);

async function start(): Promise<void> {
  running = await launchPortolan({ userData });
  page = running.page;
  await page.setViewportSize({ width: 1280, height: 800 });
}

async function kill(): Promise<void> {
  const gone = new Promise((resolve) => running.app.process().once('exit', resolve));
  running.app.process().kill('SIGKILL');
  await gone;
}

/** Opens a job from any page, and waits until it is drawn. */
async function openDrawn(name: string): Promise<void> {
  await press('Control+5');
  await rows().waitFor();
  await openByName(name);
  await page.locator('.react-flow__node').first().waitFor({ timeout: 30_000 });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-trials-'));
  userData = mkdtempSync(join(tmpdir(), 'portolan-trials-data-'));
  writeLegacyEstate(join(folder, 'legacy'), 1);
  // Other order, case and delimiter, a column too many, none of LABEL, a value that is no number.
  writeFileSync(join(folder, 'legacy', 'T_0.csv'), 'amount;colour;id\n150;red;1\n1200;blue;2\nmuch;green;3\n');
  await start();
  await stubDialogs(running.app, { save: join(folder, 'trials.portolan'), open: folder });
});

afterAll(async () => {
  await running?.close();
  for (const one of [folder, userData]) rmSync(one, { recursive: true, force: true });
});

describe('a trial run', () => {
  it('needs a project whose exports are converted', async () => {
    await press('Control+n');
    await expect.poll(async () => (await ask('project.current'))?.fileName).toBe('trials.portolan');
    await dropOnArea(page, 'etl', [join(folder, 'legacy')]);
    await expect
      .poll(async () => (await ask('project.current'))?.inputs.filter((input) => input.status === 'ready').length, {
        timeout: 60_000,
      })
      .toBe(4);
    await press('F5');
    await untilRunIs('interrupted');
    await press('Control+4', 'Shift+F');
    await page.getByRole('button', { name: 'Finish and go on' }).focus();
    await press('Enter');
    await untilRunIs('finished');
  });

  it('takes the rows of given files, and says what of them differs from the table', async () => {
    await openDrawn('wf_link_000.xml');
    await press('r');
    await page.getByText('From files: t_0').waitFor({ timeout: 30_000 });
    const notes = page.getByRole('list', { name: 'Notes on files' });
    await notes.getByText('T_0.csv lacks LABEL of T_0: these are NULL').waitFor();
    expect(await notes.textContent()).toMatch(/T_0\.csv has more than T_0: colour.*T_0\.AMOUNT: 1 value.*such as much/);
    const { nodes } = await ask('jobs.run', {
      fileName: await firstPipeline('wf_link_000.xml'),
      rows: 'files',
      generate: 10,
    });
    const sample = nodes.find((one) => one.id === 'SQ_T_0')?.samples[0];
    expect(sample?.rows.map((row) => row.slice(0, 2).map((value) => (value === null ? null : Number(value))))).toEqual([
      [1, 150],
      [2, 1200],
      [3, null],
    ]);
    await inspect('34-trial-files');
    await leave();
  });

  it('says which node failed and leads to it, and shows what the others gave', async () => {
    await openDrawn('wf_audit.xml');
    await press('r');
    await page.getByRole('heading', { name: 'Failures' }).waitFor({ timeout: 30_000 });
    const failure = page.getByRole('button', { name: /SP_AUDIT.*not converted/ });
    await failure.focus();
    await press('Enter');
    await expect.poll(() => page.locator('[data-current=true][data-node]').getAttribute('data-node')).toBe('SP_AUDIT');
    // What depends on it is no failure of its own.
    expect(await page.getByRole('button', { name: /T_AUDITED.*not run/ }).count()).toBe(0);
    const { status, nodes } = await ask('jobs.run', {
      fileName: await firstPipeline('wf_audit.xml'),
      rows: 'generated',
      generate: 10,
    });
    expect(status).toBe('failed');
    expect(nodes.map((one) => [one.id, one.error === null])).toEqual([
      ['SQ_ORDERS', true],
      ['FIL_POSITIVE', true],
      ['SP_AUDIT', false],
      ['T_AUDITED', false],
    ]);
    expect(nodes.find((one) => one.id === 'SQ_ORDERS')?.samples[0]?.rows).toHaveLength(10);
    await inspect('35-trial-failure');
    await leave();
  });

  it('is cancelled while it works, and the next one runs', async () => {
    await openDrawn('wf_big.xml');
    await press('r');
    const cancel = page.getByRole('button', { name: 'Cancel', exact: true });
    await cancel.focus();
    await press('Enter');
    await page.getByRole('region', { name: 'Run' }).getByText('cancelled').waitFor({ timeout: 10_000 });
    expect(await page.getByText('Running…').count()).toBe(0);
    await inspect('36-trial-cancelled');
    const { status } = await ask('jobs.run', {
      fileName: await firstPipeline('wf_audit.xml'),
      rows: 'generated',
      generate: 10,
    });
    expect(status).toBe('failed');
    await leave();
  });
});

describe('jobs after the app was killed', () => {
  /** Sends a change and kills the app some time after, whether or not it has been answered. */
  async function changedAndKilled(milliseconds: number, work: () => Promise<unknown>): Promise<void> {
    work().catch(() => undefined);
    await page.waitForTimeout(milliseconds);
    await kill();
    await start();
    await expect
      .poll(async () => (await ask('project.current'))?.fileName, { timeout: 30_000 })
      .toBe('trials.portolan');
  }

  it.each([0, 40, 400])('an edit is there wholly or not at all, %i ms after it was sent', async (milliseconds) => {
    const fileName = await firstPipeline('wf_audit.xml');
    const before = await ask('jobs.pipeline', { fileName });
    const edited = `# ${milliseconds}\n${before.generated ?? before.yaml ?? ''}`;
    await changedAndKilled(milliseconds, () => ask('jobs.save', { fileName, yaml: edited }));
    const after = await ask('jobs.pipeline', { fileName });
    expect([before.yaml, edited]).toContain(after.yaml);
    const { line, pipelines } = await ask('jobs.job', { id: 'wf_audit.xml' });
    expect(line.edited).toBe(after.generated !== null);
    expect(pipelines.map((one) => one.fileName)).toEqual([fileName]);
  });

  it.each([0, 300])('a setting and the jobs that it changes agree, %i ms after it was said', async (milliseconds) => {
    const id = 'powercenter.null_comparison';
    const value = milliseconds === 0 ? 'LOW' : 'HIGH';
    const stands = async () =>
      (await ask('jobs.job', { id: 'wf_link_000.xml' })).assumptions.find((one) => one.id === id);
    const before = await stands();
    await changedAndKilled(milliseconds, () => ask('jobs.setting', { id, value }));
    const after = await stands();
    expect([
      { value: before?.value, said: before?.said },
      { value, said: true },
    ]).toContainEqual({
      value: after?.value,
      said: after?.said,
    });
    const said = { LOW: 'less than any value', HIGH: 'greater than any value', NULL: 'gives NULL' }[after?.value ?? ''];
    const notes = await ask('jobs.node', { fileName: await firstPipeline('wf_link_000.xml'), node: 'FIL_KEEP' });
    expect(notes.notes.join()).toContain(said);
  });
});
