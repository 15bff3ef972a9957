import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'portolan-lint-rules-'));

/** One file, one offence: what the rule must say about it. */
const planted: Readonly<Record<string, { readonly rule: string; readonly source: string }>> = {
  'src/engine/core/now.ts': {
    rule: 'no-restricted-properties',
    source: 'export const now = (): number => Date.now();',
  },
  'src/engine/core/new-date.ts': { rule: 'no-clock', source: 'export const now = (): Date => new Date();' },
  'src/engine/core/date-text.ts': { rule: 'no-clock', source: 'export const now = (): string => Date();' },
  'src/engine/core/random.ts': {
    rule: 'no-restricted-properties',
    source: 'export const seed = (): number => Math.random();',
  },
  'src/engine/core/environment.ts': { rule: 'no-restricted-globals', source: 'export const home = process.env;' },
  'src/engine/core/fetch.ts': { rule: 'no-restricted-globals', source: "export const page = fetch('x');" },
  'src/engine/core/intl.ts': { rule: 'no-restricted-globals', source: 'export const list = new Intl.Collator();' },
  'src/engine/core/compare.ts': {
    rule: 'no-restricted-properties',
    source: 'export const order = (a: string, b: string): number => a.localeCompare(b);',
  },
  'src/engine/core/lower.ts': {
    rule: 'no-restricted-properties',
    source: 'export const lower = (a: string): string => a.toLocaleLowerCase();',
  },
  'src/engine/core/file.ts': { rule: 'no-restricted-imports', source: "export { readFileSync } from 'node:fs';" },
  'src/engine/core/database.ts': {
    rule: 'no-restricted-imports',
    source: "export { Database } from 'better-sqlite3';",
  },
  'src/engine/core/default-export.ts': { rule: 'no-default-export', source: 'export default 1;' },
  'src/engine/core/any.ts': { rule: 'no-explicit-any', source: 'export const give = (x: any): unknown => x;' },
  'src/engine/core/long.ts': {
    rule: 'max-lines',
    source: Array.from({ length: 501 }, (_, n) => `export const a${n} = ${n};`).join('\n'),
  },
  'src/main/floating.ts': {
    rule: 'no-floating-promises',
    source: 'export function start(work: () => Promise<void>): void {\n  work();\n}',
  },
  'src/main/switch.ts': {
    rule: 'switch-exhaustiveness-check',
    source:
      "export function size(x: 'a' | 'b'): number {\n  switch (x) {\n    case 'a':\n      return 1;\n  }\n  return 0;\n}",
  },
  'src/renderer/ui/Picture.tsx': { rule: 'alt-text', source: 'export const Picture = () => <img src="a.png" />;' },
};

/** The same words where they are allowed. */
const allowed: Readonly<Record<string, string>> = {
  'src/engine/core/date-of.ts':
    'export const dateOf = (text: string): number => new Date(text).getTime() + Date.UTC(2000, 1);',
  'src/engine/adapters/fs/read.ts':
    "export { readFileSync } from 'node:fs';\nexport const now = (): number => Date.now();",
  'src/main/clock.ts': 'export const now = (): string => new Date().toISOString();',
};

const found = new Map<string, string[]>();

beforeAll(() => {
  for (const [path, { source }] of Object.entries(planted)) write(path, source);
  for (const [path, source] of Object.entries(allowed)) write(path, source);
  write('tsconfig.json', readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const plugin = JSON.stringify(join(root, 'scripts/lint/determinism.mjs'));
  write(
    '.oxlintrc.json',
    readFileSync(join(root, '.oxlintrc.json'), 'utf8').replace('"./scripts/lint/determinism.mjs"', plugin),
  );
  const { stdout } = spawnSync(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '--format', 'unix'], {
    cwd: folder,
    encoding: 'utf8',
  });
  for (const [, path = '', rule = ''] of stdout.matchAll(/^(\S+?):\d+:\d+: .*\((\S+)\)\]$/gm)) {
    found.set(path, [...(found.get(path) ?? []), rule]);
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the lint rules', () => {
  it.each(Object.entries(planted))('report what is wrong in %s', (path, { rule }) => {
    expect(found.get(path) ?? []).toContain(rule);
  });

  it.each(Object.keys(allowed))('have nothing against %s', (path) => {
    expect(found.get(path)).toBeUndefined();
  });
});

function write(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${text}\n`);
}
