import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const scratch: string[] = [];

interface Violation {
  readonly name: string;
  readonly from: string;
  readonly source: string;
  readonly others?: readonly string[];
}

/** One import that breaks the named rule, and the modules that must exist for it. */
const planted: readonly Violation[] = [
  {
    name: 'no-cycles',
    from: 'src/engine/sql/a.ts',
    source: "import './b.ts';",
    others: ['src/engine/sql/b.ts ./a.ts'],
  },
  { name: 'engine-is-electron-free', from: 'src/engine/graph/window.ts', source: "import { app } from 'electron';" },
  {
    name: 'engine-knows-no-host',
    from: 'src/engine/graph/a.ts',
    source: "import '../../cli/b.ts';",
    others: ['src/cli/b.ts'],
  },
  {
    name: 'native-and-network-only-in-adapters',
    from: 'src/engine/readers/a.ts',
    source: "import { get } from 'node:https';",
  },
  {
    name: 'native-and-network-only-in-adapters',
    from: 'src/engine/store/a.ts',
    source: "import type { Database } from 'better-sqlite3';",
  },
  {
    name: 'adapters-are-plugged-in',
    from: 'src/engine/nodes/a.ts',
    source: "import type { B } from '../adapters/duckdb/b.ts';",
    others: ['src/engine/adapters/duckdb/b.ts'],
  },
  {
    name: 'adapters-implement-ports',
    from: 'src/engine/adapters/duckdb/a.ts',
    source: "import '../../nodes/b.ts';",
    others: ['src/engine/nodes/b.ts'],
  },
  {
    name: 'core-is-low',
    from: 'src/engine/core/a.ts',
    source: "import '../sql/b.ts';",
    others: ['src/engine/sql/b.ts'],
  },
  {
    name: 'ports-are-interfaces',
    from: 'src/engine/ports/a.ts',
    source: "import '../sql/b.ts';",
    others: ['src/engine/sql/b.ts'],
  },
  {
    name: 'engine-through-its-index',
    from: 'src/main/a.ts',
    source: "import '../engine/graph/b.ts';",
    others: ['src/engine/graph/b.ts'],
  },
  { name: 'shared-is-a-leaf', from: 'src/shared/a.ts', source: "import 'saxes';" },
  { name: 'shared-is-a-leaf', from: 'src/shared/model/a.ts', source: "import { join } from 'node:path';" },
  {
    name: 'renderer-sees-only-shared',
    from: 'src/renderer/ui/Panel.tsx',
    source: 'import type { B } from \'../../engine/b.ts\';\nexport const Panel = () => <p className="x">text</p>;',
    others: ['src/engine/b.ts'],
  },
  {
    name: 'preload-stands-alone',
    from: 'src/preload/a.ts',
    source: "import '../shared/b.ts';",
    others: ['src/shared/b.ts'],
  },
  {
    name: 'features-are-islands',
    from: 'src/renderer/features/review/View.tsx',
    source: "import '../jobs/parts.ts';",
    others: ['src/renderer/features/jobs/parts.ts'],
  },
];

afterAll(() => {
  for (const folder of scratch) rmSync(folder, { recursive: true, force: true });
});

describe('the import rules', () => {
  it.each(planted)('report $name in $from', (violation) => {
    const { status, rules } = check(treeWith(violation));
    expect({ status, rules }).toEqual({ status: 1, rules: [violation.name] });
  });

  it('each have a planted violation', () => {
    const { forbidden } = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as {
      forbidden: { name: string }[];
    };
    expect([...new Set(planted.map(({ name }) => name))].sort()).toEqual(forbidden.map(({ name }) => name).sort());
  });

  it('accept what is allowed', () => {
    const folder = treeWith({
      name: 'none',
      from: 'src/main/a.ts',
      source:
        "import '../engine/index.ts';\nimport '../engine/adapters/index.ts';\nimport 'electron';\nimport 'node:fs';",
      others: ['src/engine/index.ts', 'src/engine/adapters/index.ts ../ports/store.ts', 'src/engine/ports/store.ts'],
    });
    expect(check(folder)).toEqual({ status: 0, rules: [], read: 4 });
  });

  it('fail when no module could be read', () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'src'));
    expect(check(folder)).toEqual({ status: 1, rules: [], read: 0 });
  });
});

function treeWith({ from, source, others = [] }: Violation): string {
  const folder = newFolder();
  write(folder, from, source);
  for (const other of others) {
    const [path = '', target] = other.split(' ');
    write(folder, path, target === undefined ? 'export {};' : `import '${target}';`);
  }
  return folder;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-import-rules-'));
  scratch.push(folder);
  return folder;
}

function write(folder: string, path: string, source: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${source}\n`);
}

function check(folder: string): { status: number | null; rules: readonly string[]; read: number } {
  const script = join(root, 'scripts/check/import-rules.mjs');
  const { status, stdout } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' });
  const rules = [...stdout.matchAll(/^ {2}([a-z-]+): /gm)].map((match) => match[1] ?? '');
  return { status, rules: [...new Set(rules)], read: Number(/ in (\d+) modules/.exec(stdout)?.[1]) };
}
