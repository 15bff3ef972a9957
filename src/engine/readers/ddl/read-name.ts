import type { Dialect } from '../../../shared/model/schema.ts';
import { DdlSyntaxError, TokenCursor } from './token-cursor.ts';

export interface QualifiedName {
  readonly schema: string | null;
  readonly name: string;
}

/** True if a name can stand here: a word, a number-like word or anything in quotes. */
export function isName(cursor: TokenCursor): boolean {
  const kind = cursor.peek()?.kind;
  return kind === 'word' || kind === 'quoted';
}

/** One identifier without its quotes. */
export function readIdentifier(cursor: TokenCursor, what: string): string {
  const token = cursor.peek();
  if (token === undefined || (token.kind !== 'word' && token.kind !== 'quoted' && token.kind !== 'string')) {
    throw new DdlSyntaxError(
      `A name is expected as ${what}${token === undefined ? ', but the statement ends' : ` before "${token.text.slice(0, 40)}"`}`,
      cursor.line,
    );
  }
  cursor.at += 1;
  return token.text;
}

/** IBM i's system naming: `LIBRARY/TABLE`, without blanks. */
function takeSlash(cursor: TokenCursor): boolean {
  const [slash, after] = [cursor.peek(), cursor.peek(1)];
  if (slash?.word !== '/' || cursor.tokens[cursor.at - 1]?.end !== slash.start || after?.start !== slash.end)
    return false;
  if (after.kind !== 'word' && after.kind !== 'quoted') return false;
  cursor.at += 1;
  return true;
}

/** The parts of a dotted name. `db..table` has an empty part in the middle. */
export function readNameParts(cursor: TokenCursor, what: string): readonly string[] {
  const unquoted = cursor.peek()?.kind === 'word';
  const parts = [readIdentifier(cursor, what)];
  for (;;) {
    // SQL*Plus ends `&schema.` with a dot of its own, so the name follows at once.
    const substituted = unquoted && parts.length === 1 && /^&.*\.$/.test(parts[0] ?? '');
    if (substituted && isName(cursor)) {
      parts[0] = (parts[0] ?? '').slice(0, -1);
      cursor.take('.');
    } else if (cursor.take('.')) {
      while (cursor.take('.')) parts.push('');
    } else if (!takeSlash(cursor)) return parts;
    parts.push(readIdentifier(cursor, what));
  }
}

/** A table name: the last part, and the part before it as its schema. Database and server are left out. */
export function readTableName(cursor: TokenCursor, what = 'the table name'): QualifiedName {
  const parts = readNameParts(cursor, what);
  return tableNameOf(parts);
}

/** The name of what is created. Hive and BigQuery quote `schema.table` as a whole. */
export function readOwnName(cursor: TokenCursor, dialect: Dialect | null): QualifiedName {
  const name = readTableName(cursor);
  return dialect === 'spark' && name.schema === null ? tableNameOf(name.name.split('.')) : name;
}

export function tableNameOf(parts: readonly string[]): QualifiedName {
  const schema = parts.at(-2);
  return {
    schema: schema === undefined || schema === '' ? null : unpadded(schema),
    name: parts.at(-1) ?? '',
  };
}

/** db2look writes schemas as the catalogue once held them: eight characters, filled with blanks. */
function unpadded(schema: string): string {
  return schema.length === 8 && !schema.startsWith(' ') ? schema.trimEnd() : schema;
}

/** Column names in parentheses; directions, lengths and collations are left out, expressions stay as text. */
export function readColumnList(cursor: TokenCursor): readonly string[] {
  if (cursor.word() !== '(') return [];
  return cursor
    .group()
    .split()
    .filter((part) => !part.is('BUSINESS_TIME', 'WITHOUT'))
    .map((part) => columnOf(part));
}

function columnOf(part: TokenCursor): string {
  const from = part.at;
  const token = part.peek();
  const after = part.word(1);
  if (token !== undefined && (token.kind === 'word' || token.kind === 'quoted') && after !== '.' && after !== '::') {
    // `name(10)` is a prefix length in MySQL, `lower(name)` an expression.
    if (part.peek(1)?.kind === 'op' && after !== '(' && after !== ',') return part.text(from, part.end);
    if (after !== '(' || (part.peek(2)?.kind === 'number' && part.word(3) === ')')) return token.text;
  }
  return part.text(from, endOfKeyPart(part));
}

const operatorWords: ReadonlySet<string> = new Set([
  'AND',
  'OR',
  'IS',
  'IN',
  'NOT',
  'LIKE',
  'BETWEEN',
  'OVER',
  'DIV',
  'MOD',
]);

/** Collation, operator class and direction behind the last parenthesis of an expression are no part of it. */
function endOfKeyPart(part: TokenCursor): number {
  const rest = new TokenCursor(part.source, part.tokens, part.at, part.end);
  while (!rest.done) {
    const closed = rest.tokens[rest.at - 1]?.word === ')' && rest.at > part.at;
    if (closed && rest.peek()?.kind === 'word' && !operatorWords.has(rest.word())) return rest.at;
    rest.skip();
  }
  return part.end;
}
