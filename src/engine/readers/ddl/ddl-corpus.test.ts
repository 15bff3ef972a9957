import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dialect, SchemaFile, Table } from '../../../shared/model/schema.ts';
import { compareText } from '../../core/text.ts';
import { decodeText } from '../text/decode.ts';
import { readDdl, readDdlFiles } from './read-ddl.ts';

/** Real scripts that are kept beside the project and never in it. */
const root = join(import.meta.dirname, '../../../../../shared/ddl');
const present = existsSync(root);
const paths = present
  ? readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => readdirSync(join(root, name)).map((file) => `${name}/${file}`))
  : [];
const textOf = (path: string): string => decodeText(readFileSync(join(root, path))).text;
const readPath = (path: string, dialect: Dialect | null = null): SchemaFile =>
  readDdl(textOf(path), { file: path, dialect });
const tablesOf = (file: SchemaFile): readonly Table[] => file.tables.filter((table) => table.kind === 'table');

const noise: readonly (readonly [open: string, close: string])[] = [
  ['--', '\n'],
  ['/*', '*/'],
  ["'", "'"],
  ['$_$', '$_$'],
  ['$$', '$$'],
  ['\nCOPY ', '\n\\.'],
  ['\nrem ', '\n'],
  ['\nREM ', '\n'],
  ['\nPROMPT ', '\n'],
];

/** The script without comments, literals, quoted bodies and copied rows, by one pass of plain searching. */
function blank(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let i = 0; i < text.length; i += 1) {
    const hit = noise.find(([open]) => text.startsWith(open, i));
    if (hit === undefined || text.startsWith('/*!', i)) continue;
    let end = text.indexOf(hit[1], i + hit[0].length);
    while (hit[0] === "'" && end !== -1 && text[end - 1] === '\\' && text[end - 2] !== '\\')
      end = text.indexOf("'", end + 1);
    parts.push(text.slice(from, i), hit[0] === "'" ? "''" : ' ');
    // The end of a line may begin the next piece.
    from = end === -1 ? text.length : hit[1] === '\n' ? end : end + hit[1].length;
    i = from - 1;
  }
  return [...parts, text.slice(from)].join('');
}

/** Counts what an eye would count: names behind CREATE TABLE, and items between the commas of its parentheses. */
function countByHand(text: string): Map<string, number> {
  const bare = blank(text);
  const counts = new Map<string, number>();
  const create =
    /\bcreate\s+(?:(?:global\s+)?(?:temporary|temp|unlogged|multiset|foreign|set)\s+){0,3}table\s+(?:if\s+not\s+exists\s+)?("[^"\n]+"|[\w.@$#"`[\]]+)\s*((?:,[^()]*)?)\(/gi;
  for (let hit = create.exec(bare); hit !== null; hit = create.exec(bare)) {
    const name =
      (hit[1] ?? '')
        .replace(/["`[\]]/g, '')
        .split('.')
        .at(-1) ?? '';
    let depth = 1;
    let start = create.lastIndex;
    const items: string[] = [];
    for (let i = create.lastIndex; i < bare.length && depth > 0; i += 1) {
      const char = bare[i];
      if (char === '(') depth += 1;
      else if (char === ')') depth -= 1;
      if (depth === 0 || (depth === 1 && char === ',')) {
        items.push(bare.slice(start, i).trim());
        start = i + 1;
      }
    }
    const constraint =
      /^(?:constraint|primary\s+key|foreign\s+key|unique\b|check\s*\(|(?:unique\s+|fulltext\s+)?(?:key|index)\s+[`"[]?\w+[`"\]]?\s*\(|key\s*\()/i;
    counts.set(name.toLowerCase(), items.filter((item) => item !== '' && !constraint.test(item)).length);
  }
  return counts;
}

describe.skipIf(!present)(`readDdl on real scripts (needs ../shared/ddl)`, () => {
  it.each(paths)('finds in %s every table and column that is written', (path) => {
    const text = textOf(path);
    const expected = countByHand(text);
    const file = readPath(path);
    expect(file.diagnostics.filter((item) => item.severity === 'error')).toEqual([]);
    // Columns that ALTER TABLE adds, inheritance and queries bring are beyond the count by hand.
    const bare = blank(text);
    const altered = new Set(
      [...bare.matchAll(/\balter\s+table\s+(?:only\s+)?(\S+)\s+(?:add|drop)\s+(?!constraint)/gi)].map((hit) =>
        nameOf(hit[1]),
      ),
    );
    for (const statement of bare.split(';'))
      if (/\binherits\b/i.test(statement)) altered.add(nameOf(/\btable\s+(\S+)/i.exec(statement)?.[1]));
    const found = new Map(tablesOf(file).map((table) => [table.name.toLowerCase(), table.columns.length]));
    const read = [...expected].map(([name, count]) => [
      name,
      altered.has(name) && found.has(name) ? count : found.get(name),
    ]);
    expect(read).toEqual([...expected]);
  });

  it.each([
    [
      'OMOP 5.4',
      [
        'postgres/omop54_postgresql.sql',
        'oracle/omop54_oracle.sql',
        'sqlserver/omop54_sql_server.sql',
        'snowflake/omop54_snowflake.sql',
        'duckdb/omop54_duckdb.sql',
        'sqlite/omop54_sqlite.sql',
      ],
    ],
    ['Chinook', ['db2/chinook_db2.sql', 'mysql/chinook_mysql.sql']],
    ['Openfire', ['db2/openfire_db2.sql', 'mysql/openfire_mysql.sql', 'sybase/openfire_sybase.sql']],
    ['Sakila', ['oracle/sakila_oracle.sql', 'sqlserver/sakila_sqlserver.sql']],
  ])('reads %s alike in every dialect', (_, files) => {
    const outline = (path: string): unknown =>
      tablesOf(readPath(path))
        .map((table) =>
          [
            table.name,
            table.columns
              .map((column) => column.name.toLowerCase())
              .toSorted(compareText)
              .join(' '),
            table.primaryKey.join(' '),
          ]
            .join(': ')
            .toLowerCase(),
        )
        .toSorted();
    const [first, ...others] = files.map(outline);
    for (const other of others) expect(other).toEqual(first);
  });

  it('applies a script of constraints to the tables of another', () => {
    const [schema] = readDdlFiles(
      ['oracle/omop54_oracle.sql', 'oracle/omop54_oracle_constraints.sql'].map((path) => ({
        file: path,
        text: textOf(path),
        dialect: 'oracle' as const,
      })),
    );
    const keys = [...textOf('oracle/omop54_oracle_constraints.sql').matchAll(/FOREIGN KEY/g)].length;
    expect(schema?.tables.reduce((sum, table) => sum + table.foreignKeys.length, 0)).toBe(keys);
  });
});

function nameOf(written: string | undefined): string {
  return (
    (written ?? '')
      .replace(/["`[\]]/g, '')
      .split('.')
      .at(-1)
      ?.toLowerCase() ?? ''
  );
}

const seedScript = `CREATE TABLE a (id NUMBER(10) DEFAULT 1 NOT NULL, b VARCHAR(5) CHECK (b IN ('x','y')), c DECIMAL(10,2) REFERENCES d (e), PRIMARY KEY (id));
ALTER TABLE a ADD CONSTRAINT k FOREIGN KEY (b) REFERENCES f; COMMENT ON COLUMN a.b IS 'it''s';
CREATE PROCEDURE p AS BEGIN IF x THEN y; END IF; END;
/
CREATE VIEW v AS SELECT id AS one, b FROM a; CREATE TYPE t AS (x int); EXEC sp_rename 'a.b', 'c', 'COLUMN'`;
const dialectArb = fc.constantFrom<Dialect | null>(
  null,
  'oracle',
  'sqlserver',
  'mysql',
  'postgres',
  'teradata',
  'db2',
  'snowflake',
  'sqlite',
  'spark',
);
const piece = fc.constantFrom(
  '(',
  ')',
  ',',
  "'",
  '"',
  '`',
  '[',
  ']',
  ';',
  '/*',
  '*/',
  '--',
  '\n',
  '\n/\n',
  '\nGO\n',
  '$$',
  'BEGIN ',
  'END ',
  'CREATE TABLE ',
  ' AS ',
  ' DEFAULT ',
  'ALTER TABLE a ',
  ' ADD ',
  '.',
  '<',
  '>',
  '@',
  '\\',
);

describe('readDdl on damaged scripts', () => {
  it('never throws, and reads the same text the same way', () => {
    const edit = fc.record({
      at: fc.nat(seedScript.length),
      cut: fc.nat(12),
      put: fc.oneof(piece, fc.string({ maxLength: 6 })),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), dialectArb, (edits, dialect) => {
        const text = edits.reduce(
          (script, { at, cut, put }) => script.slice(0, at) + put + script.slice(at + cut),
          seedScript,
        );
        expect(readDdl(text, { file: 'x', dialect })).toEqual(readDdl(text, { file: 'x', dialect }));
      }),
      { seed: 7, numRuns: 1500 },
    );
  });

  it('never throws on any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece, { maxLength: 60 }).map((all) => all.join('')),
        ),
        dialectArb,
        (text, dialect) => readDdl(text, { file: 'x', dialect }).format === 'ddl',
      ),
      { seed: 11, numRuns: 1500 },
    );
  });
});
