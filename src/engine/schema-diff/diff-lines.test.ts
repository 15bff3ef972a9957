import { describe, expect, it } from 'vitest';
import type { Table } from '../../shared/model/schema.ts';
import { SchemaDiffLine } from '../../shared/model/schema-diff.ts';
import { readDdl } from '../readers/ddl/index.ts';
import { diffLines } from './diff-lines.ts';
import { diffSchemas } from './diff-schemas.ts';
import { schemaDiffMarkdown } from './schema-diff-markdown.ts';

const tables = (text: string): readonly Table[] => readDdl(text, { file: 'x.sql', dialect: 'postgres' }).tables;

const before = tables(
  "CREATE TABLE t (id int, phone_home varchar(20), name varchar(50), gone xml DEFAULT 'a|b'); CREATE TABLE old (a int)",
);
const after = tables(
  `CREATE TABLE t (id int PRIMARY KEY, home_phone varchar(20), name varchar(20) NOT NULL); CREATE TABLE fresh (z date);
   COMMENT ON TABLE t IS 'people'`,
);
const diff = diffSchemas(before, after);
const lines = diffLines(diff, before, after);

describe('diffLines', () => {
  it('gives one line a table, column, property and key, with what is written on each side', () => {
    expect(
      lines.map(({ kind, subject, table, column, before: b, after: a }) => [kind, subject, table, column, b, a]),
    ).toEqual([
      ['added', 'table', 'fresh', null, null, '1 column'],
      ['removed', 'table', 'old', null, '1 column', null],
      ['changed', 'comment', 't', null, null, 'people'],
      ['changed', 'nullable', 't', 'id', 'NULL', 'NOT NULL'],
      ['renamed', 'column', 't', 'home_phone', 'phone_home', 'home_phone'],
      ['changed', 'type', 't', 'name', 'varchar(50)', 'varchar(20)'],
      ['changed', 'nullable', 't', 'name', 'NULL', 'NOT NULL'],
      ['removed', 'column', 't', 'gone', "xml DEFAULT 'a|b'", null],
      ['added', 'primary key', 't', null, null, 'id'],
    ]);
    expect(lines.every((line) => SchemaDiffLine.safeParse(line).success)).toBe(true);
  });

  it('gives nothing for what is the same', () => {
    expect(diffLines(diffSchemas(before, before), before, before)).toEqual([]);
  });
});

describe('schemaDiffMarkdown', () => {
  it('has a table for each table that changed, and no name or value breaks out of its cell', () => {
    const markdown = schemaDiffMarkdown(lines, { before: 'v1.sql', after: 'v2.sql', unchanged: diff.unchanged });
    expect(markdown.match(/^## .*$/gm)).toEqual(['## `fresh`', '## `old`', '## `t`']);
    const rows = markdown.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| Change'));
    expect(rows.filter((row) => !row.startsWith('| ---'))).toHaveLength(lines.length);
    for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(8);
  });
});
