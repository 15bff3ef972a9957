import { describe, expect, it } from 'vitest';
import type { Dialect, SchemaFile, Table } from '../../../shared/model/schema.ts';
import { readDdl, readDdlFiles } from './read-ddl.ts';

const read = (text: string, dialect: Dialect | null = null): SchemaFile => readDdl(text, { file: 'x.sql', dialect });
const columns = (table: Table): readonly string[] => table.columns.map((column) => `${column.name} ${column.rawType}`);
const messages = (file: SchemaFile, severity: string): readonly string[] =>
  file.diagnostics.filter((item) => item.severity === severity).map((item) => item.message);

describe('readDdl, defective scripts', () => {
  it('loses one statement at most and names its line', () => {
    const file = read(`CREATE TABLE a (x INT);
CREATE TABLE ;
CREATE TABEL b (x INT);
CREATE TABLE c (x INT, y VARCHAR(5), FOREIGN KEY (x));
CREATE TABLE d (x INT`);
    expect(file.tables.map((table) => [table.name, columns(table)])).toEqual([
      ['a', ['x INT']],
      ['c', ['x INT', 'y VARCHAR(5)']],
      ['d', ['x INT']],
    ]);
    expect(file.diagnostics.map(({ severity, line }) => [severity, line])).toEqual([
      ['error', 2],
      ['info', 3],
      ['error', 4],
      ['error', 5],
    ]);
    expect(file.diagnostics[0]).toMatchObject({ file: 'x.sql', statement: 'CREATE TABLE' });
  });

  it('goes on behind a quote that is not closed, a stray quote and a type that is cut off', () => {
    const file = read(`CREATE TABLE a (x VARCHAR(5) DEFAULT 'oops, y INT);
CREATE TABLE b (x INT);
COMMENT ON TABLE b IS 'fine';';
CREATE TABLE c (
  p DECIMAL(15,
  q INT
);
CREATE TABLE d (
  p DECIMAL(15,2)),
  q INT
);
CREATE TABLE e (x INT);`);
    expect(file.tables.map((table) => [table.name, columns(table).length])).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 2],
      ['d', 2],
      ['e', 1],
    ]);
    expect(file.tables[1]?.comment).toBe('fine');
    expect(messages(file, 'error').length).toBeGreaterThanOrEqual(3);
  });

  it('reports columns without a type, attributes that are not understood and commas that are missing', () => {
    const file = read('CREATE TABLE a (x, y INT WIBBLE,\n p INT\n q INT)');
    expect(file.tables[0]?.columns.map((column) => column.name)).toEqual(['x', 'y', 'p', 'q']);
    expect(file.diagnostics.map((item) => item.message)).toEqual([
      'Column x of table a has no type; write one to have it compared and converted',
      'Column y of table a: "WIBBLE" is not understood and left out',
      'A comma is missing between items of table a; 2 items are read',
    ]);
  });

  it('reads on after a procedure that has no end', () => {
    const file = read(
      'CREATE PROCEDURE p AS BEGIN IF x THEN y; \nCREATE TABLE a (x INT);\nCREATE TABLE b (x INT);',
      'oracle',
    );
    expect(file.tables.map((table) => table.name)).toEqual(['a', 'b']);
    expect(messages(file, 'warning').length).toBe(1);
  });

  it('uses the later of two definitions and says so, but keeps the first under IF NOT EXISTS', () => {
    const file = read(
      'CREATE TABLE a (x INT);\nCREATE TABLE A (y INT);\nCREATE TABLE IF NOT EXISTS a (z INT);\nDROP TABLE a;\nCREATE TABLE a (w INT);',
    );
    expect(file.tables.map(columns)).toEqual([['w INT']]);
    expect(file.diagnostics.map(({ severity, line }) => [severity, line])).toEqual([['warning', 2]]);
  });

  it('limits remarks and sums up the rest', () => {
    const file = read(`CREATE TABLE a (x INT);${'blah blah;\n'.repeat(1000)}`);
    expect(messages(file, 'info').length).toBe(201);
    expect(messages(file, 'info').at(-1)).toBe('800 more remarks like these are not shown');
  });

  it('survives deep nesting and long names', () => {
    for (const text of [
      `CREATE TABLE a (x INT DEFAULT ${'('.repeat(100_000)}`,
      `CREATE TABLE ${'a.'.repeat(50_000)}b (x INT);`,
      '/* '.repeat(50_000),
      "'".repeat(99_999),
      `CREATE VIEW v AS ${'(SELECT '.repeat(20_000)}`,
      'CREATE '.repeat(20_000),
    ]) {
      expect(readDdl(text, { file: 'x.sql' }).format).toBe('ddl');
    }
  });
});

describe('readDdlFiles', () => {
  it('applies the keys of one script to the tables of another, whatever their order', () => {
    const [keys, tables] = readDdlFiles([
      {
        file: 'keys.sql',
        text: 'ALTER TABLE s.child ADD CONSTRAINT fk FOREIGN KEY (p) REFERENCES s.parent;\nALTER TABLE gone ADD x INT;',
      },
      { file: 'tables.sql', text: 'CREATE TABLE s.parent (id INT PRIMARY KEY); CREATE TABLE s.child (P INT);' },
    ]);
    expect(keys?.tables).toEqual([]);
    expect(keys?.diagnostics.filter((item) => item.line === 2).map((item) => item.message)).toEqual([
      'No table gone is created in the files read together; a statement on it is left out',
    ]);
    expect(tables?.tables[1]?.foreignKeys).toEqual([
      { name: 'fk', columns: ['P'], references: { schema: 's', table: 'parent', columns: ['id'] } },
    ]);
  });
});
