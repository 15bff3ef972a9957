import { typeFirstWords } from '../types/type-rules.ts';
import { readReference } from './column-attributes.ts';
import { newColumnDraft, type ColumnDraft } from './column-draft.ts';
import { readColumn } from './read-column.ts';
import { readExpression, readGroupText } from './read-expression.ts';
import {
  isName,
  readColumnList,
  readIdentifier,
  readNameParts,
  readTableName,
  type QualifiedName,
} from './read-name.ts';
import type { Token } from './token.ts';
import type { CheckDraft, ForeignKeyDraft, IndexDraft, KeyDraft } from './table-draft.ts';
import { DdlSyntaxError, TokenCursor } from './token-cursor.ts';

/** One item of a table body, or of ALTER TABLE … ADD. */
export type TableItem =
  | { readonly kind: 'column'; readonly column: ColumnDraft }
  | { readonly kind: 'primaryKey'; readonly key: KeyDraft }
  | { readonly kind: 'unique'; readonly key: KeyDraft }
  | { readonly kind: 'keyOfIndex'; readonly index: string; readonly primary: boolean }
  | { readonly kind: 'foreignKey'; readonly key: ForeignKeyDraft }
  | { readonly kind: 'index'; readonly index: IndexDraft }
  | { readonly kind: 'check'; readonly check: CheckDraft }
  | { readonly kind: 'default'; readonly column: string; readonly value: string }
  | { readonly kind: 'like'; readonly table: QualifiedName; readonly including: ReadonlySet<string> }
  | { readonly kind: 'ignored' }
  /** A rule for rows that the model cannot hold. */
  | { readonly kind: 'lost'; readonly what: string; readonly line: number }
  | { readonly kind: 'bad'; readonly message: string; readonly line: number };

const keyOptions: ReadonlySet<string> = new Set([
  'CLUSTERED',
  'NONCLUSTERED',
  'HASH',
  'UNIQUE',
  'KEY',
  'INDEX',
  'BTREE',
  'RTREE',
  'COLUMNSTORE',
]);

/** The items of one part of a body: one, or more where commas are missing between columns. */
export function readTableItems(part: TokenCursor): readonly TableItem[] {
  const items: TableItem[] = [];
  while (!part.done) {
    const { at, line } = part;
    try {
      items.push(readTableItem(part));
    } catch (error) {
      if (!(error instanceof DdlSyntaxError)) throw error;
      return [...items, { kind: 'bad', message: error.message, line: error.line }];
    }
    if (part.at <= at) return [...items, { kind: 'bad', message: 'The item is not understood', line }];
  }
  return items;
}

/** The parts of a body; those of Teradata's column partitions one by one: `COLUMN(a INTEGER, b DATE) NO AUTO COMPRESS`. */
export function withoutColumnGroups(parts: readonly TokenCursor[]): readonly TokenCursor[] {
  return parts.flatMap((part) => {
    const at = part.word() === 'COLUMN' || part.word() === 'ROW' ? 1 : 0;
    if (part.word(at) !== '(' || !isNameToken(part.peek(at + 1)) || !isNameToken(part.peek(at + 2))) return [part];
    part.at += at;
    return part.group().split();
  });
}

const isNameToken = (token: Token | undefined): boolean => token?.kind === 'word' || token?.kind === 'quoted';

function readTableItem(part: TokenCursor): TableItem {
  const constraint = readConstraint(part);
  if (constraint === null) return { kind: 'column', column: readColumn(part) };
  part.at = part.end;
  return constraint;
}

/** Null where the item is a column. Columns may be called `key`, `index`, `check` or `primary` all the same. */
function readConstraint(part: TokenCursor): TableItem | null {
  const start = part.at;
  let name: string | null = null;
  if (part.word() === 'CONSTRAINT' && !typeFirstWords.has(part.word(1))) {
    part.at += 1;
    // MySQL allows CONSTRAINT without a name.
    if (!/^(?:PRIMARY|UNIQUE|FOREIGN|CHECK)$/.test(part.word()) || part.word(1) === 'PRIMARY')
      name = readNameParts(part, 'the name of a constraint').at(-1) ?? null;
  }
  const item = readNamedConstraint(part, name);
  if (item === null && name !== null) return { kind: 'ignored' };
  if (item === null) part.at = start;
  return item;
}

function readNamedConstraint(part: TokenCursor, name: string | null): TableItem | null {
  switch (part.word()) {
    case 'EXCLUDE':
      return part.word(1) === 'USING' || part.word(1) === '('
        ? { kind: 'lost', what: `exclusion constraint${name === null ? '' : ` ${name}`}`, line: part.line }
        : null;
    case 'PRIMARY':
      return part.word(1) === 'KEY' ? readPrimaryKey(part, name) : null;
    case 'UNIQUE':
      return part.peek(1) === undefined || typeFirstWords.has(part.word(1)) ? null : readUnique(part, name);
    case 'FOREIGN':
      return part.word(1) === 'KEY' ? readForeignKey(part, name) : null;
    case 'CHECK':
      return readCheck(part, name);
    case 'DEFAULT':
      return name === null && !isDefaultFor(part) ? null : readDefault(part);
    case 'KEY':
    case 'INDEX':
    case 'FULLTEXT':
    case 'SPATIAL':
      return readIndex(part);
    case 'LIKE':
      part.at += 1;
      return { kind: 'like', table: readTableName(part), including: readIncluding(part) };
    default:
      return isIgnored(part) ? { kind: 'ignored' } : null;
  }
}

/** PostgreSQL: `INCLUDING ALL EXCLUDING INDEXES`, what a copy takes besides names and types. */
export function readIncluding(cursor: TokenCursor): ReadonlySet<string> {
  const said = new Set<string>();
  for (; !cursor.done; cursor.at += 1) {
    if (cursor.take('INCLUDING')) for (const what of cursor.word() === 'ALL' ? copied : [cursor.word()]) said.add(what);
    else if (cursor.take('EXCLUDING')) said.delete(cursor.word());
    else return said;
  }
  return said;
}

const copied: readonly string[] = ['DEFAULTS', 'IDENTITY', 'GENERATED', 'CONSTRAINTS', 'INDEXES'];

/** SQL Server: `ADD DEFAULT value FOR column`. */
function isDefaultFor(part: TokenCursor): boolean {
  const ahead = new TokenCursor(part.source, part.tokens, part.at + 1, part.end);
  while (!ahead.done && ahead.word() !== 'FOR') ahead.skip();
  return ahead.word() === 'FOR' && ahead.end - ahead.at === 2 && ahead.at > part.at + 1;
}

function isIgnored(part: TokenCursor): boolean {
  const next = part.word(1);
  switch (part.word()) {
    case 'PERIOD':
      return next === 'FOR' || next === 'SYSTEM_TIME' || next === 'BUSINESS_TIME';
    case 'SUPPLEMENTAL':
      return next === 'LOG';
    case 'SCOPE':
    case 'REF':
      return next === 'FOR' || next === '(';
    case 'DISTRIBUTE':
    case 'PARTITION':
      return next === 'BY';
    case 'CONNECTION':
    case 'WATERMARK':
      return next === '(' || next === 'FOR';
    default:
      return false;
  }
}

/** Steps over the key words, an index name and options, then reads the columns. */
function readKey(part: TokenCursor, words: number, name: string | null): KeyDraft {
  part.at += words;
  let own = name;
  while (!part.done && part.word() !== '(') {
    if (part.take('USING')) part.skip();
    else if (keyOptions.has(part.word()) || part.take('NULLS')) part.skip();
    else if (isName(part)) {
      const written = readIdentifier(part, 'the name of a key');
      own ??= written;
    } else break;
  }
  const columns = readColumnList(part);
  if (columns.length === 0) throw new DdlSyntaxError('A key has no columns', part.line);
  return { name: own, columns };
}

function readPrimaryKey(part: TokenCursor, name: string | null): TableItem {
  if (part.word(2) === 'USING' && part.word(3) === 'INDEX') return readKeyOfIndex(part, 4, true);
  return { kind: 'primaryKey', key: readKey(part, 2, name) };
}

function readUnique(part: TokenCursor, name: string | null): TableItem {
  if (part.word(1) === 'USING' && part.word(2) === 'INDEX') return readKeyOfIndex(part, 3, false);
  return { kind: 'unique', key: readKey(part, 1, name) };
}

/** PostgreSQL: `PRIMARY KEY USING INDEX name`. */
function readKeyOfIndex(part: TokenCursor, words: number, primary: boolean): TableItem {
  part.at += words;
  return { kind: 'keyOfIndex', index: readIdentifier(part, 'an index name'), primary };
}

function readForeignKey(part: TokenCursor, name: string | null): TableItem {
  part.at += 2;
  const written = part.word() !== '(' && isName(part) ? readIdentifier(part, 'the name of a key') : null;
  const columns = readColumnList(part);
  if (part.word() !== 'REFERENCES') throw new DdlSyntaxError('A foreign key names no table', part.line);
  return { kind: 'foreignKey', key: { name: name ?? written, columns, to: readReference(part) } };
}

function readCheck(part: TokenCursor, name: string | null): TableItem | null {
  let at = 1;
  if (part.word(1) === 'NOT' && part.word(2) === 'FOR') at = 4;
  if (part.word(at) !== '(') return null;
  part.at += at;
  return { kind: 'check', check: { name, text: readGroupText(part) } };
}

/** SQL Server: `ADD CONSTRAINT name DEFAULT value FOR column`. */
function readDefault(part: TokenCursor): TableItem {
  part.at += 1;
  const value = readExpression(part);
  if (!part.take('FOR')) return { kind: 'ignored' };
  return { kind: 'default', column: readIdentifier(part, 'a column name'), value };
}

function readIndex(part: TokenCursor): TableItem | null {
  if (!isIndex(part)) return null;
  // A clustered columnstore index is the table itself: it names no columns.
  if (!hasColumns(part)) return { kind: 'ignored' };
  const unique = part.word(2) === 'UNIQUE';
  const { name, columns } = readKey(part, 1, null);
  return { kind: 'index', index: { name, columns, unique } };
}

function hasColumns(part: TokenCursor): boolean {
  for (let i = 1; part.peek(i) !== undefined; i += 1) if (part.word(i) === '(') return true;
  return false;
}

/** `KEY name (a)` is an index, `key varchar(10)` a column. */
function isIndex(part: TokenCursor): boolean {
  if (part.word(1) === '(') return true;
  const second = part.peek(1);
  const third = part.word(2);
  if (part.word() === 'FULLTEXT' || part.word() === 'SPATIAL')
    return part.word(1) === 'KEY' || part.word(1) === 'INDEX' || third === '(';
  if (
    second === undefined ||
    (second.kind === 'word' && typeFirstWords.has(second.word) && part.peek(3)?.kind === 'number')
  )
    return false;
  return third === '(' || third === 'USING' || (part.word() === 'INDEX' && keyOptions.has(third));
}

/** Columns as names only: `CREATE TABLE x (a, b) AS SELECT …` and views. Null where an item is more than a name. */
export function readNameItems(parts: readonly TokenCursor[]): readonly ColumnDraft[] | null {
  const columns: ColumnDraft[] = [];
  for (const item of parts) {
    const part = new TokenCursor(item.source, item.tokens, item.at, item.end);
    const { line } = part;
    if (!isName(part)) return null;
    const column = newColumnDraft(readIdentifier(part, 'a column name'), line);
    if (part.word() === 'COMMENT') column.comment = part.peek(1)?.text;
    else if (!part.done) return null;
    columns.push(column);
  }
  return columns;
}
