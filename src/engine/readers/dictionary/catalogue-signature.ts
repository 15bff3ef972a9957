/** Which database's catalogue a header was exported from: its views name their columns in their own way. */
import type { Dialect } from '../../../shared/model/schema.ts';
import { headerPhrase } from './header-role.ts';
import type { HeaderCell } from './labelled-rows.ts';

const signatures: readonly (readonly [Dialect, readonly string[]])[] = [
  ['teradata', ['databasename', 'columnname', 'columntype', 'columnlength']],
  ['teradata', ['tablename', 'columnname', 'columntype', 'decimaltotaldigits']],
  ['teradata', ['columnname', 'type', 'decimaltotaldigits']],
  ['db2', ['whfile', 'whflde', 'whfldt']],
  ['sqlserver', ['tablequalifier', 'tableowner', 'columnname', 'typename', 'ssdatatype']],
  ['sqlserver', ['name', 'systemtype', 'maxlength']],
  ['db2', ['tabname', 'colname', 'typename']],
  ['db2', ['tbname', 'coltype']],
  ['db2', ['systemcolumnname', 'systemtablename']],
  ['oracle', ['tablename', 'columnname', 'datatype', 'datalength']],
  ['oracle', ['tablename', 'columnname', 'datatype', 'dataprecision']],
  ['oracle', ['tablename', 'columnname', 'datatype', 'columnid', 'nullable']],
  ['redshift', ['schemaname', 'tablename', 'column', 'type', 'encoding', 'distkey']],
  ['snowflake', ['tablename', 'schemaname', 'columnname', 'datatype', 'null', 'kind', 'autoincrement']],
  ['snowflake', ['name', 'type', 'kind', 'null', 'default', 'primarykey', 'uniquekey']],
  ['mysql', ['field', 'type', 'null', 'key', 'default', 'extra']],
  ['sqlite', ['cid', 'name', 'type', 'notnull', 'dfltvalue', 'pk']],
  ['spark', ['colname', 'datatype', 'comment']],
  ['postgres', ['nspname', 'relname', 'attname']],
  ['sqlserver', ['systemtypeid', 'maxlength']],
  ['sqlserver', ['columnname', 'maxlength', 'isnullable']],
  ['sqlserver', ['name', 'objectid', 'columnid']],
  ['mysql', ['tablename', 'columnname', 'columntype', 'columnkey']],
  ['postgres', ['tablename', 'columnname', 'udtname']],
  [
    'snowflake',
    ['tablename', 'columnname', 'characteroctetlength', 'isidentity', 'isselfreferencing', 'dtdidentifier', 'comment'],
  ],
  ['sqlserver', ['tablename', 'columnname', 'charactersetcatalog', 'collationcatalog', 'tablecatalog']],
];

/** Null for a dictionary of any other kind; `ansi` for an information schema that several databases have. */
export function catalogueDialect(header: readonly HeaderCell[]): Dialect | null {
  const names = new Set(header.map(({ name }) => headerPhrase(name).replaceAll(' ', '')));
  const found = signatures.find(([, columns]) => columns.every((column) => names.has(column)));
  if (found !== undefined) return found[0];
  return ['tablename', 'columnname', 'datatype', 'isnullable'].every((column) => names.has(column)) ? 'ansi' : null;
}
