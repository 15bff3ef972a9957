/** Domain packs and lessons in the window, by keyboard. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dropOnArea, handsOn, stubDialogs } from './drive.ts';
import { type RunningApp, launchPortolan } from './launch.ts';

let running: RunningApp;
let page: Page;
let folder: string;
let packs: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-packs-'));
  const userData = join(folder, 'user');
  packs = join(userData, '.portolan', 'packs');
  mkdirSync(packs, { recursive: true });
  writeFileSync(join(packs, 'broken.yaml'), 'id: broken\ntitle: A pack with a mistake\nversion: one\n');
  writeFileSync(join(folder, 'port.yaml'), packOf('harbour', 'Harbour dues'));
  running = await launchPortolan({ userData });
  page = running.page;
  await page.setViewportSize({ width: 1280, height: 800 });
});

afterAll(async () => {
  await running?.close();
  rmSync(folder, { recursive: true, force: true });
});

const { ask, inspect, press } = handsOn(() => page);
const list = () => page.getByRole('listbox', { name: 'Domain packs' });
const inHand = () => list().locator('[role=option][aria-selected=true]');
const lessons = () => page.getByRole('grid', { name: 'Lessons' });

async function choosePack(title: string): Promise<void> {
  await list().focus();
  await press('Home');
  for (let step = 0; step < 10; step += 1) {
    if ((await inHand().textContent())?.includes(title) === true) return;
    await press('ArrowDown');
  }
  throw new Error(`no pack ${title}`);
}

describe('domain packs in the window', () => {
  it('lists shipped and own packs, and says where one has a mistake', async () => {
    await list().or(page.getByRole('main')).first().waitFor();
    await press('Control+9');
    await list().waitFor();
    const { packs: all } = await ask('packs.list');
    expect(all.filter((pack) => pack.origin === 'shipped').length).toBeGreaterThanOrEqual(4);
    expect(await list().getByRole('option').count()).toBe(all.length);
    await choosePack('broken.yaml');
    await press('y');
    await page.getByRole('button', { name: 'line 3' }).waitFor({ timeout: 20_000 });
    await inspect('65-packs-mistake');
  });

  it('shows what a pack knows, filtered by kind and words', async () => {
    await choosePack('Utility billing');
    await press('y');
    const grid = page.getByRole('grid', { name: 'Utility billing' });
    await grid.waitFor();
    await page.getByRole('button', { name: /^Columns/ }).focus();
    await press('Enter', '/');
    await page.keyboard.type('meter');
    const { packs: all } = await ask('packs.list');
    const key = all.find((pack) => pack.id === 'utility-billing')?.key;
    const { total } = await ask('packs.entries', { key, kind: 'column', text: 'meter' });
    expect(total).toBeGreaterThan(3);
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe(String(total + 1));
    await press('Enter', 'ArrowDown');
    await inspect('66-packs-contents');
    await press('/', 'Escape');
  });

  it('copies a shipped pack, checks what is written, and saves it in the place of the shipped one', async () => {
    await press('c');
    const editor = page.getByTestId('yaml-editor');
    await editor.locator('.view-line').first().waitFor({ timeout: 20_000 });
    await expect.poll(() => inHand().textContent()).toContain('own');
    expect(existsSync(join(packs, 'utility-billing.yaml'))).toBe(true);
    await editor.locator('.view-line').first().click();
    await press('Control+Home', 'End', 'Enter');
    await page.keyboard.type('vocabularies: [x]');
    await page.getByRole('button', { name: 'line 2' }).waitFor({ timeout: 10_000 });
    await press('Control+s');
    await page.getByText('Save pack: The text has mistakes').waitFor();
    expect(readFileSync(join(packs, 'utility-billing.yaml'), 'utf8')).not.toContain('vocabularies');
    await inspect('67-packs-edit');
    await press('Control+z', 'Control+z', 'Control+z');
    await page.getByText('No mistakes').waitFor({ timeout: 10_000 });
    await press('Control+Home', 'Control+ArrowRight', 'Control+End');
    await page.keyboard.type('# reviewed with the customer');
    await expect.poll(() => inHand().textContent()).toContain('not saved');
    await page.getByText('No mistakes').waitFor({ timeout: 10_000 });
    await expect
      .poll(async () => {
        await press('Control+s');
        return readFileSync(join(packs, 'utility-billing.yaml'), 'utf8');
      })
      .toContain('# reviewed with the customer');
    const { packs: all } = await ask('packs.list');
    expect(all.filter((pack) => pack.id === 'utility-billing').map((pack) => pack.replaced)).toEqual([false, true]);
  });

  it('adds packs by drop, uses one in the project, and deletes one after asking', async () => {
    await dropOnArea(page, 'detect', [join(folder, 'port.yaml')]);
    await expect.poll(() => inHand().textContent()).toContain('Harbour dues');
    await list().focus();
    await press('p');
    await expect.poll(async () => (await ask('project.current'))?.settings.domain).toBe('harbour');
    await inspect('68-packs-used');
    await press('p');
    await expect.poll(async () => (await ask('project.current'))?.settings.domain).toBe(null);
    await press('Delete');
    await page.getByRole('dialog').waitFor();
    await inspect('69-packs-delete');
    await page.getByRole('button', { name: 'Delete', exact: true }).focus();
    await press('Enter');
    await expect.poll(() => existsSync(join(packs, 'harbour.yaml'))).toBe(false);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    rmSync(join(packs, 'broken.yaml'));
  });
});

describe('lessons in the window', () => {
  it('says what lessons are while there are none', async () => {
    await press('2');
    await page.getByText('No lessons yet').waitFor();
    expect((await ask('lessons.list')).all).toBe(0);
    await inspect('70-lessons-empty');
  });

  it('lists what decisions taught, doubtful ones first, and removes one with a way back', async () => {
    await press('F5');
    await expect
      .poll(async () => (await ask('project.current'))?.run.status, { timeout: 120_000, interval: 300 })
      .toBe('interrupted');
    await press('Control+9');
    await page.getByText('No lessons yet').waitFor();
    const { items } = await ask('review.queue', { filter: '', show: 'all', limit: 200 });
    const proposed = items.filter((item) => item.target !== null && item.made === null);
    const named = (item: (typeof items)[number]) => proposed.filter((one) => one.source.column === item.source.column);
    const alike = named(proposed.find((item) => named(item).length > 2) ?? items[0]!).slice(0, 3);
    const others = proposed.filter((item) => !alike.includes(item)).slice(0, 4);
    const [usual, odd] = others.map((item) => item.target);
    // Two columns of a name go to one target, the third to another: that one is doubtful.
    const targets = [usual, usual, odd];
    await ask('review.decide', {
      decisions: [
        ...alike.map(({ id }, at) => ({ mappingId: id, verdict: 'modify', target: targets[at] })),
        ...others.map(({ id }) => ({ mappingId: id, verdict: 'approve' })),
      ],
    });
    // A decision that is made anew takes the lesson of the first one with it.
    await ask('review.decide', {
      decisions: others.slice(0, 1).map(({ id }) => ({ mappingId: id, verdict: 'modify', target: null })),
    });
    await expect.poll(() => lessons().getAttribute('aria-rowcount')).toBe('8');
    const { lessons: all, doubtful } = await ask('lessons.list');
    expect(doubtful).toBeGreaterThan(0);
    expect(all[0]?.doubt).not.toBe(null);
    await lessons().focus();
    await press('Home');
    await inspect('71-lessons');
    await press('x');
    await expect.poll(() => lessons().getAttribute('aria-rowcount')).toBe('7');
    await press('u');
    await expect.poll(() => lessons().getAttribute('aria-rowcount')).toBe('8');
    await press('d');
    await expect.poll(() => lessons().getAttribute('aria-rowcount')).toBe(String(doubtful + 1));
    await press('d');
  });

  it('exports lessons, and shows what importing a pack would contradict before it does', async () => {
    const file = join(folder, 'lessons.json');
    await stubDialogs(running.app, { save: file, open: file });
    await page.getByRole('button', { name: 'Export lessons…' }).focus();
    await press('Enter');
    await page.getByText('7 lessons written to lessons.json').waitFor();
    const pack = JSON.parse(readFileSync(file, 'utf8')) as { patterns: { origin: string; targetColumn: string }[] };
    const [first] = pack.patterns.filter((pattern) => pattern.targetColumn !== null);
    const other = { ...first, id: 'another-lesson', origin: 'Lakeside', targetColumn: 'somewhere_else' };
    writeFileSync(file, JSON.stringify({ patterns: [...pack.patterns, other] }));
    await lessons().focus();
    await press('i');
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/contradicts? one of this project/).waitFor();
    await inspect('72-lessons-import');
    await dialog.getByRole('button', { name: 'Take theirs' }).focus();
    await press('Enter');
    await dialog.getByRole('button', { name: 'Import', exact: true }).focus();
    await press('Enter');
    await expect.poll(async () => JSON.stringify((await ask('lessons.list')).lessons)).toContain('somewhere_else');
  });

  it('has said nothing alarming on the way, and broke no policy', () => {
    const alarming = running.log.filter((line) =>
      /page error|Uncaught|TypeError|ReferenceError|Refused to|Content Security Policy|violates/.test(line),
    );
    expect(alarming).toEqual([]);
  });
});

function packOf(id: string, title: string): string {
  return `id: ${id}\ntitle: ${title}\nversion: 1\nvocabulary: [berth, quay]\n`;
}
