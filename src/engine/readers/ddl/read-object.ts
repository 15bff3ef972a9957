/** CREATE of what is not a table: views, indexes and named types. */
import type { StatementContext } from './catalogue.ts';
import { newColumnDraft, type ColumnDraft } from './column-draft.ts';
import { readAttributes } from './read-column.ts';
import { readDescription } from './read-description.ts';
import { isName, readColumnList, readOwnName, readTableName, tableNameOf, type QualifiedName } from './read-name.ts';
import { readTableItems } from './read-table-items.ts';
import { readType } from './read-type.ts';
import { addColumn, addForeignKey, newTableDraft, renameColumn, type TableDraft } from './table-draft.ts';
import { DdlSyntaxError, type TokenCursor } from './token-cursor.ts';

const methodWords: ReadonlySet<string> = new Set([
  'MEMBER',
  'STATIC',
  'MAP',
  'ORDER',
  'CONSTRUCTOR',
  'OVERRIDING',
  'FINAL',
]);

/** `CREATE … VIEW`, the cursor behind VIEW. Names come from its list or its query, types where the query tells them. */
export function readView(cursor: TokenCursor, context: StatementContext): void {
  cursor.take('IF', 'NOT', 'EXISTS');
  const line = cursor.line;
  const view = newTableDraft(readOwnName(cursor, context.dialect), 'view', { file: context.file, line });
  // IBM i gives views a short name of the system.
  if (cursor.take('FOR', 'SYSTEM', 'NAME')) cursor.at += 1;
  const names = cursor.word() === '(' ? readViewNames(cursor.group().split()) : null;
  while (!cursor.done && cursor.word() !== 'AS') {
    if (cursor.word() === 'COMMENT') view.comment = cursor.peek(cursor.word(1) === '=' ? 2 : 1)?.text ?? null;
    if (cursor.take('OPTIONS')) view.comment = readDescription(cursor) ?? view.comment;
    else cursor.skip();
  }
  cursor.take('AS');
  context.withQuery(cursor, (query) => {
    if (query !== null || names !== null) fillView(view, names, query?.columns ?? []);
    if (view.columns.length > 0) context.catalogue.put(view);
    reportView(view, query?.open === true && names === null, context);
  });
}

/** Names in parentheses; Oracle writes constraints between them. */
function readViewNames(parts: readonly TokenCursor[]): readonly ColumnDraft[] {
  return parts.flatMap((part) => {
    const [item] = readTableItems(part);
    return item?.kind === 'column' ? [item.column] : [];
  });
}

function fillView(view: TableDraft, names: readonly ColumnDraft[] | null, columns: readonly ColumnDraft[]): void {
  const listed = names?.map((name, index) => ({
    ...name,
    rawType: columns[index]?.rawType ?? '',
    comment: name.comment ?? columns[index]?.comment,
  }));
  for (const column of listed ?? columns) addColumn(view, column);
}

function reportView(view: TableDraft, open: boolean, context: StatementContext): void {
  if (view.columns.length === 0) {
    context.report('info', `View ${view.name} is left out: its column names cannot be told from its text`, view.line);
    return;
  }
  if (open)
    context.report(
      'info',
      `View ${view.name} may have more columns than are read: it takes all of something that the files read together do not define`,
      view.line,
    );
  const untyped = view.columns.filter((column) => column.rawType === '').length;
  if (untyped > 0)
    context.report(
      'info',
      `View ${view.name}: the types of ${untyped} of ${view.columns.length} columns cannot be told from its text`,
      view.line,
    );
}

/** `CREATE … INDEX`, the cursor behind INDEX. */
export function readCreateIndex(cursor: TokenCursor, context: StatementContext, unique: boolean): void {
  cursor.take('CONCURRENTLY');
  cursor.take('IF', 'NOT', 'EXISTS');
  let name: string | null = null;
  if (cursor.word() !== 'ON' && cursor.word() !== '(' && isName(cursor))
    name = readTableName(cursor, 'the index name').name;
  // Teradata gives the columns before the table.
  const before = cursor.word() === '(' ? readColumnList(cursor) : [];
  while (!cursor.done && cursor.word() !== 'ON') cursor.skip();
  if (!cursor.take('ON')) throw new DdlSyntaxError('An index names no table', cursor.line);
  if (cursor.word(1) !== '.' && cursor.word(1) !== '(') cursor.take('ONLY');
  cursor.take('CLUSTER');
  const table = readTableName(cursor);
  while (!cursor.done && before.length === 0 && cursor.word() !== '(') cursor.at += 1;
  const columns = before.length > 0 ? before : readColumnList(cursor);
  if (columns.length > 0) context.withTable(table, (target) => void target.indexes.push({ name, columns, unique }));
}

/** `CREATE DOMAIN`, `CREATE [DISTINCT] TYPE`, the cursor behind the word. Kept to resolve columns of that type. */
export function readTypeDefinition(cursor: TokenCursor, context: StatementContext): void {
  cursor.take('IF', 'NOT', 'EXISTS');
  const { name } = readTableName(cursor, 'the type name');
  if (cursor.take('OID')) cursor.skip();
  const inherited = cursor.take('UNDER')
    ? (context.catalogue.types.get(readTableName(cursor, 'a type').name.toLowerCase())?.columns ?? [])
    : [];
  if (!cursor.take('FROM') && !cursor.take('AS')) cursor.take('IS');
  const type = newColumnDraft(name, cursor.line);
  let columns: readonly ColumnDraft[] = [];
  if (['VARRAY', 'VARYING'].includes(cursor.word()) || cursor.is('TABLE', 'OF')) type.rawType = 'array';
  else if (['OBJECT', '(', 'STRUCT', 'TABLE'].includes(cursor.word())) {
    type.rawType = 'struct';
    if (cursor.word() !== '(') cursor.at += 1;
    if (cursor.word() === '(') columns = [...inherited, ...readAttributesOfObject(cursor.group())];
  } else if (isName(cursor) && cursor.word() !== 'RANGE') {
    type.rawType = readType(cursor);
    readAttributes(cursor, type);
  }
  if (type.rawType !== '')
    context.catalogue.types.set(name.toLowerCase(), {
      rawType: type.rawType,
      nullable: type.nullable,
      default: type.default,
      checks: type.checks.map(({ text }) => onValue(text, name)),
      columns,
    });
}

/** Oracle's conditions call the value by the name of the domain. */
function onValue(check: string, domain: string): string {
  return /^\w+$/.test(domain) ? check.replace(new RegExp(`\\b${domain}\\b`, 'gi'), 'VALUE') : check;
}

/** The attributes of an object type, without its methods. */
function readAttributesOfObject(body: TokenCursor): readonly ColumnDraft[] {
  const parts = body.split().filter((part) => !methodWords.has(part.word()));
  return parts.flatMap((part) => readTableItems(part)).flatMap((item) => (item.kind === 'column' ? [item.column] : []));
}

/** Sybase and SQL Server: `sp_addtype name, 'type', 'null' | 'not null'`. */
export function readAddType(cursor: TokenCursor, context: StatementContext): void {
  const [name, type, nullability] = cursor
    .split()
    .map((part) => (part.word(1) === '=' ? part.peek(2) : part.peek())?.text ?? '');
  if (name === undefined || type === undefined || name === '' || type === '') return;
  const nullable = nullability === undefined ? undefined : !/not/i.test(nullability);
  context.catalogue.types.set(name.toLowerCase(), { rawType: type, nullable, default: null, checks: [], columns: [] });
}

/** The name after DROP TABLE or DROP VIEW: the table stays in the result, but may be created again. */
export function readDrop(cursor: TokenCursor, context: StatementContext): void {
  cursor.take('IF', 'EXISTS');
  for (const part of cursor.split()) {
    if (!isName(part)) continue;
    const table = context.catalogue.find(readTableName(part));
    if (table !== undefined) table.dropped = true;
  }
}

/** `RENAME TABLE a TO b` and Oracle's `RENAME a TO b`. */
export function readRename(cursor: TokenCursor, context: StatementContext): void {
  cursor.take('TABLE');
  for (const part of cursor.split()) {
    const table = context.catalogue.find(readTableName(part));
    if (table === undefined || (!part.take('TO') && !part.take('AS'))) continue;
    const to = readTableName(part);
    context.catalogue.rename(table, { schema: to.schema ?? table.schema, name: to.name });
  }
}

/** SQL Server: `ALTER SCHEMA name TRANSFER [OBJECT::]table`. */
export function readTransfer(cursor: TokenCursor, context: StatementContext): void {
  if (!isName(cursor)) return;
  const { name: schema } = readTableName(cursor, 'a schema');
  if (!cursor.take('TRANSFER')) return;
  if (cursor.word(1) === '::') {
    if (!cursor.take('OBJECT')) return;
    cursor.at += 1;
  }
  context.withTable(readTableName(cursor), (table) => context.catalogue.rename(table, { schema, name: table.name }));
}

/** Sybase: `sp_primarykey table, column, …` and `sp_foreignkey table, parent, column, …`, where keys are only documented. */
export function readSpKey(cursor: TokenCursor, context: StatementContext, foreign: boolean): void {
  const [table, ...rest] = cursor.split().map((part) => part.peek()?.text ?? '');
  const columns = rest.slice(foreign ? 1 : 0).filter((name) => name !== '' && !/^null$/i.test(name));
  const nameOf = (text: string): QualifiedName => tableNameOf(text.split('.'));
  if (table === undefined || columns.length === 0) return;
  context.withTable(nameOf(table), (target) => {
    if (!foreign && target.primaryKey.columns.length === 0) target.primaryKey = { name: null, columns };
    if (foreign) addForeignKey(target, { name: null, columns, to: { ...nameOf(rest[0] ?? ''), columns: [] } });
  });
}

/** SQL Server: `sp_rename 'schema.table.column', 'name', 'COLUMN'`. */
export function readSpRename(cursor: TokenCursor, context: StatementContext): void {
  const values = cursor.split().map((part) => (part.word(1) === '=' ? part.peek(2) : part.peek())?.text ?? '');
  const path = (values[0] ?? '').replace(/[[\]"]/g, '').split('.');
  const to = (values[1] ?? '').replace(/[[\]"]/g, '');
  const kind = (values[2] ?? 'OBJECT').toUpperCase();
  const column = kind === 'COLUMN' ? path.pop() : undefined;
  const table = context.catalogue.find({ schema: path.at(-2) ?? null, name: path.at(-1) ?? '' });
  if (table === undefined || to === '') return;
  if (kind === 'OBJECT') context.catalogue.rename(table, { schema: table.schema, name: to });
  else if (column !== undefined) renameColumn(table, column, to);
}
