/** The first thing that a user can do with Portolan, in the real window, with the keyboard: drop, run, review, export, verify. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, launchPortolan } from './launch.ts';
import { dropOnArea, handsOn, stubDialogs } from './drive.ts';
import { shots } from './inspect.ts';

const root = resolve(import.meta.dirname, '../..');
const sample = join(root, 'resources/sample');

let running: RunningApp;
let page: Page;
let folder: string;
let bundle: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-main-job-'));
  bundle = join(folder, 'bundle');
  mkdirSync(bundle);
  cpSync(sample, join(folder, 'customer'), { recursive: true });
  running = await launchPortolan();
  page = running.page;
  await page.setViewportSize({ width: 1280, height: 800 });
  await stubDialogs(running.app, { save: join(folder, 'northlake.portolan'), open: bundle });
});

afterAll(async () => {
  await running?.close();
  rmSync(folder, { recursive: true, force: true });
});

const { ask, inspect, untilRunIs } = handsOn(() => page);
const view = (name: string): Promise<unknown> => page.waitForSelector(`main[data-view="${name}"]`);

describe('the main job in the window', () => {
  it('opens with what to do, isolated from Node and offline', async () => {
    expect(await page.title()).toBe('Portolan');
    expect(
      await page.evaluate(() => [
        typeof (globalThis as { require?: unknown }).require,
        typeof (globalThis as { process?: unknown }).process,
      ]),
    ).toEqual(['undefined', 'undefined']);
    // The very first start shows the sample; closed by hand, the window says what to do.
    await expect.poll(async () => (await ask('project.current'))?.inputs.length, { timeout: 20_000 }).toBe(13);
    await page.getByText('10 tables, 122 columns').waitFor();
    await inspect('0-first-start');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('close project');
    await page.keyboard.press('Enter');
    await page.getByText('Open sample project').waitFor();
    await inspect('1-welcome');
  });

  it('refuses scripts and requests that are not its own', async () => {
    const directive = await page.evaluate(
      () =>
        new Promise<string>((done) => {
          document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), {
            once: true,
          });
          const script = document.createElement('script');
          script.textContent = 'globalThis.broken = 1';
          document.body.append(script);
          setTimeout(() => done('ran'), 1000);
        }),
    );
    const fetched = await page.evaluate(() =>
      fetch('https://example.com/').then(
        () => 'reached',
        () => 'refused',
      ),
    );
    expect([directive, fetched]).toEqual(['script-src-elem', 'refused']);
  });

  it('takes dropped files and folders, and says what it understood of each', async () => {
    await page.keyboard.press('Control+n');
    await expect.poll(async () => (await ask('project.current'))?.fileName).toBe('northlake.portolan');
    await dropOnArea(page, 'source', [join(folder, 'customer/legacy')]);
    await dropOnArea(page, 'target', [join(folder, 'customer/target/schema.sql')]);
    await dropOnArea(page, 'etl', [join(folder, 'customer/etl/wf_load_customer.xml')]);
    await expect
      .poll(async () => (await ask('project.current'))?.inputs.map((input) => input.status), { timeout: 60_000 })
      .toEqual(Array(13).fill('ready'));
    const rows = page.getByRole('table', { name: 'Inputs' }).getByRole('row');
    await expect.poll(() => rows.count()).toBe(14);
    await page.getByText('10 tables, 122 columns').waitFor();
    await page.getByText('1 mapping, 15 transformations, 1 workflow').waitFor();
    await inspect('2-import');
  });

  it('runs with visible progress until a person is needed', async () => {
    await page.keyboard.press('F5');
    await view('run');
    await page.screenshot({ path: join(shots, '3-running.png') });
    await untilRunIs('interrupted', 'finished');
    await inspect('3-run');
    await page.keyboard.press('Control+3');
    await view('schemas');
    await inspect('4-schemas');
  });

  it('is reviewed with the keyboard alone, and takes back what was decided last', async () => {
    await page.keyboard.press('Control+4');
    await view('review');
    await page.getByRole('grid').waitFor();
    const before = await ask('review.queue', { filter: '', show: 'pending' });
    expect(before.pending).toBeGreaterThan(3);
    await page.waitForSelector('article');
    // A column that goes nowhere, and a constant that is proposed for a target, have no signals.
    const first = before.items.findIndex(({ id, target }) => !id.startsWith('=') && target !== null);
    for (let step = 0; step < first; step += 1) await page.keyboard.press('j');
    const { mapping } = await ask('review.item', { id: before.items[first]?.id ?? '' });
    const points = mapping.candidates.find((one) => one.column === mapping.target?.column)?.points ?? {};
    const signals = page.getByRole('list', { name: 'What each signal adds' });
    expect(Object.keys(points).length).toBeGreaterThan(3);
    // One line a signal, and their sum.
    await expect.poll(() => signals.getByRole('listitem').count()).toBe(Object.keys(points).length + 1);
    await inspect('5-review');

    const decided = async (): Promise<number> => (await ask('project.current'))?.counts.decided ?? -1;
    await page.keyboard.press('0');
    await expect.poll(decided).toBe(1);
    await page.keyboard.press('1');
    await page.keyboard.press('a');
    await expect.poll(decided).toBe(2);
    await page.keyboard.press('j');
    await page.keyboard.press('r');
    await expect.poll(decided).toBe(3);
    await page.keyboard.press('u');
    await expect.poll(decided).toBe(2);
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await inspect('6-keys');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('theme');
    await page.screenshot({ path: join(shots, '6-palette.png') });
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const after = await ask('review.queue', { filter: '', show: 'pending' });
    expect(after.pending).toBeLessThan(before.pending);
  });

  it('goes on after review to a validated result', async () => {
    await page.keyboard.press('Control+4');
    await page.keyboard.press('Shift+F');
    await page.getByRole('dialog').waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent), { timeout: 8000 })
      .toContain('Finish and go on');
    await page.keyboard.press('Enter');
    await untilRunIs('finished');
    const { validation, runs } = await ask('output.files');
    expect(validation?.checks.length).toBeGreaterThan(5);
    expect(runs.filter((run) => run.status === 'failed')).toEqual([]);
    await page.keyboard.press('Control+6');
    await view('output');
    await page.getByText('01_create.sql').first().waitFor();
    await inspect('7-output');
    await page.keyboard.press('Control+5');
    await view('jobs');
    await page.getByText('wf_load_customer.xml').first().waitFor();
    await inspect('8-jobs');
    await page.keyboard.press('Control+7');
    await view('history');
    await inspect('9-history');
  });

  it('exports a bundle that another process verifies', async () => {
    await page.keyboard.press('Control+e');
    await expect
      .poll(async () => (await ask('project.current'))?.lastExport, { timeout: 30_000 })
      .toMatchObject({ verified: true });
    const command = spawnSync(
      process.execPath,
      [join(root, 'out/main/cli.js'), 'bundle', bundle, '--verify', '--json'],
      { encoding: 'utf8' },
    );
    expect(JSON.parse(command.stdout)).toMatchObject({ verified: true, problems: [] });
    expect(
      [
        'pipelines',
        'sql/duckdb/02_load.sql',
        'documents/migration-overview.md',
        'review/decisions.json',
        'manifest.json',
      ].filter((path) => !existsSync(join(bundle, path))),
    ).toEqual([]);
  });

  it('has said nothing alarming on the way', () => {
    const alarming = running.log.filter((line) => /page error|Uncaught|TypeError|ReferenceError/.test(line));
    expect(alarming).toEqual([]);
  });
});
