import { typeFirstWords } from '../types/type-rules.ts';
import { applyItem } from './apply-item.ts';
import type { StatementContext } from './catalogue.ts';
import { readTableName, type QualifiedName } from './read-name.ts';
import { isSelect, isTableCopy, readSelectColumns } from './read-select.ts';
import { readNameItems, readTableItems } from './read-table-items.ts';
import { readTail } from './read-table-tail.ts';
import { addColumn, copyColumns, newTableDraft, type TableDraft } from './table-draft.ts';
import { DdlSyntaxError, TokenCursor } from './token-cursor.ts';

/** `CREATE … TABLE`, the cursor behind TABLE: the table with all that its body and tail say. */
export function readCreateTable(cursor: TokenCursor, context: StatementContext, replace: boolean): void {
  const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS');
  const line = cursor.line;
  const table = newTableDraft(readTableName(cursor), 'table', { file: context.file, line });
  const existing = context.catalogue.exact(table);
  if (existing !== undefined && !existing.dropped && !replace) {
    if (ifNotExists) return;
    context.report('warning', `Table ${table.name} is created twice; the later definition is used`, line);
  }
  readDefinition(cursor, table, context);
  context.catalogue.put(table);
}

function readDefinition(cursor: TokenCursor, table: TableDraft, context: StatementContext): void {
  if (readCopy(cursor, table, context)) return;
  const usesFormat = skipToBody(cursor);
  const names =
    cursor.word() === '(' && !usesFormat && !isSelect(cursor) ? readBody(cursor.group(), table, context) : false;
  if (table.columns.length > 0) readRest(cursor, table, context);
  const { query, parents } = readTail(cursor, table, context);
  if (query !== null) readQuery(query, table, context, names);
  for (const parent of parents) copyFrom(table, parent, context);
  if (table.columns.length === 0 && query === null && parents.length === 0) reportEmpty(cursor, table);
}

/** A table that has the columns of another table or of a type. */
function readCopy(cursor: TokenCursor, table: TableDraft, context: StatementContext): boolean {
  if (cursor.take('PARTITION', 'OF')) {
    copyFrom(table, readTableName(cursor), context);
    if (cursor.word() === '(') readBody(cursor.group(), table, context);
    return true;
  }
  if (cursor.take('OF')) {
    copyType(table, readTableName(cursor), context);
    return true;
  }
  const copies =
    cursor.take('LIKE') || cursor.take('CLONE') || cursor.take('SHALLOW', 'CLONE') || cursor.take('DEEP', 'CLONE');
  if (copies) copyFrom(table, readTableName(cursor), context);
  return copies;
}

/** Past Teradata's options, up to the body or the query. True if a USING clause comes first: then no body follows. */
function skipToBody(cursor: TokenCursor): boolean {
  while (!cursor.done && cursor.word() !== '(' && cursor.word() !== 'AS' && cursor.word() !== 'SELECT') {
    if (cursor.word() === 'USING') return true;
    if (cursor.take('CLUSTER', 'BY')) skipClusterKey(cursor);
    else cursor.at += 1;
  }
  return false;
}

/** Snowflake: the key may stand before the body. */
function skipClusterKey(cursor: TokenCursor): void {
  cursor.take('LINEAR');
  cursor.skip();
}

/** True if the body held only names: the types come from a query. */
function readBody(body: TokenCursor, table: TableDraft, context: StatementContext): boolean {
  const { balanced } = body;
  const parts = body.split((index) => !balanced && isColumnStart(body, index));
  const after = body.tokens[body.end + 1];
  const names = after?.word === 'AS' || after?.word === 'SELECT' ? readNameItems(parts) : null;
  if (names !== null) {
    for (const column of names) addColumn(table, column);
    return true;
  }
  if (!balanced || body.tokens[body.end]?.word !== ')') {
    context.report(
      'error',
      `The parentheses of table ${table.name} do not match; its items are read line by line and a type may be incomplete`,
      table.line,
    );
  }
  let recognised = 0;
  for (const part of parts) {
    const items = readTableItems(part);
    recognised += items.length;
    if (items.length > 1)
      context.report(
        'warning',
        `A comma is missing between items of table ${table.name}; ${items.length} items are read`,
        part.tokens[part.at - 1]?.line,
      );
    for (const item of items) applyItem(table, item, context);
  }
  if (recognised < parts.length)
    context.report(
      'error',
      `Table ${table.name}: ${parts.length} items are written, ${recognised} understood`,
      table.line,
    );
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

function readQuery(query: TokenCursor, table: TableDraft, context: StatementContext, namesOnly: boolean): void {
  const copied = isSelect(query) ? null : isTableCopy(query);
  if (copied !== null) {
    copyFrom(table, copied, context);
    return;
  }
  const columns = readSelectColumns(query, context);
  if (columns === null) {
    const untyped = namesOnly ? 'the types of its columns' : 'its columns';
    context.report(
      'warning',
      `Table ${table.name} is made by a query and ${untyped} cannot be told from the text; give its CREATE TABLE with types`,
      table.line,
    );
    return;
  }
  columns.forEach((column, index) => {
    const named = namesOnly ? table.columns[index] : undefined;
    if (named !== undefined) named.rawType = column.rawType;
    else addColumn(table, column);
  });
  const untyped = table.columns.filter((column) => column.rawType === '').length;
  if (untyped > 0)
    context.report(
      'warning',
      `Table ${table.name} is made by a query; the types of ${untyped} of its columns cannot be told from the text`,
      table.line,
    );
}

function copyFrom(table: TableDraft, from: QualifiedName, context: StatementContext): void {
  const source = context.catalogue.find(from);
  if (source === undefined) {
    context.report(
      'warning',
      `Table ${table.name} takes its columns from ${from.name}, which is not defined before it; add that table's script before this one`,
      table.line,
    );
    return;
  }
  const own = table.columns;
  table.columns = [];
  for (const column of [...copyColumns(source, table.line), ...own]) addColumn(table, column);
}

function copyType(table: TableDraft, type: QualifiedName, context: StatementContext): void {
  const columns = context.catalogue.types.get(type.name.toLowerCase())?.columns ?? [];
  if (columns.length === 0)
    context.report(
      'warning',
      `Table ${table.name} has the columns of type ${type.name}, which is not known; add the type's script`,
      table.line,
    );
  for (const column of columns) addColumn(table, { ...column });
}

function reportEmpty(cursor: TokenCursor, table: TableDraft): void {
  if (cursor.tokens.some((token) => token.word === '(')) return;
  throw new DdlSyntaxError(`Table ${table.name} has no column list`, table.line);
}
