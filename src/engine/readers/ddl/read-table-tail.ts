import { applyItem } from './apply-item.ts';
import type { StatementContext } from './catalogue.ts';
import { readDescription } from './read-description.ts';
import { isName, readColumnList, readIdentifier, readTableName, type QualifiedName } from './read-name.ts';
import { readTableItems } from './read-table-items.ts';
import { findColumn, type TableDraft } from './table-draft.ts';
import { TokenCursor } from './token-cursor.ts';

export interface TableTail {
  /** The query of CREATE TABLE … AS, or null. */
  readonly query: TokenCursor | null;
  readonly parents: readonly QualifiedName[];
}

/** What follows the body: comment, query, parents, Hive's partition columns, Teradata's indexes. Storage is left out. */
export function readTail(cursor: TokenCursor, table: TableDraft, context: StatementContext): TableTail {
  let parents: readonly QualifiedName[] = [];
  let query: TokenCursor | null = null;
  // Where statements need no terminator, a SELECT after the body is a statement of its own.
  const separates = context.dialect === 'sqlserver' || context.dialect === 'sybase';
  while (!cursor.done) {
    if (cursor.word() === 'COMMENT' && !cursor.is('COMMENT', 'ON')) readComment(cursor, table);
    else if (cursor.take('OPTIONS')) table.comment = readDescription(cursor) ?? table.comment;
    else if (cursor.take('INHERITS')) parents = readParents(cursor);
    else if (cursor.take('PARTITIONED', 'BY')) readPartitionColumns(cursor, table, context);
    else if (isIndexOption(cursor)) readIndex(cursor, table);
    else if (cursor.is('AS') && isQueryNext(cursor)) {
      cursor.at += 1;
      query = new TokenCursor(
        cursor.source,
        cursor.tokens,
        cursor.at,
        cursor.word() === '(' ? cursor.afterParens() : cursor.end,
      );
      cursor.at = query.end;
    } else if (cursor.word() === 'SELECT' && !separates) {
      query = new TokenCursor(cursor.source, cursor.tokens, cursor.at, cursor.end);
      cursor.at = cursor.end;
    } else cursor.skip();
  }
  return { query, parents };
}

/** SQL Server's kinds of table, and what else may follow AS. */
const notQueries: ReadonlySet<string> = new Set(['NODE', 'EDGE', 'FILETABLE', 'IDENTITY', 'COPY', '']);
/** `STORE AS SECUREFILE`, `STORED AS ORC`, `RETURN AS VALUE`: storage, no query. */
const storageWords: ReadonlySet<string> = new Set(['STORE', 'STORED', 'RETURN', 'FORMAT', 'LOCATOR']);

/** A query may stand in parentheses, or be the name of a table whose columns are taken. */
function isQueryNext(cursor: TokenCursor): boolean {
  const next = cursor.peek(1);
  if (next === undefined || storageWords.has(cursor.tokens[cursor.at - 1]?.word ?? '')) return false;
  return next.kind === 'quoted' || !notQueries.has(next.word);
}

/** Teradata: `[UNIQUE] [PRIMARY [AMP]] INDEX [name] (columns)`. */
function isIndexOption(cursor: TokenCursor): boolean {
  let at = 0;
  while (cursor.word(at) === 'UNIQUE' || cursor.word(at) === 'PRIMARY' || cursor.word(at) === 'AMP') at += 1;
  if (cursor.word(at) !== 'INDEX') return false;
  return (
    at > 0 || cursor.word(1) === '(' || cursor.word(2) === '(' || (cursor.word(2) === 'ALL' && cursor.word(3) === '(')
  );
}

function readComment(cursor: TokenCursor, table: TableDraft): void {
  cursor.at += 1;
  if (!cursor.take('=')) cursor.take('IS');
  const token = cursor.next();
  if (token?.kind === 'string' || token?.kind === 'quoted') table.comment = token.text;
}

function readIndex(cursor: TokenCursor, table: TableDraft): void {
  const unique = cursor.word() === 'UNIQUE';
  while (!cursor.done && !cursor.take('INDEX')) cursor.at += 1;
  const name = cursor.word() !== '(' && isName(cursor) ? readIdentifier(cursor, 'an index name') : null;
  cursor.take('ALL');
  const columns = readColumnList(cursor);
  if (columns.length > 0) table.indexes.push({ name, columns, unique });
}

function readParents(cursor: TokenCursor): readonly QualifiedName[] {
  if (cursor.word() !== '(') return [];
  return cursor
    .group()
    .split()
    .map((part) => readTableName(part));
}

/** Hive's partition columns are columns of the table; elsewhere the names repeat columns of the body. */
function readPartitionColumns(cursor: TokenCursor, table: TableDraft, context: StatementContext): void {
  if (cursor.word() !== '(') return;
  for (const part of cursor.group().split()) {
    if (part.peek(1)?.kind !== 'word' || findColumn(table, part.peek()?.text ?? '') !== undefined) continue;
    for (const item of readTableItems(new TokenCursor(part.source, part.tokens, part.at, part.end)))
      applyItem(table, item, context);
  }
}
