import type { Dialect } from '../../../shared/model/schema.ts';
import { typeFirstWords } from '../types/type-rules.ts';
import { applyItem, copyParts } from './apply-item.ts';
import type { StatementContext } from './catalogue.ts';
import { newColumnDraft } from './column-draft.ts';
import { typeComputedColumns } from './computed-columns.ts';
import { isName, readIdentifier, readOwnName, readTableName, type QualifiedName } from './read-name.ts';
import { isSelect } from './read-select.ts';
import { readIncluding, readNameItems, readTableItems, withoutColumnGroups } from './read-table-items.ts';
import { readTail } from './read-table-tail.ts';
import { readType } from './read-type.ts';
import { lastTopLevel } from './read-value-type.ts';
import { addColumn, columnsOnly, insertColumns, newTableDraft, type TableDraft } from './table-draft.ts';
import { DdlSyntaxError, TokenCursor } from './token-cursor.ts';

/** `CREATE … TABLE`, the cursor behind TABLE: the table with all that its body and tail say. */
export function readCreateTable(cursor: TokenCursor, context: StatementContext, replace: boolean): void {
  // BigQuery: TABLE FUNCTION.
  if (cursor.is('FUNCTION') && cursor.word(1) !== '(' && isName(ahead(cursor))) return;
  const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS');
  const line = cursor.line;
  const table = newTableDraft(readOwnName(cursor, context.dialect), 'table', { file: context.file, line });
  const existing = context.catalogue.exact(table);
  if (existing !== undefined && !existing.dropped && !replace) {
    if (ifNotExists) return;
    context.report('warning', `Table ${table.name} is created twice; the later definition is used`, line);
  }
  readDefinition(cursor, table, context);
  typeComputedColumns(table, context.dialect);
  context.catalogue.put(table);
}

const ahead = ({ source, tokens, at, end }: TokenCursor): TokenCursor => new TokenCursor(source, tokens, at + 1, end);

function readDefinition(cursor: TokenCursor, table: TableDraft, context: StatementContext): void {
  if (readCopy(cursor, table, context)) return;
  const listed = findBody(cursor) && !isSelect(cursor) ? readBody(cursor.group(), table, context) : false;
  if (table.columns.length > 0) readRest(cursor, table, context);
  else readModuleColumns(cursor, table);
  const { query, parents } = readTail(cursor, table, context);
  if (query !== null) readQuery(query, table, context, listed);
  for (const parent of parents.toReversed()) copyFrom(table, parent, context);
  if (table.columns.length === 0 && query === null && parents.length === 0) reportEmpty(cursor, table, context);
}

/** A table that has the columns of another table or of a type. */
function readCopy(cursor: TokenCursor, table: TableDraft, context: StatementContext): boolean {
  const partition = cursor.take('PARTITION', 'OF');
  if (partition || cursor.take('OF')) {
    const from = readTableName(cursor);
    if (partition) copyFrom(table, from, context);
    else copyType(table, from, context);
    if (cursor.word() === '(') readBody(cursor.group(), table, context);
    return true;
  }
  if (cursor.take('LIKE')) {
    const from = readTableName(cursor);
    copyFrom(table, from, context, copyParts(readIncluding(cursor), context.dialect));
    return true;
  }
  const copies =
    cursor.take('SAMEAS') ||
    cursor.take('COPY') ||
    cursor.take('CLONE') ||
    cursor.take('SHALLOW', 'CLONE') ||
    cursor.take('DEEP', 'CLONE');
  if (copies) copyFrom(table, readTableName(cursor), context);
  return copies;
}

/** Moves past options to the body, if there is one. */
function findBody(cursor: TokenCursor): boolean {
  const first = cursor.at;
  // Teradata's options follow a comma; other words before a parenthesis make it theirs unless it holds columns.
  const follows = cursor.word() === '(' || cursor.word() === ',';
  while (!cursor.done && !/^(?:AS|SELECT|USING)$/.test(cursor.word())) {
    if (cursor.word() === '(' && (follows || holdsColumns(cursor))) return true;
    cursor.skip();
  }
  // Hive writes STORED AS before the query as well: the tail tells them apart.
  cursor.at = first;
  return false;
}

/** SQLite: `USING fts5(title, body, content='t')`: the lone names are columns. */
function readModuleColumns(cursor: TokenCursor, table: TableDraft): void {
  if (cursor.word() !== 'USING' || cursor.word(2) !== '(') return;
  cursor.at += 2;
  const group = cursor.group();
  // Snowflake: USING TEMPLATE and a query.
  if (isSelect(group)) return;
  for (const part of group.split()) {
    // `+note TEXT` of R*Tree is kept beside the index; `content='t'` is an option.
    part.take('+');
    if (!isName(part) || part.word(1) === '=') continue;
    const column = newColumnDraft(readIdentifier(part, 'a column name'), part.line);
    if (typeFirstWords.has(part.word())) column.rawType = readType(part);
    addColumn(table, column);
  }
}

/** Words that begin partitions and the like, or that follow a name in a list of columns. */
const noColumn = /^(?:PARTITION|SUBPARTITION|START|STARTING|DEFAULT|EVERY|ASC|DESC)$/;

/** True if the group at the cursor begins with a name and a type, and not with an option or a list of names. */
function holdsColumns(cursor: TokenCursor): boolean {
  const first = [cursor.peek(1), cursor.peek(2)];
  return first.every((token) => (token?.kind === 'word' && !noColumn.test(token.word)) || token?.kind === 'quoted');
}

/** True if a query gives the types, or the columns, of what the body names. */
function readBody(body: TokenCursor, table: TableDraft, context: StatementContext): boolean {
  const { balanced } = body;
  const parts = withoutColumnGroups(body.split((index) => !balanced && isColumnStart(body, index)));
  // MySQL adds the columns of the query to those of the body.
  const listed = context.dialect !== 'mysql' && queryFollows(body);
  if (!balanced || body.tokens[body.end]?.word !== ')') {
    context.report(
      'error',
      `The parentheses of table ${table.name} do not match; its items are read line by line and a type may be incomplete`,
      table.line,
    );
  }
  const recognised = parts.reduce((sum, part) => sum + readPart(part, table, context, listed), 0);
  if (recognised < parts.length)
    context.report(
      'error',
      `Table ${table.name}: ${parts.length} items are written, ${recognised} understood`,
      table.line,
    );
  return listed && table.columns.length > 0;
}

/** Puts what one part of a body says into the table; gives the number of items in it, one unless a comma is missing. */
function readPart(part: TokenCursor, table: TableDraft, context: StatementContext, listed: boolean): number {
  const named = listed ? readNameItems([part]) : null;
  for (const column of named ?? []) addColumn(table, column);
  if (named !== null) return named.length;
  const items = readTableItems(part);
  if (items.length > 1)
    context.report(
      'warning',
      `A comma is missing between items of table ${table.name}; ${items.length} items are read`,
      part.tokens[part.at - 1]?.line,
    );
  for (const item of items) {
    // The query gives the type.
    if (listed && item.kind === 'column') addColumn(table, item.column);
    else applyItem(table, item, context);
  }
  return items.length;
}

/** True if `AS` and a query stand somewhere behind the body. */
function queryFollows(body: TokenCursor): boolean {
  const tail = new TokenCursor(body.source, body.tokens, body.end + 1);
  for (; !tail.done; tail.skip()) {
    if (tail.word() === 'SELECT' && body.tokens[tail.at - 1]?.word === ')') return true;
    if (tail.word() === 'AS' && isSelect(new TokenCursor(body.source, body.tokens, tail.at + 1))) return true;
  }
  return false;
}

/** A name with a type at the start of a line. */
function isColumnStart(body: TokenCursor, index: number): boolean {
  const name = body.tokens[index];
  const type = body.tokens[index + 1];
  return (
    name?.fresh === true &&
    (name.kind === 'word' || name.kind === 'quoted') &&
    type?.kind === 'word' &&
    typeFirstWords.has(type.word)
  );
}

/** A parenthesis too many ends the body early: what follows its comma still belongs to it. */
function readRest(cursor: TokenCursor, table: TableDraft, context: StatementContext): void {
  if (cursor.word() !== ',' || !isColumnStart(cursor, cursor.at + 1)) return;
  const rest = new TokenCursor(cursor.source, cursor.tokens, cursor.at + 1, cursor.end);
  cursor.at = cursor.end;
  readBody(rest, table, context);
}

function readQuery(query: TokenCursor, table: TableDraft, context: StatementContext, listed: boolean): void {
  const copied = isSelect(query) ? null : isTableCopy(query);
  if (copied !== null) {
    copyFrom(table, copied, context);
    return;
  }
  context.withQuery(query, (result) => {
    if (result === null || (result.columns.length === 0 && !listed)) {
      context.report(
        'warning',
        `Table ${table.name} is made by a query and its columns cannot be told from the text; give its CREATE TABLE with types`,
        table.line,
      );
      return;
    }
    result.columns.forEach((column, index) => {
      const named = listed ? table.columns[index] : undefined;
      if (named !== undefined) named.rawType ||= column.rawType;
      else if (!listed) addColumn(table, column);
    });
    reportQuery(table, result.open && !listed, context);
  });
}

/** A table name alone where a query could stand: `AS db.other WITH DATA`. */
function isTableCopy(cursor: TokenCursor): QualifiedName | null {
  return isName(cursor) ? readTableName(cursor) : null;
}

function reportQuery(table: TableDraft, open: boolean, context: StatementContext): void {
  if (open)
    context.report(
      'warning',
      `Table ${table.name} may have more columns than are read: its query takes all of something that the files read together do not define`,
      table.line,
    );
  const untyped = table.columns.filter((column) => column.rawType === '').length;
  if (untyped > 0)
    context.report(
      'warning',
      `Table ${table.name} is made by a query; the types of ${untyped} of its columns cannot be told from the text`,
      table.line,
    );
}

/** Puts the columns of another table before those that the table has already. */
function copyFrom(table: TableDraft, from: QualifiedName, context: StatementContext, parts = columnsOnly): void {
  context.withSource(from, (source) => {
    if (source === undefined) {
      context.report(
        'warning',
        `Table ${table.name} takes its columns from ${from.name}, which the files read together do not define; add that table's script`,
        table.line,
      );
      return;
    }
    insertColumns(table, source, 0, parts);
  });
}

function copyType(table: TableDraft, type: QualifiedName, context: StatementContext): void {
  // Oracle calls the only column of such a table so.
  if (/^xmltype$/i.test(type.name)) {
    addColumn(table, { ...newColumnDraft('SYS_NC_ROWINFO$', table.line), rawType: type.name });
    return;
  }
  const columns = context.catalogue.types.get(type.name.toLowerCase())?.columns ?? [];
  if (columns.length === 0)
    context.report(
      'warning',
      `Table ${table.name} has the columns of type ${type.name}, which is not known; add the type's script`,
      table.line,
    );
  for (const column of columns) addColumn(table, { ...column });
}

function reportEmpty(cursor: TokenCursor, table: TableDraft, context: StatementContext): void {
  // SQL Server's edges and file tables have columns of the server's own.
  const words = new Set(cursor.tokens.map(({ word }) => word));
  if (words.has('EDGE') || words.has('FILETABLE')) return;
  if (!words.has('(') && !words.has('USING'))
    throw new DdlSyntaxError(`Table ${table.name} has no column list`, table.line);
  context.report(
    'warning',
    `The columns of table ${table.name} are not in the script; add a definition that has them`,
    table.line,
  );
}

/** `SELECT … INTO table FROM …`, where that makes a table and does not fill variables. */
export function readSelectInto(select: TokenCursor, context: StatementContext): void {
  if (!makesTables.has(context.dialect)) return;
  const at = lastTopLevel(select, (word) => word === 'INTO');
  if (at === -1) return;
  const name = new TokenCursor(select.source, select.tokens, at + 1, select.end);
  while (['TABLE', 'TEMP', 'TEMPORARY', 'UNLOGGED'].includes(name.word())) name.at += 1;
  if (!isName(name) || name.word().startsWith('@')) return;
  const { line } = name;
  const table = newTableDraft(readTableName(name), 'table', { file: context.file, line });
  readQuery(select, table, context, false);
  context.catalogue.put(table);
}

/** In Oracle, DB2, Teradata and MySQL it fills variables. */
const makesTables: ReadonlySet<Dialect | null> = new Set(['sqlserver', 'sybase', 'postgres', 'redshift', 'ansi', null]);
