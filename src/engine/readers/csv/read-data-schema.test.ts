import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { withDataFile } from '../../../../test/support/data-session.ts';
import type { SqlSession } from '../../ports/sql-runner.ts';
import type { DataSource } from './data-load.ts';
import { readDataSchema } from './read-data-schema.ts';

interface Read {
  readonly source: DataSource;
  readonly typed: readonly (readonly unknown[])[];
  readonly text: readonly (readonly unknown[])[];
}

/** Reads a file, loads it both ways, and gives back all of it. */
function read(name: string, content: string | Uint8Array, format: 'csv' | 'json' | 'parquet' = 'csv'): Promise<Read> {
  return withDataFile(name, content, async (session, prepared) => {
    const source = await readDataSchema(session, prepared, format);
    const rows = async (table: string, asText: boolean): Promise<Read['typed']> => {
      if (source.load === null) return [];
      await session.run(source.load.createTableSql(table, { asText }));
      return (await session.query(`SELECT * FROM "${table}"`)).rows;
    };
    return { source, typed: await rows('typed', false), text: await rows('text', true) };
  });
}

const columns = (read: Read): string =>
  (read.source.schema.tables[0]?.columns ?? [])
    .map((column) => `${column.name} ${column.rawType}${column.nullable ? '' : ' NOT NULL'}`)
    .join(', ');
const messages = (read: Read): readonly string[] =>
  read.source.schema.diagnostics.map((diagnostic) => `${diagnostic.severity}: ${diagnostic.message}`);

describe('reading a CSV file', () => {
  it('gives each column the type that every value has', async () => {
    const found = await read(
      'orders_2024.csv',
      'id,amount,placed,at,ok,note\n1,1.50,2024-02-29,2024-02-29 10:00:00,true,x\n2,-3,2024-03-01,2024-03-01T11:30,FALSE,\n',
    );
    expect(columns(found)).toBe(
      'id BIGINT NOT NULL, amount DOUBLE NOT NULL, placed DATE NOT NULL, at TIMESTAMP NOT NULL, ok BOOLEAN NOT NULL, note VARCHAR',
    );
    expect(found.source.schema.tables[0]).toMatchObject({ name: 'orders_2024', kind: 'data' });
    expect(found.typed).toEqual([
      [1n, 1.5, '2024-02-29', '2024-02-29 10:00:00', true, 'x'],
      [2n, -3, '2024-03-01', '2024-03-01 11:30:00', false, null],
    ]);
    expect(found.text[1]).toEqual(['2', '-3', '2024-03-01', '2024-03-01T11:30', 'FALSE', null]);
    expect(messages(found)).toEqual([]);
  });

  it('takes the Z of Greenwich for a point in time, and leaves other zones as text', async () => {
    const found = await read(
      'x.csv',
      'a,b\n2024-02-29T10:00:00Z,2024-02-29T10:00:00+02:00\n2024-03-01T11:30:00.5Z,x\n',
    );
    expect(columns(found)).toBe('a TIMESTAMP NOT NULL, b VARCHAR NOT NULL');
    expect(found.typed[1]?.[0]).toBe('2024-03-01 11:30:00.5');
  });

  it('proves types on the last row, not only on the first ones', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => `${index},${index}`).join('\n');
    expect(columns(await read('x.csv', `a,b\n${rows}\nN/A,7\n`))).toBe('a VARCHAR NOT NULL, b BIGINT NOT NULL');
  });

  it('types a column that is empty at first', async () => {
    const rows = Array.from({ length: 3000 }, (_, index) => `${index},`).join('\n');
    expect(columns(await read('x.csv', `a,b\n${rows}\n3000,2024-05-06\n`))).toBe('a BIGINT NOT NULL, b DATE');
  });

  it('reads a file of a thousand columns, most of them empty at first', async () => {
    const names = Array.from({ length: 1000 }, (_, index) => `c${index}`);
    const empty = names.map(() => '').join(',');
    const last = names
      .map((_, index) => (index % 3 === 0 ? index : index % 3 === 1 ? `2024-01-${10 + (index % 20)}` : ''))
      .join(',');
    const found = await read('wide.csv', `${names.join(',')}\n${`${empty}\n`.repeat(5)}${last}\n`);
    expect(found.source.schema.tables[0]?.columns.slice(0, 3).map((column) => column.rawType)).toEqual([
      'BIGINT',
      'DATE',
      'VARCHAR',
    ]);
    expect(found.typed).toHaveLength(6);
  });

  it('keeps codes with leading zeros and long digits as text', async () => {
    const found = await read('x.csv', 'zip,card,n\n01234,4000123412341234567890,0\n55555,4000123412341234567891,10\n');
    expect(columns(found)).toBe('zip VARCHAR NOT NULL, card VARCHAR NOT NULL, n BIGINT NOT NULL');
    expect(found.typed[0]).toEqual(['01234', '4000123412341234567890', 0n]);
  });

  it('reads local dates where day and month can be told apart, and only there', async () => {
    const found = await read(
      'x.csv',
      'us,eu,either\n12/31/2024,31.12.2024,01/02/2024\n01/02/2024,01.02.2024,03/04/2024\n',
    );
    expect(columns(found)).toBe('us DATE NOT NULL, eu DATE NOT NULL, either VARCHAR NOT NULL');
    expect(found.typed[1]).toEqual(['2024-01-02', '2024-02-01', '03/04/2024']);
    expect(messages(found)).toEqual([
      'info: x.csv is read with dates of us as %m/%d/%Y; dates of eu as %d.%m.%Y',
      'info: Day and month of either in x.csv cannot be told apart; it stays text',
    ]);
  });

  it('reads decimal commas, thousands and dates with month names, and says so', async () => {
    const found = await read(
      'x.csv',
      'de;us;day;code\n1.234,50;1,234.50;05-JAN-2020;1,234\n-0,5;7.25;17-DEC-2021;2,345\n',
    );
    expect(columns(found)).toBe('de DOUBLE NOT NULL, us DOUBLE NOT NULL, day DATE NOT NULL, code VARCHAR NOT NULL');
    expect(found.typed).toEqual([
      [1234.5, 1234.5, '2020-01-05', '1,234'],
      [-0.5, 7.25, '2021-12-17', '2,345'],
    ]);
    expect(messages(found)).toEqual([
      'info: x.csv is read with delimiter ;; numbers of de with a decimal comma and thousands apart; numbers of us with a decimal point and thousands apart; dates of day as %d-%b-%Y',
    ]);
  });

  it('names columns without a name and columns with the same name, and says so', async () => {
    const found = await read('x.csv', 'id,,ID,"a ""b"" c"\n1,2,3,4\n');
    expect(found.source.schema.tables[0]?.columns.map((column) => column.name)).toEqual([
      'id',
      'column_2',
      'ID_2',
      'a "b" c',
    ]);
    expect(messages(found)).toEqual([
      'warning: Column 2 of x.csv has no name and is called column_2',
      'warning: The name ID occurs more than once in x.csv; column 3 is called ID_2',
    ]);
  });

  it('fills short rows, leaves out long ones, and counts them with their line', async () => {
    const found = await read('x.csv', 'a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,"11\n12",13\n');
    expect(found.text).toEqual([
      ['1', '2', '3'],
      ['4', '5', null],
      ['10', '11\n12', '13'],
    ]);
    expect(found.source.load).toMatchObject({ rows: 3, unreadableRows: 1 });
    expect(found.source.schema.diagnostics).toMatchObject([{ severity: 'warning', line: 4, statement: '6,7,8,9' }]);
  });

  it.each([
    ['of a value that no other quote follows', '', '7000,"broken', '"broken'],
    ['among values that are all quoted', '"', '7000,"broken', '"broken'],
    ['inside a quoted value', '"', '7000,"say "so" now"', 'say "so" now'],
  ])('loses nothing to a quote %s', async (_, quote, odd, value) => {
    const rows = (from: number, to: number): string =>
      Array.from({ length: to - from }, (__, i) => `${from + i},${quote}n ${from + i}${quote}\n`).join('');
    const found = await read('x.csv', `id,note\n${rows(0, 7000)}${odd}\n${rows(7001, 9000)}`);
    expect(found.source.load).toMatchObject({ rows: 9000, unreadableRows: 0 });
    expect(found.typed.slice(6999, 7002)).toEqual([
      [6999n, 'n 6999'],
      [7000n, value],
      [7001n, 'n 7001'],
    ]);
    expect(found.source.schema.diagnostics).toMatchObject([{ severity: 'warning', line: 7002 }]);
    expect(messages(found)[0]).toContain('they are kept as characters');
  });

  it('says how many rows an open quote costs where other values need their quotes', async () => {
    const rows = (from: number, to: number): string =>
      Array.from({ length: to - from }, (_, i) => `${from + i},"n, ${from + i}"\n`).join('');
    const found = await read('x.csv', `id,note\n${rows(0, 7000)}7000,"broken\n${rows(7001, 9000)}`);
    expect(found.source.load).toMatchObject({ rows: 8998, unreadableRows: 2 });
    expect(found.typed).toHaveLength(8998);
    expect(messages(found)).toEqual([
      'warning: 2 rows of x.csv hold a quote that is opened and not closed, and are left out; close or double it',
    ]);
    expect(found.source.schema.diagnostics[0]?.line).toBe(7002);
  });

  it('reads line ends of several kinds in one file, and counts the rows that have too many cells', async () => {
    const found = await read('x.csv', 'id,a\r\n1,x\n2,y\r\n3,z,more\n4,"q, r"\r\n5\n');
    expect(found.typed).toEqual([
      [1n, 'x'],
      [2n, 'y'],
      [4n, 'q, r'],
      [5n, null],
    ]);
    expect(found.source.load).toMatchObject({ rows: 4, unreadableRows: 1 });
    expect(messages(found)).toEqual([
      'warning: 1 rows of x.csv have more cells than columns and are left out; quote cells that hold the delimiter',
    ]);
  });

  it('reads a line of five million characters', async () => {
    const found = await read('x.csv', `id,text\n1,${'x'.repeat(5_000_000)}\n2,y\n`);
    expect(found.source.load).toMatchObject({ rows: 2, unreadableRows: 0 });
    expect(messages(found)).toEqual([]);
  });

  it('reads UTF-16, Windows-1252 and a byte order mark alike', async () => {
    const text = 'id,city\n1,Zürich\n';
    const expected = [['1', 'Zürich']];
    for (const bytes of [`\uFEFF${text}`, Buffer.from(text, 'latin1'), Buffer.from(`\uFEFF${text}`, 'utf16le')]) {
      const found = await read('x.csv', bytes);
      expect(found.text).toEqual(expected);
      expect(columns(found)).toBe('id BIGINT NOT NULL, city VARCHAR NOT NULL');
    }
  });

  it('reads tab-separated text with CR LF and old Macintosh line ends', async () => {
    expect((await read('x.tsv', 'a\tb\r\n1\tx\r\n')).typed).toEqual([[1n, 'x']]);
    expect((await read('x.tsv', 'a\tb\r1\tx\r2\ty\r')).typed).toEqual([
      [1n, 'x'],
      [2n, 'y'],
    ]);
  });

  it.each([
    ['an empty file', '', 'error: x.csv is empty; export it again'],
    ['blank lines', '\n \n', 'error: x.csv is empty; export it again'],
    [
      'a binary file',
      Buffer.from([0, 1, 2, 3, 0, 5]),
      'error: x.csv is not a text file, or holds NUL characters; export the data as CSV in UTF-8',
    ],
  ])('says what to do about %s', async (_, content, message) => {
    const found = await read('x.csv', content);
    expect(messages(found)).toEqual([message]);
    expect(found.source.schema.tables).toEqual([]);
    expect(found.source.load).toBeNull();
  });

  it('keeps the columns of a file without rows', async () => {
    const found = await read('x.csv', 'a,b\n');
    expect(columns(found)).toBe('a VARCHAR, b VARCHAR');
    expect(messages(found)).toEqual(['warning: x.csv has column names and no rows']);
  });

  it('names the columns of a file without a header', async () => {
    const found = await read('x.csv', '1,anna\n2,bob\n');
    expect(columns(found)).toBe('column_1 BIGINT NOT NULL, column_2 VARCHAR NOT NULL');
    expect(found.typed).toHaveLength(2);
  });

  it('takes names and paths with quotes as what they are', async () => {
    const found = await read("o'clock.csv", `"it's",b\n1,2\n`);
    expect(found.typed).toEqual([[1n, 2n]]);
    expect(found.source.schema.tables[0]?.name).toBe("o'clock");
  });
});

describe('reading other data files', () => {
  it('reads JSON lines with nested values', async () => {
    const found = await read('x.ndjson', '{"id": 1, "tags": ["a"]}\n{"id": 2, "tags": null}\n', 'json');
    expect(columns(found)).toBe('id BIGINT NOT NULL, tags VARCHAR[]');
    expect(found.source.schema.tables[0]?.columns[1]?.type).toBe('array');
    expect(found.text).toEqual([
      ['1', '[a]'],
      ['2', null],
    ]);
  });

  it('reads the sound lines of JSON with an object a line, and names the others', async () => {
    const content =
      '{"id": 1, "o": {"x": 1}}\n\n{"id": 2, "o": {"x\n{"id": 3, "n": 2.5}\nnot json\n"text"\n{"id": 4, "l": [1]}\n';
    const found = await read('x.ndjson', content.repeat(2), 'json');
    expect(columns(found)).toBe('id UBIGINT NOT NULL, o STRUCT(x UBIGINT), n DOUBLE, l UBIGINT[]');
    expect(found.typed).toHaveLength(6);
    expect(found.source.schema.diagnostics.map(({ severity, line }) => `${severity} ${line}`)).toEqual(
      [3, 5, 6, 10, 12, 13].map((line) => `warning ${line}`),
    );
  });

  it('says what to do about JSON that ends too early', async () => {
    const found = await read('x.json', '[{"id": 1}, {"id": ', 'json');
    expect(found.source.load).toBeNull();
    expect(messages(found)[0]).toMatch(/^error: x\.json cannot be read as JSON/);
  });

  it('reads Parquet without an extension to install', async () => {
    const parquet = Buffer.from(parquetOfTwoRows, 'base64');
    const found = await read('x.parquet', parquet, 'parquet');
    expect(columns(found)).toBe('id INTEGER NOT NULL, price DECIMAL(9,2)');
    expect(found.source.schema.tables[0]?.columns[1]).toMatchObject({ type: 'decimal', precision: 9, scale: 2 });
    expect(found.typed).toEqual([
      [1, '1.25'],
      [2, null],
    ]);
  });
});

describe('the statement that loads a file', () => {
  it('can name the file by another path', async () => {
    await withDataFile('x.csv', 'a\n1\n', async (session: SqlSession, prepared) => {
      const source = await readDataSchema(session, prepared, 'csv');
      const sql = source.load?.createTableSql('X "1"', { path: 'data/x.csv' }) ?? '';
      expect(
        sql.startsWith(`CREATE TABLE "X ""1""" AS SELECT CAST("a" AS BIGINT) AS "a" FROM read_csv('data/x.csv'`),
      ).toBe(true);
      expect(sql).not.toContain(prepared.path);
      expect(await readFile(prepared.path, 'utf8')).toBe('a\n1\n');
    });
  });
});

/** Two rows (id INTEGER, price DECIMAL(9,2)) written by DuckDB for this test. */
const parquetOfTwoRows =
  'UEFSMRUAFRwVICwVBBUAFQYVBgAADjQCAAAABAEBAAAAAgAAABUAFVIVIiwVBBUAFQYVBgAAKRghAAAAQQEAdgEADH0AAAAVAhk8NQAYDWR1Y2tkYl9zY2hlbWEVBAAVAiUCGAJpZCUiABUCJQIYBXByaWNlJQoVBBUSLFwVBBUSAAAAFgQZHBksJgAcFQIZFQAZGAJpZBUCFgQWPhZCJgg8GAQCAAAAGAQBAAAAFgAoBAIAAAAYBAEAAAAREQAAACYAHBUCGRUAGRgFcHJpY2UVAhYEFnQWRCZKPBgEfQAAABgEfQAAABYCKAR9AAAAGAR9AAAAEREAAAAWsgEWBCYIFoYBACgoRHVja0RCIHZlcnNpb24gdjEuNS41IChidWlsZCBkOGNkYWEzM2ZkKRksHAAAHAAAAPIAAABQQVIx';
