/**
 * What tools and people write in each dialect, one case after the other: `== dialect title`, the script, and behind `=>`
 * what it defines, stated by hand. `?` before the title: the dialect has to be detected as well.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dialects, type Column, type Dialect, type Table, type TypeFamily } from '../../../shared/model/schema.ts';
import { readDdl } from './read-ddl.ts';

const folder = join(import.meta.dirname, 'fixtures/cases');

const short: Readonly<Record<TypeFamily, string>> = {
  integer: 'i',
  decimal: 'd',
  float: 'f',
  boolean: 'b',
  string: 's',
  date: 'date',
  time: 'time',
  timestamp: 'ts',
  interval: 'iv',
  binary: 'bin',
  uuid: 'uuid',
  json: 'json',
  xml: 'xml',
  geometry: 'geo',
  array: 'arr',
  struct: 'st',
  other: '?',
};

/** `NAME s20!@ =default ~computed {comment}` with `!` for not null, `@` for identity, `z` for a time zone. */
function columnText(column: Column): string {
  const numbers = [column.length, column.precision, column.type === 'decimal' ? column.scale : null];
  const width = numbers.filter((part) => part !== null).join('.');
  return [
    `${column.name} ${column.rawType === '' ? '-' : short[column.type]}${width}${column.timeZone ? 'z' : ''}${column.nullable ? '' : '!'}${column.identity ? '@' : ''}`,
    ...(column.default === null ? [] : [`=${column.default}`]),
    ...(column.generated === null ? [] : [`~${column.generated}`]),
    ...(column.comment === null ? [] : [`{${column.comment}}`]),
  ].join(' ');
}

function tableText(table: Table): readonly string[] {
  const name = `${table.schema === null ? '' : `${table.schema}.`}${table.name}`;
  return [
    `${table.kind} ${name}${table.comment === null ? '' : ` {${table.comment}}`}: ${table.columns.map(columnText).join(' | ')}`,
    ...(table.primaryKey.length === 0 ? [] : [`pk ${table.primaryKey.join(', ')}`]),
    ...table.uniques.map((key) => `uq ${key.join(', ')}`),
    ...table.foreignKeys.map(({ columns, references: { schema, table: to, columns: others } }) => {
      const target = `${schema === null ? '' : `${schema}.`}${to}`;
      return `fk ${columns.join(', ')} -> ${target}(${others.join(', ')})`;
    }),
    ...table.indexes.map(
      ({ name: index, columns, unique }) => `${unique ? 'uix' : 'ix'} ${index ?? ''}(${columns.join(', ')})`,
    ),
    ...table.checks.map((check) => `ck ${check}`),
  ];
}

interface Case {
  readonly dialect: Dialect | null;
  readonly detect: boolean;
  readonly title: string;
  readonly script: string;
  readonly expected: readonly string[];
}

function casesOf(file: string): readonly Case[] {
  return readFileSync(join(folder, file), 'utf8')
    .split(/^== /m)
    .slice(1)
    .map((text) => {
      const [head = '', ...lines] = text.split('\n');
      const word = head.split(' ')[0] ?? '';
      const at = lines.indexOf('=>');
      return {
        dialect: dialects.find((dialect) => dialect === word.replace('?', '')) ?? null,
        detect: word.endsWith('?'),
        title: head.slice(word.length + 1),
        script: lines.slice(0, at).join('\n'),
        expected: lines.slice(at + 1).filter((line) => line.trim() !== ''),
      };
    });
}

describe.each(readdirSync(folder))('%s', (file) => {
  it.each(casesOf(file))('$dialect: $title', ({ dialect, detect, script, expected }) => {
    const schema = readDdl(script, { file, dialect: detect ? null : dialect });
    const remarks = schema.diagnostics.map(({ severity, line, message }) => `! ${severity} ${line}: ${message}`);
    const lines = [...schema.tables.flatMap(tableText), ...remarks].map((line) => line.replaceAll('\n', ' ⏎ '));
    expect([schema.dialect, ...lines]).toEqual([dialect, ...expected]);
  });
});
