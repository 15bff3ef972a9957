/** Two versions of a schema compared in the window, by keyboard and by drop. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dropOnArea, handsOn, stubDialogs } from './drive.ts';
import { type RunningApp, launchPortolan } from './launch.ts';

const target = resolve(import.meta.dirname, '../../resources/sample/target/schema.sql');

let running: RunningApp;
let page: Page;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-changes-'));
  cpSync(target, join(folder, 'schema.sql'));
  writeFileSync(join(folder, 'schema-v2.sql'), nextVersion(readFileSync(target, 'utf8')));
  writeFileSync(join(folder, 'wide-v1.sql'), wideSql(1));
  writeFileSync(join(folder, 'wide-v2.sql'), wideSql(2));
  writeFileSync(join(folder, 'picture.bin'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0, 255]));
  running = await launchPortolan();
  page = running.page;
  await page.setViewportSize({ width: 1280, height: 800 });
  await stubDialogs(running.app, { save: join(folder, 'changes.portolan'), open: join(folder, 'schema-v2.sql') });
});

afterAll(async () => {
  await running?.close();
  rmSync(folder, { recursive: true, force: true });
});

const { ask, inspect, press } = handsOn(() => page);
const list = () => page.getByRole('grid', { name: 'Changes' });
const inHand = () => list().locator('[role=row][aria-selected=true]');

describe('changes between two versions of a schema', () => {
  it('says what to do while there are no two versions', async () => {
    await press('Control+n');
    await expect.poll(async () => (await ask('project.current'))?.fileName).toBe('changes.portolan');
    await press('Control+3', '5');
    await page.getByText('Two versions of a schema, compared').waitFor();
    await inspect('60-changes-empty');
  });

  it('compares an input with a file that is chosen by key', async () => {
    await press('1');
    await dropOnArea(page, 'target', [join(folder, 'schema.sql')]);
    await expect
      .poll(async () => (await ask('project.current'))?.inputs.map((one) => one.status), { timeout: 60_000 })
      .toEqual(['ready']);
    await press('Control+3', '5', 'o');
    await list().waitFor({ timeout: 30_000 });
    const { versions } = await ask('compare.versions');
    expect(versions.map((one) => one.name)).toEqual(['schema.sql', 'schema-v2.sql']);
    expect((await ask('project.current'))?.inputs).toHaveLength(1);
    await list().focus();
    await press('ArrowDown', 'ArrowDown');
    await page.getByRole('grid', { name: 'The table in both versions' }).waitFor();
    await inspect('61-changes');
  });

  it('counts by kind, filters by kind and words, and shows the column in hand in both versions', async () => {
    const [before, after] = (await ask('compare.versions')).versions.map((one) => one.id);
    const all = await ask('compare.lines', { before, after, limit: 1000 });
    expect(all.counts).toMatchObject({ added: 2, removed: 2, renamed: 1 });
    expect(all.lines.filter((line) => line.subject === 'nullable')).not.toEqual([]);
    await page.getByRole('button', { name: /^Removed/ }).focus();
    await press('Enter');
    await expect.poll(() => list().getAttribute('aria-rowcount')).toBe('3');
    await inspect('62-changes-removed');
    await page.getByRole('button', { name: /^All/ }).focus();
    await press('Enter', '/');
    await page.keyboard.type('loyalty');
    await expect.poll(() => list().getAttribute('aria-rowcount')).toBe('2');
    await press('Enter');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
    await expect.poll(() => inHand().textContent()).toContain('loyalty_tier');
    await press('/');
    await page.keyboard.type(' nowhere');
    await page.getByText('No change fits').waitFor();
    await press('/', 'Escape');
    await list().waitFor();
  });

  it('copies and exports all changes', async () => {
    await press('c');
    await page.getByText(/changes copied as Markdown/).waitFor();
    expect(await running.app.evaluate(({ clipboard }) => clipboard.readText())).toContain('# Schema changes');
    const save = join(folder, 'changes.md');
    await stubDialogs(running.app, { save, open: join(folder, 'schema-v2.sql') });
    await press('e');
    await page.getByText('Changes exported to changes.md').waitFor();
    const written = readFileSync(save, 'utf8');
    expect(written).toContain('# Schema changes');
    expect(written).toMatch(/\| added \| column \| `loyalty_tier` \|/);
    await press('x');
    await expect.poll(() => list().textContent()).toContain('loyalty_tier');
    await press('x');
  });

  it('takes a version by drop, says what it cannot read, and that two versions are the same', async () => {
    await dropOnArea(page, 'detect', [join(folder, 'picture.bin')]);
    await page.getByText('picture.bin is of no known format').waitFor({ timeout: 30_000 });
    await dropOnArea(page, 'detect', [join(folder, 'schema.sql')]);
    await page.getByText('The two versions say the same').waitFor({ timeout: 30_000 });
    await inspect('63-changes-same');
    expect((await ask('project.current'))?.inputs).toHaveLength(1);
  });

  it('stays usable with a hundred thousand columns', async () => {
    await dropOnArea(page, 'detect', [join(folder, 'wide-v1.sql'), join(folder, 'wide-v2.sql')]);
    await expect.poll(() => list().getAttribute('aria-rowcount'), { timeout: 120_000 }).toBe('100501');
    await list().focus();
    await press('End');
    await expect.poll(() => inHand().textContent(), { timeout: 20_000 }).toContain('WIDE_999');
    expect(await list().getByRole('row').count()).toBeLessThan(80);
    await press('/');
    await page.keyboard.type('wide_77.attribute_12');
    await expect.poll(() => list().getAttribute('aria-rowcount'), { timeout: 20_000 }).toBe('12');
    await inspect('64-changes-wide');
  }, 200_000);

  it('has said nothing alarming on the way, and broke no policy', () => {
    const alarming = running.log.filter((line) =>
      /page error|Uncaught|TypeError|ReferenceError|Refused to|Content Security Policy|violates/.test(line),
    );
    expect(alarming).toEqual([]);
  });
});

/** The sample's target a release later: each kind of change once or twice. */
function nextVersion(sql: string): string {
  const edits: readonly (readonly [string, string])[] = [
    ['email               varchar(120)', 'email               varchar(60)'],
    ['date_of_birth       date', 'date_of_birth       date NOT NULL'],
    ['phone_home          varchar(20)', 'home_phone          varchar(20)'],
    ["    preferred_language  char(2) NOT NULL DEFAULT 'en',\n", ''],
    ['created_at          timestamp\n', 'created_at          timestamp,\n    loyalty_tier        smallint\n'],
    ['meter_route         varchar(8),\n    access_notes        text', 'meter_route         varchar(8)'],
  ];
  const edited = edits.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the sample has no ${from}`);
    return text.replace(from, to);
  }, sql);
  return `${edited}\nCREATE TABLE tariff_zone (\n    zone_id smallint PRIMARY KEY,\n    zone_name varchar(40) NOT NULL\n);\n`;
}

/** A thousand tables of a hundred columns; the second version widens each column and adds one to every second table. */
function wideSql(version: 1 | 2): string {
  return Array.from({ length: 1000 }, (_, t) => {
    const columns = Array.from({ length: 100 }, (_column, c) => `  ATTRIBUTE_${c} VARCHAR(${version * 20})`);
    if (version === 2 && t % 2 === 0) columns.push('  ADDED_LATER DATE');
    return `CREATE TABLE WIDE_${t} (\n${columns.join(',\n')}\n);`;
  }).join('\n');
}
