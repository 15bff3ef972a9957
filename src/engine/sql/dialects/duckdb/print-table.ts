import { type Column, type Table, tableKey } from '../../../../shared/model/schema.ts';
import { quoteIdentifier, quoteLiteral } from '../../../core/text.ts';
import { referencedKey } from '../../load-order.ts';
import type { RelationNaming, SqlSchema } from '../../relation-names.ts';
import { duckDbType } from './print-type.ts';

export interface PrintTableOptions {
  readonly schema: SqlSchema;
  readonly names: RelationNaming;
  /** Source tables are created without constraints: their data is what it is. */
  readonly constraints: boolean;
  /** Columns (lower case) whose NOT NULL is left out, since nothing feeds them. */
  readonly relaxed?: ReadonlySet<string>;
  /** Tables that exist already when this one is created: foreign keys may point at them. */
  readonly created?: ReadonlyMap<string, Table>;
}

const simpleDefault = /^(?:[+-]?\d+(?:\.\d+)?|'(?:[^']|'')*'|true|false|null|current_date|current_timestamp)$/i;

/** The default as DuckDB takes it, or null where it needs a person: functions, sequences and casts of other systems. */
export function duckDbDefault(column: Pick<Column, 'default'>): string | null {
  const text =
    column.default
      ?.trim()
      .replace(/^\((.*)\)$/s, '$1')
      .trim() ?? null;
  if (text === null) return null;
  if (
    /^(?:sysdate|systimestamp|getdate\(\)|now\(\)|current timestamp|sysdatetime\(\)|current_timestamp\(\d*\))$/i.test(
      text,
    )
  )
    return 'CURRENT_TIMESTAMP';
  return simpleDefault.test(text) ? text : null;
}

/** `CREATE TABLE` in DuckDB's SQL. Unique and foreign keys that DuckDB cannot enforce here are left to the checks. */
export function printDuckDbTable(table: Table, options: PrintTableOptions): string {
  const { schema, names, constraints } = options;
  const key = tableKey({ schema: table.schema, table: table.name });
  const lines = table.columns.map((column) => columnLine(column, options));
  if (constraints) {
    if (table.primaryKey.length > 0) lines.push(`PRIMARY KEY (${list(table.primaryKey)})`);
    for (const unique of distinctKeys(table)) lines.push(`UNIQUE (${list(unique)})`);
    lines.push(...foreignKeyLines(table, options));
  }
  const comment =
    table.comment === null ? '' : `\nCOMMENT ON TABLE ${names.sql(schema, key)} IS ${quoteLiteral(table.comment)};`;
  return `CREATE TABLE ${names.sql(schema, key)} (\n  ${lines.join(',\n  ')}\n);${comment}`;
}

function columnLine(column: Column, { constraints, relaxed }: PrintTableOptions): string {
  const base = `${quoteIdentifier(column.name)} ${duckDbType(column)}`;
  if (!constraints) return base;
  const preset = duckDbDefault(column);
  const required = !column.nullable && relaxed?.has(column.name.toLowerCase()) !== true;
  return `${base}${required ? ' NOT NULL' : ''}${preset === null ? '' : ` DEFAULT ${preset}`}`;
}

const list = (columns: readonly string[]): string => columns.map(quoteIdentifier).join(', ');
const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.join('\0').toLowerCase() === b.join('\0').toLowerCase();

function distinctKeys(table: Table): readonly (readonly string[])[] {
  return table.uniques.filter(
    (unique, i) =>
      unique.length > 0 &&
      !same(unique, table.primaryKey) &&
      table.uniques.findIndex((other) => same(other, unique)) === i,
  );
}

function foreignKeyLines(table: Table, { names, schema, created }: PrintTableOptions): readonly string[] {
  if (created === undefined) return [];
  return table.foreignKeys.flatMap((fk) => {
    const parentKey = referencedKey(created, table, fk.references);
    const parent = parentKey === null ? undefined : created.get(parentKey);
    if (parentKey === null || parent === undefined) return [];
    const columns = fk.references.columns.length > 0 ? fk.references.columns : parent.primaryKey;
    const unique = same(columns, parent.primaryKey) || parent.uniques.some((other) => same(columns, other));
    if (!unique || columns.length !== fk.columns.length) return [];
    return [`FOREIGN KEY (${list(fk.columns)}) REFERENCES ${names.sql(schema, parentKey)} (${list(columns)})`];
  });
}
