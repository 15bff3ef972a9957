import { DdlSyntaxError, type TokenCursor } from './token-cursor.ts';

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
    } else return parts;
    parts.push(readIdentifier(cursor, what));
  }
}

/** A table name: the last part, and the part before it as its schema. Database and server are left out. */
export function readTableName(cursor: TokenCursor, what = 'the table name'): QualifiedName {
  const parts = readNameParts(cursor, what);
  return tableNameOf(parts);
}

export function tableNameOf(parts: readonly string[]): QualifiedName {
  const schema = parts.at(-2);
  return { schema: schema === undefined || schema === '' ? null : schema, name: parts.at(-1) ?? '' };
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
    if (after !== '(' || (part.peek(2)?.kind === 'number' && part.word(3) === ')')) return token.text;
  }
  return part.text(from, part.end);
}
