/** The schemas part of the window, by keyboard: tree and search, columns, data quality, references, problems with their text. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dropOnArea, handsOn, stubDialogs } from './drive.ts';
import { type RunningApp, launchPortolan } from './launch.ts';

const sample = resolve(import.meta.dirname, '../../resources/sample');
const wideTables = 1000;
const wideColumns = 100;

let running: RunningApp;
let page: Page;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-schemas-'));
  cpSync(sample, join(folder, 'customer'), { recursive: true });
  writeFileSync(join(folder, 'broken.sql'), brokenSql());
  writeFileSync(join(folder, 'wide.sql'), wideSql());
  running = await launchPortolan();
  page = running.page;
  await page.setViewportSize({ width: 1280, height: 800 });
  await stubDialogs(running.app, { save: join(folder, 'northlake.portolan'), open: folder });
});

afterAll(async () => {
  await running?.close();
  rmSync(folder, { recursive: true, force: true });
});

const { ask, inspect, press, untilRunIs } = handsOn(() => page);
const tree = () => page.getByRole('tree');
const inHand = () => page.locator('[role=treeitem][aria-selected=true]');

async function untilRead(count: number): Promise<void> {
  await expect
    .poll(async () => (await ask('project.current'))?.inputs.filter((input) => input.status !== 'reading').length, {
      timeout: 90_000,
    })
    .toBe(count);
}

describe('the schemas in the window', () => {
  it('says what belongs there while nothing was read', async () => {
    await press('Control+n');
    await expect.poll(async () => (await ask('project.current'))?.fileName).toBe('northlake.portolan');
    await press('Control+3');
    await page.getByText('No tables yet').waitFor();
    await press('4');
    await page.getByText('No problems').waitFor();
    await press('1');
    await inspect('40-schemas-empty');
  });

  it('shows tables as a tree that opens by keyboard, and the table in hand', async () => {
    await dropOnArea(page, 'source', [join(folder, 'customer/legacy')]);
    await dropOnArea(page, 'source', [join(folder, 'broken.sql')]);
    await dropOnArea(page, 'target', [join(folder, 'customer/target/schema.sql')]);
    await untilRead(13);
    await press('F5');
    await untilRunIs('interrupted', 'finished');
    await press('Control+3');
    await tree().waitFor();
    await page.getByRole('table', { name: 'Column' }).waitFor();
    const { lines } = await ask('schema.quality', { side: 'source', level: 'tables', sort: 'rows' });
    await press('/');
    await page.keyboard.type(lines[0]?.key ?? '');
    await expect.poll(() => tree().getByRole('treeitem').first().textContent()).toContain(lines[0]?.key ?? '?');
    await press('Enter', 'Home', 'ArrowRight');
    await expect.poll(() => inHand().getAttribute('aria-expanded')).toBe('true');
    await press('ArrowDown', 'ArrowDown');
    await expect.poll(() => inHand().getAttribute('aria-level')).toBe('2');
    await page.getByText('Most frequent values').waitFor();
    await inspect('41-schemas-column');
    await press('ArrowLeft');
    await expect.poll(() => inHand().getAttribute('aria-expanded')).toBe('true');
    await inspect('42-schemas-table');
  });

  it('finds columns by words of names and comments, and goes on by keyboard', async () => {
    await press('/');
    await page.keyboard.type('acct');
    const found = await ask('schema.tree', { side: 'source', text: 'acct' });
    expect(found.columns).toBeGreaterThan(0);
    await expect.poll(async () => (await tree().getByRole('treeitem').count()) > 0).toBe(true);
    await press('Enter');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('tree');
    await press('ArrowDown');
    await inspect('43-schemas-search');
    await press('/', 'Escape');
  });

  it('masks values of personal data where the project says so', async () => {
    const { lines } = await ask('schema.quality', { side: 'source', level: 'columns', limit: 1000 });
    const details = await Promise.all(
      lines.map(({ table, column }) => ask('schema.column', { side: 'source', table, column: column ?? '' })),
    );
    const at = details.findIndex((detail) => detail.personal && (detail.profile?.top.length ?? 0) > 0);
    const line = lines[at];
    const open = details[at]?.profile?.top[0]?.value ?? '';
    expect(open).not.toBe('');
    await press('Control+,');
    await page.getByRole('button', { name: 'Show values masked' }).focus();
    await press('Enter');
    await expect.poll(async () => (await ask('project.current'))?.settings.maskPersonalData === true).toBe(true);
    expect((await ask('project.current'))?.settings.title).toBe((await ask('project.current'))?.title);
    await inspect('44-settings-mask');
    await press('Escape');
    const masked = await ask('schema.column', { side: 'source', table: line?.table, column: line?.column ?? '' });
    expect(masked.masked).toBe(true);
    expect(JSON.stringify(masked)).not.toContain(JSON.stringify(open));
    expect(masked.profile?.top[0]?.value).toMatch(/A|9/);
  });

  it('sorts data quality by column and by table, and says why', async () => {
    await press('2');
    const grid = page.getByRole('grid', { name: 'Data quality' });
    await grid.waitFor();
    await grid.focus();
    await press('ArrowDown', 'Home');
    await page.getByText('Query that counts it').first().waitFor();
    await inspect('45-quality-columns');
    const heads = page.getByRole('columnheader', { name: 'Null' });
    await heads.getByRole('button').focus();
    await press('Enter');
    await expect.poll(() => heads.getAttribute('aria-sort')).toBe('descending');
    const { lines } = await ask('schema.quality', { side: 'source', level: 'columns', sort: 'nulls' });
    await expect.poll(() => grid.locator('[data-row="0"]').textContent()).toContain(lines[0]?.key ?? '?');
    await page.getByRole('button', { name: 'By table' }).focus();
    await press('Enter');
    await page.getByText('Null by column').waitFor();
    await inspect('46-quality-tables');
    await press('s');
    await page.getByText('No data to judge').waitFor();
    await inspect('47-quality-none');
    await press('s');
  });

  it('draws references, declared and inferred, and lists the same', async () => {
    await press('3');
    await page.locator('.react-flow__node').first().waitFor({ timeout: 30_000 });
    const { tables, relations } = await ask('schema.relations', { side: 'source' });
    expect(await page.locator('.react-flow__node').count()).toBe(tables.length);
    expect(relations.some((one) => !one.declared)).toBe(true);
    await press('j', 'ArrowRight');
    await inspect('48-diagram');
    await press('Enter');
    await expect.poll(() => page.locator('.react-flow__node').count()).toBeLessThan(tables.length);
    await inspect('49-diagram-around');
    await press('Escape', 'l');
    const list = page.getByRole('grid', { name: 'References between tables' });
    await expect.poll(() => list.getAttribute('aria-rowcount')).toBe(String(relations.length + 1));
    await inspect('50-diagram-list');
    await press('l', 's');
    await page.locator('.react-flow__node').first().waitFor({ timeout: 30_000 });
    await inspect('51-diagram-target');
    await press('s');
  });

  it('opens a problem at its line in the text of the file', async () => {
    await press('4');
    const list = page.getByRole('listbox', { name: 'Problems of the files' });
    await list.waitFor();
    await press('/');
    await page.keyboard.type('broken.sql');
    await press('Enter');
    await page.getByTestId('code-viewer').getByText('"never closed').waitFor({ timeout: 20_000 });
    await page.locator('.monaco-editor .line-numbers', { hasText: '402' }).first().waitFor();
    await inspect('52-problems');
    await expect(ask('inputs.text', { id: 'no such input', line: 1 })).rejects.toThrow('There is no input');
  });

  it('holds decisions against confidence, and shows what confidence rests on', async () => {
    await press('Control+8');
    await page.getByText('Nothing was decided in this project yet').waitFor();
    const { items } = await ask('review.queue', { filter: '', show: 'pending', limit: 200 });
    // Derived columns keep their target whatever is decided, so that they say nothing of confidence.
    const proposed = items.filter((item) => item.target !== null && item.made === null).slice(0, 7);
    await ask('review.decide', {
      decisions: proposed.map((item, at) => ({ mappingId: item.id, verdict: at % 3 === 2 ? 'reject' : 'approve' })),
    });
    await page.getByText('5 of 7 decided proposals were right').waitFor();
    await page.getByRole('img', { name: 'over 7 decisions' }).waitFor();
    const report = await ask('accuracy.report');
    expect(report.bins.reduce((sum, bin) => sum + bin.decided, 0)).toBe(7);
    expect(report.shipped.points.length).toBeGreaterThan(5);
    await inspect('55-accuracy');
    await ask('review.undo');
    await page.getByText('Nothing was decided in this project yet').waitFor();
    await press('Control+3');
  });

  it('stays usable with a hundred thousand columns', async () => {
    await stubDialogs(running.app, { save: join(folder, 'wide.portolan'), open: folder });
    await press('Control+n');
    await expect.poll(async () => (await ask('project.current'))?.fileName).toBe('wide.portolan');
    await dropOnArea(page, 'source', [join(folder, 'wide.sql')]);
    await dropOnArea(page, 'etl', [join(folder, 'customer/etl/wf_load_customer.xml')]);
    await untilRead(2);
    await press('F5');
    await expect
      .poll(async () => (await ask('project.current'))?.counts.sourceTables ?? 0, { timeout: 200_000, interval: 1000 })
      .toBeGreaterThanOrEqual(wideTables);
    // The mapper goes on behind; nobody has to wait for it to look at what was read.
    await press('Control+3', '1');
    await tree().waitFor();
    await press('/');
    await page.keyboard.type('ATTRIBUTE_77_T999');
    await expect.poll(() => tree().getByRole('treeitem').count(), { timeout: 20_000 }).toBe(2);
    await press('Escape', '/');
    await page.keyboard.type('attribute');
    await expect.poll(() => page.getByText(/100,\d\d\d columns/).count(), { timeout: 20_000 }).toBeGreaterThan(0);
    await press('Enter', 'End');
    await expect.poll(() => inHand().textContent(), { timeout: 20_000 }).toContain(`ATTRIBUTE_${wideColumns - 1}_T`);
    expect(await tree().getByRole('treeitem').count()).toBeLessThan(80);
    await inspect('53-schemas-wide');
    await press('3');
    await page.locator('.react-flow__node').first().waitFor({ timeout: 60_000 });
    expect(await page.locator('.react-flow__node').count()).toBeLessThan(120);
    await inspect('54-diagram-wide');
  }, 300_000);

  it('has said nothing alarming on the way, and broke no policy', () => {
    const alarming = running.log.filter((line) =>
      /page error|Uncaught|TypeError|ReferenceError|Refused to|Content Security Policy|violates/.test(line),
    );
    expect(alarming).toEqual([]);
  });
});

/** Four hundred lines of remarks, then a name that nobody closed. */
function brokenSql(): string {
  return `${'-- a remark\n'.repeat(400)}\nCREATE TABLE "never closed (\n  ID INTEGER\n);\n`;
}

/** Many wide tables, a few of them with keys that the others refer to. */
function wideSql(): string {
  return Array.from({ length: wideTables }, (_, t) => {
    const columns = Array.from({ length: wideColumns }, (_column, c) => `  ATTRIBUTE_${c}_T${t} VARCHAR(20)`);
    const to = Math.floor(t / 30);
    const key =
      t < 40
        ? `  PRIMARY KEY (ATTRIBUTE_0_T${t})`
        : `  FOREIGN KEY (ATTRIBUTE_1_T${t}) REFERENCES WIDE_${to} (ATTRIBUTE_0_T${to})`;
    return `CREATE TABLE WIDE_${t} (\n${[...columns, key].join(',\n')}\n);`;
  }).join('\n');
}
