import { describe, expect, it } from 'vitest';
import { detectFormat } from './detect-format.ts';
import { readers } from './registry.ts';

const detect = (name: string, text: string): string => detectFormat(name, new TextEncoder().encode(text)).format;
const utf16 = (text: string): Uint8Array => new Uint8Array(Uint16Array.from(text, (char) => char.charCodeAt(0)).buffer);

describe('detectFormat', () => {
  it.each([
    [
      'PowerCenter',
      'm.txt',
      '<?xml version="1.0"?>\n<!DOCTYPE POWERMART SYSTEM "powrmart.dtd">\n<POWERMART CREATION_DATE="x">',
      'powercenter',
    ],
    ['SSIS', 'p.xml', '<?xml version="1.0"?><DTS:Executable xmlns:DTS="www.microsoft.com/SqlServer/Dts">', 'ssis'],
    ['Alteryx', 'w', '<?xml version="1.0"?>\n<AlteryxDocument yxmdVer="2020.1">', 'alteryx'],
    ['DataStage', 'jobs.txt', 'BEGIN HEADER\n   CharacterSet "CP1252"\nEND HEADER\n', 'datastage'],
    ['DataStage XML', 'jobs.xml', '<?xml version="1.0"?><DSExport><Header/></DSExport>', 'datastage'],
    ['JSON', 'x.dat', '{"a": 1}\n{"a": 2}\n', 'json'],
    ['JSON array', 'x.dat', '[ {"a": 1} ]', 'json'],
    ['DDL', 'schema.txt', 'CREATE TABLE a (b INT, c INT);', 'ddl'],
    [
      'DDL behind comments',
      'schema.txt',
      `/* ${'a, b, c\n'.repeat(100)}*/\n-- x, y\nREM it's\ncreate global temporary table a (b int);`,
      'ddl',
    ],
    ['DDL of constraints only', 'keys', 'ALTER TABLE a ADD CONSTRAINT p PRIMARY KEY (b);', 'ddl'],
    ['semicolons', 'x.dat', 'a;b;c\n1;2;3\n4;5;6\n', 'csv'],
    ['a CSV with SQL in its cells', 'log.csv', 'id,sql\n1,"CREATE TABLE x (a INT)"\n2,"DROP TABLE x;"\n', 'csv'],
    ['a CSV with a header that is a keyword', 'x.csv', 'set,value\n1,2\n', 'csv'],
    ['a CSV of one column', 'x.csv', 'name\nAnn\n', 'csv'],
    ['an empty script', 'x.sql', '', 'ddl'],
    ['a script of unknown statements', 'x.sql', 'whatever, it, is\nand, more, here\n', 'ddl'],
    ['prose', 'readme', 'Nothing that anyone could map.', 'unknown'],
  ])('knows %s by its content', (_, name, text, expected) => {
    expect(detect(name, text)).toBe(expected);
  });

  it('reads scripts of Windows tools, which are UTF-16', () => {
    expect(detectFormat('x.dat', utf16('\uFEFFCREATE TABLE a (b INT);')).format).toBe('ddl');
  });

  it('knows binary formats by their marks and calls a renamed binary what it is', () => {
    expect(detectFormat('x', Uint8Array.from([0x50, 0x41, 0x52, 0x31, 0, 0])).format).toBe('parquet');
    expect(detectFormat('x.xlsx', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0])).format).toBe('excel');
    expect(detectFormat('x.zip', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0])).format).toBe('unknown');
    expect(detectFormat('a.csv.gz', Uint8Array.from([0x1f, 0x8b, 8, 0])).format).toBe('csv');
    expect(detectFormat('x.sql', Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]))).toEqual({
      format: 'unknown',
      reason: 'is binary data of no known format',
    });
  });

  it('says why', () => {
    expect(detectFormat('x.dat', new TextEncoder().encode('a|b\n1|2\n')).reason).toBe('2 columns separated by bars');
    expect(detectFormat('x.csv', new Uint8Array()).reason).toBe('is empty; the name ends in .csv');
  });

  it('has no extension that stands for two formats', () => {
    const all = Object.values(readers).flatMap((reader) => [...reader.extensions]);
    expect(all.length).toBe(new Set<string>(all).size);
  });
});
