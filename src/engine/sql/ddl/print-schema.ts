/** A schema as CREATE statements of any dialect, with what the dialect cannot say told beside them. */
import { type Column, type Dialect, type ForeignKey, type Table, tableKey } from '../../../shared/model/schema.ts';
import { loadOrder, referencedKey } from '../load-order.ts';
import { type DdlStyle, ddlStyles } from './ddl-style.ts';
import { portableDefault, portableExpression } from './portable-expression.ts';
import { printColumnType } from './print-column-type.ts';

/** Something that the printed DDL says differently from the schema, or not at all. */
export interface DdlNote {
  /** `tableKey` of the table. */
  readonly table: string;
  readonly column: string | null;
  readonly message: string;
}

export interface PrintedSchema {
  readonly sql: string;
  readonly notes: readonly DdlNote[];
}

interface Printing {
  readonly to: Dialect;
  readonly from: Dialect | null;
  readonly style: DdlStyle;
  readonly notes: DdlNote[];
  /** Tables that are printed already. */
  readonly created: Map<string, Table>;
}

/**
 * Views are left out with a note. What is printed reads back as the same model, except where a note says otherwise. `from` is
 * the dialect that the schema's expressions and raw types are written in; null where that is not known.
 */
export function printSchema(tables: readonly Table[], to: Dialect, from: Dialect | null): PrintedSchema {
  const printing: Printing = { to, from, style: ddlStyles[to], notes: [], created: new Map() };
  for (const view of tables.filter((table) => table.kind === 'view'))
    note(printing, view, null, 'the view is not printed: its query is not part of the schema');
  const own = tables.filter((table) => table.kind !== 'view');
  const ordered = printing.style.foreignKeys === 'later' ? own : parentsFirst(own);
  const statements = ordered.map((table) => printTable(table, printing));
  const later = ordered.flatMap((table) => [
    ...printIndexes(table, printing),
    ...printComments(table, printing),
    ...(printing.style.foreignKeys === 'later' ? printForeignKeys(table, printing) : []),
  ]);
  return { sql: [...statements, ...later].map((statement) => `${statement};\n`).join('\n'), notes: printing.notes };
}

const keyOf = ({ schema, name }: Table): string => tableKey({ schema, table: name });

function parentsFirst(tables: readonly Table[]): readonly Table[] {
  const byKey = new Map(tables.map((table) => [keyOf(table), table] as const));
  return loadOrder(tables).order.flatMap((key) => byKey.get(key) ?? []);
}

function note({ notes }: Printing, table: Table, column: string | null, message: string): void {
  notes.push({ table: keyOf(table), column, message });
}

function nameOf({ schema, name }: Pick<Table, 'schema' | 'name'>, { style }: Printing): string {
  return schema === null ? style.quote(name) : `${style.quote(schema)}.${style.quote(name)}`;
}

const list = (columns: readonly string[], { style }: Printing): string => columns.map(style.quote).join(', ');

function printTable(table: Table, printing: Printing): string {
  const { style } = printing;
  const items = table.columns.map((column) => printColumn(table, column, printing));
  if (table.primaryKey.length > 0) items.push(`PRIMARY KEY (${list(table.primaryKey, printing)})`);
  if (style.uniques) items.push(...table.uniques.map((unique) => `UNIQUE (${list(unique, printing)})`));
  else if (table.uniques.length > 0) note(printing, table, null, `${table.uniques.length} unique keys are left out`);
  items.push(...printChecks(table, printing));
  if (style.foreignKeys !== 'later') items.push(...foreignKeysWithin(table, printing));
  const comment =
    table.comment !== null && style.comments === 'inline'
      ? `${printing.to === 'spark' ? ' USING DELTA' : ''} ${style.tableComment}${style.tableComment.endsWith('=') ? '' : ' '}${style.literal(table.comment)}`
      : '';
  return `CREATE TABLE ${nameOf(table, printing)} (\n  ${items.join(',\n  ')}\n)${comment}`;
}

function printColumn(table: Table, column: Column, printing: Printing): string {
  const { style, to, from } = printing;
  const say = (message: string): void => note(printing, table, column.name, message);
  const generated = column.generated === null ? null : printGenerated(table, column, printing);
  const parts = [style.quote(column.name)];
  if (generated === null || style.generatedType) {
    const { sql, exact } = printColumnType(column, to, from);
    if (!exact) say(`${column.rawType === '' ? column.type : column.rawType} is held as ${sql}`);
    parts.push(sql);
  } else say('the type of a computed column is what its expression gives');
  if (generated !== null) parts.push(generated);
  if (generated === null) parts.push(...printFilling(table, column, printing));
  parts.push(...nullability(table, column, generated !== null, printing));
  if (column.comment !== null && style.comments === 'inline') parts.push(`COMMENT ${style.literal(column.comment)}`);
  return parts.join(' ');
}

/** The default and the counter of a column that is not computed. */
function printFilling(table: Table, column: Column, printing: Printing): readonly string[] {
  const { style } = printing;
  const parts: string[] = [];
  const preset = column.default === null ? null : printDefault(column.default, printing);
  if (preset !== null) parts.push(`DEFAULT ${preset}`);
  else if (column.default !== null) note(printing, table, column.name, `the default ${column.default} is left out`);
  if (!column.identity) return parts;
  if (style.identity !== null) parts.push(style.identity);
  else note(printing, table, column.name, 'its numbers are not counted up by the database');
  return parts;
}

function nullability(table: Table, column: Column, generated: boolean, printing: Printing): readonly string[] {
  const { style } = printing;
  if (generated && !style.generatedType) {
    if (!column.nullable && !table.primaryKey.includes(column.name))
      note(printing, table, column.name, 'a computed column is not declared NOT NULL');
    return [];
  }
  if (!column.nullable) return ['NOT NULL'];
  return style.writesNull ? ['NULL'] : [];
}

function printGenerated(table: Table, column: Column, printing: Printing): string | null {
  const { style, from, to } = printing;
  const text = column.generated ?? '';
  const expression = from === to ? text : portableExpression(text, table, style);
  if (style.generated !== null && expression !== null) return style.generated(expression);
  note(printing, table, column.name, `it is not computed from ${text}; fill it when rows are loaded`);
  return null;
}

function printDefault(text: string, { style, from, to }: Printing): string | null {
  return from === to ? text : portableDefault(text, style, from);
}

function printChecks(table: Table, printing: Printing): readonly string[] {
  const { style, from, to } = printing;
  return table.checks.flatMap((text) => {
    const expression = !style.checks ? null : from === to ? text : portableExpression(text, table, style);
    if (expression !== null) return [`CHECK (${expression})`];
    note(printing, table, null, `the check ${text} is left out`);
    return [];
  });
}

function foreignKeysWithin(table: Table, printing: Printing): readonly string[] {
  printing.created.set(keyOf(table), table);
  return table.foreignKeys.flatMap((key) => {
    const known = referencedKey(printing.created, table, key.references) !== null;
    if (known || printing.style.foreignKeys === 'within') return [foreignKey(key, printing)];
    note(printing, table, null, `the foreign key to ${key.references.table} is left out: it is not created before`);
    return [];
  });
}

function printForeignKeys(table: Table, printing: Printing): readonly string[] {
  return table.foreignKeys.map((key) => `ALTER TABLE ${nameOf(table, printing)} ADD ${foreignKey(key, printing)}`);
}

function foreignKey(key: ForeignKey, printing: Printing): string {
  const { schema, table, columns } = key.references;
  const constraint = key.name === null ? '' : `CONSTRAINT ${printing.style.quote(key.name)} `;
  const target = columns.length === 0 ? '' : ` (${list(columns, printing)})`;
  return `${constraint}FOREIGN KEY (${list(key.columns, printing)}) REFERENCES ${nameOf({ schema, name: table }, printing)}${target}`;
}

function printIndexes(table: Table, printing: Printing): readonly string[] {
  const { style } = printing;
  if (style.indexes === 'none') {
    if (table.indexes.length > 0) note(printing, table, null, `${table.indexes.length} indexes are left out`);
    return [];
  }
  return table.indexes.flatMap((index, i) => {
    const columns = index.columns.filter((name) => table.columns.some((column) => column.name === name));
    if (columns.length < index.columns.length) {
      note(printing, table, null, `the index on ${index.columns.join(', ')} is left out: it is on an expression`);
      return [];
    }
    if (index.name === null) note(printing, table, null, `the index on ${columns.join(', ')} gets a name`);
    const name = style.quote(index.name ?? `ix_${table.name}_${i + 1}`);
    const head = `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${name}`;
    const on = `ON ${nameOf(table, printing)}`;
    const keys = `(${list(columns, printing)})`;
    return [style.indexes === 'columnsFirst' ? `${head} ${keys} ${on}` : `${head} ${on} ${keys}`];
  });
}

function printComments(table: Table, printing: Printing): readonly string[] {
  const { style } = printing;
  const commented = table.columns.filter((column) => column.comment !== null);
  if (style.comments === 'inline') return [];
  if (style.comments === 'none') {
    const count = commented.length + (table.comment === null ? 0 : 1);
    if (count > 0) note(printing, table, null, `${count} comments are left out`);
    return [];
  }
  const say =
    style.comments === 'properties'
      ? (column: string | null, text: string) => extendedProperty(table, column, text)
      : (column: string | null, text: string) => commentOn(table, column, { text, printing });
  return [
    ...(table.comment === null ? [] : [say(null, table.comment)]),
    ...commented.map((column) => say(column.name, column.comment ?? '')),
  ];
}

function commentOn(
  table: Table,
  column: string | null,
  { text, printing }: { readonly text: string; readonly printing: Printing },
): string {
  const { style } = printing;
  const name = nameOf(table, printing);
  const object = column === null ? `TABLE ${name}` : `COLUMN ${name}.${style.quote(column)}`;
  return `COMMENT ON ${object} IS ${style.literal(text)}`;
}

function extendedProperty(table: Table, column: string | null, text: string): string {
  const { literal } = ddlStyles.sqlserver;
  const level = (type: string, name: string, at: number): string =>
    `, @level${at}type = N'${type}', @level${at}name = ${literal(name)}`;
  const place = `${level('SCHEMA', table.schema ?? 'dbo', 0)}${level('TABLE', table.name, 1)}`;
  return `EXEC sp_addextendedproperty @name = N'MS_Description', @value = ${literal(text)}${place}${column === null ? '' : level('COLUMN', column, 2)}`;
}
