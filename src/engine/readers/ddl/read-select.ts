import type { StatementContext } from './catalogue.ts';
import { newColumnDraft, type ColumnDraft } from './column-draft.ts';
import { isName, readNameParts, tableNameOf, type QualifiedName } from './read-name.ts';
import { readCastType } from './read-cast-type.ts';
import { readType } from './read-type.ts';
import { findColumn, type TableDraft } from './table-draft.ts';
import type { Token } from './token.ts';
import { TokenCursor } from './token-cursor.ts';

const endOfFrom: ReadonlySet<string> = new Set([
  'WHERE',
  'GROUP',
  'ORDER',
  'HAVING',
  'UNION',
  'INTERSECT',
  'EXCEPT',
  'MINUS',
  'QUALIFY',
  'LIMIT',
  'FETCH',
  'WINDOW',
  'CONNECT',
  'START',
  'WITH',
]);
const joinWords: ReadonlySet<string> = new Set([
  'JOIN',
  'INNER',
  'LEFT',
  'RIGHT',
  'FULL',
  'CROSS',
  'NATURAL',
  'OUTER',
  'ON',
  'USING',
  'LATERAL',
]);
const neverAlias: ReadonlySet<string> = new Set(['END', 'NULL', 'TRUE', 'FALSE', 'ROW']);

/**
 * Columns of the SELECT at the cursor, as far as its text alone tells: names from aliases and column references, types
 * from CAST and from tables that are known. Null where a name cannot be told.
 */
export function readSelectColumns(cursor: TokenCursor, context: StatementContext): readonly ColumnDraft[] | null {
  const select = enterSelect(cursor);
  if (select === null) return null;
  const listStart = select.at;
  const listEnd = findWord(select, listStart, (word) => word === 'FROM' || word === 'INTO' || word === 'UNION');
  const sources = readSources(select, listEnd, context);
  const columns: ColumnDraft[] = [];
  for (const item of new TokenCursor(select.source, select.tokens, listStart, listEnd).split()) {
    const read = readItem(item, sources);
    if (read === null) return null;
    columns.push(...read);
  }
  return columns.length === 0 ? null : columns;
}

interface Source {
  readonly alias: string;
  readonly table: TableDraft | undefined;
}

/** Into parentheses, past WITH queries, DISTINCT and TOP. */
function enterSelect(cursor: TokenCursor): TokenCursor | null {
  let select = cursor;
  for (let depth = 0; depth < 20 && select.word() === '('; depth += 1) select = select.group();
  if (select.word() === 'LOCKING' || select.word() === 'LOCK')
    select.at = findWord(select, select.at, (word) => word === 'SELECT' || word === 'SEL' || word === 'WITH');
  if (select.word() === 'WITH') select.at = findWord(select, select.at, (word) => word === 'SELECT');
  if (!select.take('SELECT') && !select.take('SEL')) return null;
  if (select.take('DISTINCT') && select.take('ON')) select.skip();
  select.take('ALL');
  if (select.take('TOP')) {
    select.skip();
    select.take('PERCENT');
  }
  return select;
}

/** Index of the first such word outside parentheses, or the end. */
function findWord(cursor: TokenCursor, from: number, test: (word: string) => boolean): number {
  let depth = 0;
  for (let i = from; i < cursor.end; i += 1) {
    const word = cursor.tokens[i]?.word ?? '';
    if (word === '(') depth += 1;
    else if (word === ')') depth -= 1;
    else if (depth === 0 && test(word)) return i;
  }
  return cursor.end;
}

function readSources(select: TokenCursor, from: number, context: StatementContext): readonly Source[] {
  const sources: Source[] = [];
  if (select.tokens[from]?.word !== 'FROM') return sources;
  const clause = new TokenCursor(
    select.source,
    select.tokens,
    from + 1,
    findWord(select, from + 1, (word) => endOfFrom.has(word)),
  );
  let expectTable = true;
  while (!clause.done) {
    if (clause.take(',') || clause.take('JOIN')) expectTable = true;
    else if (expectTable && isName(clause) && !joinWords.has(clause.word())) {
      const name = tableNameOf(readNameParts(clause, 'a table'));
      sources.push({ alias: readAlias(clause) ?? name.name, table: context.catalogue.find(name) });
      expectTable = false;
    } else if (clause.word() !== '(' || !expectTable) clause.skip();
    else if (isSelect(clause)) {
      clause.skip();
      sources.push({ alias: readAlias(clause) ?? '', table: undefined });
      expectTable = false;
    } else clause.at += 1;
  }
  return sources;
}

function readAlias(clause: TokenCursor): string | null {
  clause.take('AS');
  if (!isName(clause) || joinWords.has(clause.word())) return null;
  return clause.next()?.text ?? null;
}

function readItem(written: TokenCursor, sources: readonly Source[]): readonly ColumnDraft[] | null {
  const item = withoutDisplay(written);
  if (item.tokens[item.end - 1]?.word === '*') return readStar(item, sources);
  // T-SQL: alias = expression.
  if (isName(item) && item.word(1) === '=') return [newColumnDraft(item.peek()?.text ?? '', item.line)];
  const cast = readPostfixCast(item);
  if (cast !== null) return [cast];
  const last = item.tokens[item.end - 1];
  if (last === undefined || !isOutputName(item, last)) return null;
  const column = newColumnDraft(last.text, last.line);
  copyType(column, item, sources);
  return [column];
}

/** Teradata: `amount (FORMAT '9(5)')` is the column all the same. */
function withoutDisplay(item: TokenCursor): TokenCursor {
  if (item.tokens[item.end - 1]?.word !== ')') return item;
  // The last token or group of the item.
  let open = item.at;
  for (let at = item.at; at < item.end;) {
    open = at;
    const group = new TokenCursor(item.source, item.tokens, at, item.end);
    group.skip();
    at = group.at;
  }
  const word = item.tokens[open + 1]?.word;
  return word === 'FORMAT' || word === 'TITLE' ? new TokenCursor(item.source, item.tokens, item.at, open) : item;
}

/** PostgreSQL: `expression::type [[AS] name]`; without a name it is that of the column that is cast. */
function readPostfixCast(item: TokenCursor): ColumnDraft | null {
  const operator = lastWord(item, '::');
  if (operator === -1) return null;
  const type = new TokenCursor(item.source, item.tokens, operator + 1, item.end);
  const rawType = readType(type);
  type.take('AS');
  const name = type.done ? item.tokens[operator - 1] : type.next();
  if (name === undefined || !type.done || (name.kind !== 'word' && name.kind !== 'quoted')) return null;
  const column = newColumnDraft(name.text, name.line);
  column.rawType = rawType;
  return column;
}

function lastWord(item: TokenCursor, word: string): number {
  let found = -1;
  for (let at = findWord(item, item.at, (other) => other === word); at < item.end;)
    at = findWord(item, (found = at) + 1, (other) => other === word);
  return found;
}

/** True if the last token names the column: a reference, or an alias behind an expression. */
function isOutputName(item: TokenCursor, last: Token): boolean {
  const before = item.end - item.at === 1 ? undefined : item.tokens[item.end - 2];
  if (last.kind === 'string') return before?.word === 'AS';
  if ((last.kind !== 'word' && last.kind !== 'quoted') || neverAlias.has(last.word)) return false;
  return before === undefined || before.word === '.' || before.word === ')' || before.kind !== 'op';
}

/** The type of a column reference that is known, or of a CAST. */
function copyType(column: ColumnDraft, item: TokenCursor, sources: readonly Source[]): void {
  column.rawType = readCastType(item);
  if (column.rawType !== '') return;
  if (!isName(item)) return;
  const parts = readNameParts(item, 'a column');
  const plain = item.done || item.word() === 'AS' || item.at === item.end - 1;
  if (!plain) return;
  const owner =
    parts.length > 1 ? sources.filter((source) => source.alias.toLowerCase() === parts.at(-2)?.toLowerCase()) : sources;
  const found = owner
    .map((source) => (source.table === undefined ? undefined : findColumn(source.table, parts.at(-1) ?? '')))
    .filter((hit) => hit !== undefined);
  const [only] = found;
  if (only === undefined || found.length > 1) return;
  column.rawType = only.rawType;
  column.comment = only.comment;
}

function readStar(item: TokenCursor, sources: readonly Source[]): readonly ColumnDraft[] | null {
  const parts =
    item.end - item.at === 1
      ? []
      : readNameParts(new TokenCursor(item.source, item.tokens, item.at, item.end - 2), 'a table');
  const owners =
    parts.length === 0
      ? sources
      : sources.filter((source) => source.alias.toLowerCase() === parts.at(-1)?.toLowerCase());
  if (owners.length === 0) return null;
  const columns: ColumnDraft[] = [];
  for (const { table } of owners) {
    if (table === undefined) return null;
    columns.push(
      ...table.columns.map((column) => ({
        ...newColumnDraft(column.name, item.line),
        rawType: column.rawType,
        comment: column.comment,
      })),
    );
  }
  return columns;
}

/** True if a query begins at the cursor. */
export function isSelect(cursor: TokenCursor): boolean {
  let at = 0;
  while (cursor.word(at) === '(') at += 1;
  return ['SELECT', 'SEL', 'WITH', 'LOCKING', 'LOCK'].includes(cursor.word(at));
}

/** A table name alone where a query could stand: `AS db.other WITH DATA`. */
export function isTableCopy(cursor: TokenCursor): QualifiedName | null {
  if (!isName(cursor) || isSelect(cursor)) return null;
  return tableNameOf(readNameParts(cursor, 'a table'));
}
