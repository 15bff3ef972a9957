import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Column, Table } from '../../../shared/model/schema.ts';
import { readDdl } from './read-ddl.ts';

/** Scripts as the databases' own tools write them; the model of each was checked by eye against its script. */
const folder = join(import.meta.dirname, 'fixtures');
const scripts = readdirSync(folder).filter((name) => name.endsWith('.sql'));

function columnLine(column: Column): string {
  const width = [column.length, column.precision, column.scale].filter((part) => part !== null).join(',');
  return [
    `  ${column.name} | ${column.rawType} | ${column.type}${width === '' ? '' : ` ${width}`}${column.timeZone ? ' with time zone' : ''}`,
    ...(column.nullable ? [] : ['not null']),
    ...(column.identity ? ['identity'] : []),
    ...(column.default === null ? [] : [`default ${column.default}`]),
    ...(column.generated === null ? [] : [`computed ${column.generated}`]),
    ...(column.comment === null ? [] : [`-- ${column.comment}`]),
  ].join(' | ');
}

function tableLines(table: Table): readonly string[] {
  const keys = table.foreignKeys.map(
    ({ name, columns, references }) =>
      `  foreign key ${name ?? ''} ${columns.join(', ')} -> ${references.table} (${references.columns.join(', ')})`,
  );
  return [
    `${table.kind} ${table.schema ?? ''}.${table.name}${table.comment === null ? '' : ` -- ${table.comment}`}`,
    ...table.columns.map(columnLine),
    ...(table.primaryKey.length === 0 ? [] : [`  primary key ${table.primaryKey.join(', ')}`]),
    ...table.uniques.map((unique) => `  unique ${unique.join(', ')}`),
    ...keys,
    ...table.indexes.map(
      ({ name, columns, unique }) => `  ${unique ? 'unique ' : ''}index ${name ?? ''} ${columns.join(', ')}`,
    ),
    ...table.checks.map((check) => `  check ${check}`),
  ];
}

describe('scripts that tools of the databases write', () => {
  it.each(scripts)('%s loses nothing', async (name) => {
    const { dialect, tables, diagnostics } = readDdl(readFileSync(join(folder, name), 'utf8'), { file: name });
    const remarks = diagnostics.map(({ severity, line, message }) => `${severity} ${line}: ${message}`);
    const text = [`dialect ${dialect}`, ...tables.flatMap(tableLines), ...remarks, ''].join('\n');
    await expect(text).toMatchFileSnapshot(join(folder, name.replace('.sql', '.model.txt')));
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
