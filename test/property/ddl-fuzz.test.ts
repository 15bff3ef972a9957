import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/engine/readers/text/decode.ts';
import { readDdl } from '../../src/engine/readers/ddl/index.ts';
import { type Dialect, SchemaFile, dialects } from '../../src/shared/model/schema.ts';
import { createRng } from '../support/rng.ts';

/** `PORTOLAN_FUZZ=10000 npx vitest run test/property/ddl-fuzz.test.ts` for a long search. */
const mutations = Number(process.env['PORTOLAN_FUZZ'] ?? 1500);
const seed = Number(process.env['PORTOLAN_FUZZ_SEED'] ?? 1);

const own = join(import.meta.dirname, '../../src/engine/readers/ddl/fixtures');
const shared = join(import.meta.dirname, '../../../shared/ddl');

function scriptsUnder(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:sql|ddl)$/.test(name))
    .toSorted()
    .map((name) => decodeText(readFileSync(join(folder, name))).text);
}

/** Mutations of whole dumps would be lost in their rows: windows of them are taken. */
const windowChars = 6000;
const samples = [...scriptsUnder(own), ...scriptsUnder(shared)];

const splices: readonly string[] = [
  "'",
  '"',
  '`',
  '[',
  ']',
  '(',
  ')',
  '((((((((((',
  '))))))',
  ',',
  ';',
  '--',
  '/*',
  '*/',
  '$$',
  '$a$',
  '\n/\n',
  '\nGO\n',
  '\n',
  '\0',
  '\u2028',
  '\uD800',
  '.',
  '..',
  '::',
  'AS',
  ' NOT ',
  ' NULL ',
  ' DEFAULT ',
  ' CHECK (',
  ' REFERENCES ',
  ' PRIMARY KEY ',
  ' CONSTRAINT ',
  ' GENERATED ALWAYS AS ',
  ' ARRAY<STRUCT<',
  ' INTERVAL ',
  'BEGIN ',
  ' END ',
  'CASE ',
  'CREATE TABLE ',
  'CREATE OR REPLACE ',
  'ALTER TABLE ',
  'COMMENT ON ',
  'EXEC sp_rename ',
  'DELIMITER $$\n',
  "q'[",
  "N'",
  '&x..',
  '${',
  '{{',
  '__proto__',
  'constructor',
  'LIKE ',
  'INHERITS (',
  ' ADD ',
  ' MODIFY ',
  ' DROP ',
  ' RENAME ',
  'NUMBER(',
  'VARCHAR(99999999999999999999)',
  'DECIMAL(-1,-1)',
  '9'.repeat(400),
  'x'.repeat(2000),
  '('.repeat(3000),
  "''".repeat(500),
];

interface Rng {
  int(below: number): number;
}

function mutate(text: string, rng: Rng): string {
  let result = text;
  for (let i = 1 + rng.int(6); i > 0; i -= 1) result = step(result, rng);
  return result;
}

function step(text: string, rng: Rng): string {
  const at = rng.int(text.length + 1);
  const to = Math.min(text.length, at + 1 + rng.int(rng.int(10) === 0 ? 2000 : 40));
  switch (rng.int(7)) {
    case 0:
      return text.slice(0, at) + text.slice(to);
    case 1:
      return text.slice(0, to) + text.slice(at, to) + text.slice(to);
    case 2:
      return text.slice(0, at) + String.fromCharCode(rng.int(0x250)) + text.slice(at + 1);
    case 3: {
      const from = rng.int(text.length + 1);
      return text.slice(0, at) + text.slice(from, from + rng.int(200)) + text.slice(at);
    }
    case 4:
      return text.slice(0, at);
    case 5:
      return text.slice(0, at) + text.slice(at, to).toUpperCase().split('').reverse().join('') + text.slice(to);
    default:
      return text.slice(0, at) + (splices[rng.int(splices.length)] ?? '') + text.slice(at);
  }
}

/** What a reader that guesses could blow up into. */
function sizeOf({ tables, diagnostics }: SchemaFile): number {
  return tables.reduce((sum, table) => sum + 1 + table.columns.length, diagnostics.length);
}

describe('the DDL reader on damaged scripts', () => {
  it(`survives ${mutations} mutations: no exception, no hang, a result of the model's shape and no larger than its script`, () => {
    const rng = createRng(seed);
    for (let i = 0; i < mutations; i += 1) {
      const sample = samples[i % samples.length] ?? '';
      const from = sample.length <= windowChars ? 0 : rng.int(sample.length - windowChars);
      const script = mutate(sample.slice(from, from + windowChars), rng);
      const dialect: Dialect | null = rng.int(3) === 0 ? null : (dialects[rng.int(dialects.length)] ?? null);
      const read = attempt(script, dialect, i);
      if (i % 10 === 0) SchemaFile.parse(read);
      expect(sizeOf(read), `mutation ${i} of seed ${seed}`).toBeLessThan(200 + script.length);
    }
  }, 600_000);

  it.each([
    ['parentheses', (n: number) => `CREATE TABLE t (a int ${'('.repeat(n)}`],
    ['closed parentheses', (n: number) => `CREATE TABLE t (a int DEFAULT ${'('.repeat(n)}1${')'.repeat(n)})`],
    ['type brackets', (n: number) => `CREATE TABLE t (a ${'ARRAY<'.repeat(n)}INT${'>'.repeat(n)})`],
    ['quotes', (n: number) => `CREATE TABLE t (a varchar DEFAULT ${"'".repeat(n)})`],
    ['open comments', (n: number) => `CREATE TABLE t (a int ${'/*'.repeat(n)}`],
    ['queries', (n: number) => `CREATE VIEW v AS ${'SELECT * FROM ('.repeat(n)}`],
    ['BEGIN', (n: number) => `CREATE PROCEDURE p AS ${'BEGIN '.repeat(n)}`],
    ['CASE', (n: number) => `CREATE TABLE t (a int DEFAULT ${'CASE WHEN 1 THEN '.repeat(n)})`],
    ['dots', (n: number) => `CREATE TABLE ${'a.'.repeat(n)}t (a int)`],
    ['words', (n: number) => `CREATE ${'TABLE '.repeat(n)}`],
    ['columns', (n: number) => `CREATE TABLE t (${Array.from({ length: n }, (_, i) => `c${i} int`).join(',')})`],
    ['changes', (n: number) => `CREATE TABLE t (a int);${'ALTER TABLE t ADD b int;'.repeat(n)}`],
    [
      'copies',
      (n: number) =>
        `CREATE TABLE t (a int, b int);${Array.from({ length: n }, (_, i) => `CREATE TABLE t${i} (LIKE t);`).join('')}`,
    ],
    [
      'renames',
      (n: number) => `CREATE TABLE t (a int);${'ALTER TABLE t RENAME TO u;ALTER TABLE u RENAME TO t;'.repeat(n)}`,
    ],
    ['comments on missing tables', (n: number) => `COMMENT ON TABLE x IS 'y';`.repeat(n)],
    ['dollars', (n: number) => `CREATE TABLE t (a int DEFAULT ${'$a$b'.repeat(n)})`],
    ['placeholders', (n: number) => `CREATE TABLE t (a int DEFAULT ${'{{'.repeat(n)})`],
    [
      'stars over itself',
      (n: number) =>
        `CREATE TABLE v0 (a int, b int);${Array.from({ length: Math.min(n, 40) }, (_, i) => `CREATE VIEW v${i + 1} AS SELECT a.*, b.* FROM v${i} a, v${i} b;`).join('')}`,
    ],
  ] as const)(
    'reads many %s in time and space that grow with the script',
    (_name, script) => {
      for (const dialect of [null, 'oracle', 'sqlserver', 'postgres', 'mysql', 'spark'] as const) {
        const text = script(20_000);
        expect(sizeOf(attempt(text, dialect, -1))).toBeLessThan(200 + text.length);
      }
    },
    120_000,
  );
});

function attempt(script: string, dialect: Dialect | null, index: number): SchemaFile {
  try {
    return readDdl(script, { file: 'x.sql', dialect });
  } catch (thrown) {
    throw new Error(`mutation ${index} of seed ${seed}, dialect ${dialect}:\n${script.slice(0, 3000)}`, {
      cause: thrown,
    });
  }
}
