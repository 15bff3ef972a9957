import type { TokenCursor } from './token-cursor.ts';

/** Words that may follow a type's first word and belong to it. */
const continuations: Readonly<Record<string, readonly string[]>> = Object.assign(
  Object.create(null) as Record<string, readonly string[]>,
  {
    DOUBLE: ['PRECISION'],
    CHARACTER: ['VARYING', 'LARGE', 'OBJECT'],
    CHAR: ['VARYING', 'LARGE', 'OBJECT'],
    NCHAR: ['VARYING', 'LARGE', 'OBJECT'],
    NATIONAL: ['CHARACTER', 'CHAR', 'VARCHAR', 'VARYING', 'LARGE', 'OBJECT'],
    NATIVE: ['CHARACTER'],
    VARYING: ['CHARACTER', 'ARRAY'],
    BINARY: ['VARYING', 'LARGE', 'OBJECT'],
    LONG: ['RAW', 'VARCHAR', 'VARBINARY', 'VARGRAPHIC', 'NVARCHAR'],
    BIT: ['VARYING'],
    FLOATING: ['POINT'],
    UNSIGNED: ['BIG', 'INT', 'INTEGER', 'SMALLINT', 'BIGINT', 'TINYINT'],
    SIGNED: ['INT', 'INTEGER', 'SMALLINT', 'BIGINT'],
    REF: [],
    SETOF: [],
  },
);
const intervalWords: ReadonlySet<string> = new Set([
  'YEAR',
  'MONTH',
  'DAY',
  'HOUR',
  'MINUTE',
  'SECOND',
  'FRACTION',
  'TO',
]);
const numberAttributes: ReadonlySet<string> = new Set(['UNSIGNED', 'SIGNED', 'ZEROFILL']);

/** The type at the cursor as written, white space collapsed; empty where none stands. */
export function readType(cursor: TokenCursor): string {
  const from = cursor.at;
  const first = cursor.peek();
  if (first === undefined || (first.kind !== 'word' && first.kind !== 'quoted')) return '';
  const head = first.word;
  const words = continuations[head] ?? [];
  skipTypeName(cursor, head, words);
  if (cursor.word() === '<') skipAngles(cursor);
  if (cursor.word() === '(') cursor.skip();
  while (words.includes(cursor.word())) cursor.at += 1;
  skipSuffixes(cursor);
  return cursor.text(from, Math.min(cursor.at, cursor.end));
}

function skipTypeName(cursor: TokenCursor, head: string, words: readonly string[]): void {
  cursor.at += 1;
  if (head === 'REF' || head === 'SETOF') cursor.skip();
  while (cursor.word() === '.' || cursor.word() === '%') cursor.at += 2;
  while (words.includes(cursor.word())) cursor.at += 1;
  if (head === 'INTERVAL' || head === 'DATETIME') skipInterval(cursor);
  if (cursor.word() === 'SUB_TYPE') skipSubType(cursor);
}

function skipInterval(cursor: TokenCursor): void {
  while (intervalWords.has(cursor.word())) {
    cursor.at += 1;
    if (cursor.word() === '(') cursor.skip();
  }
}

/** Firebird: `BLOB SUB_TYPE TEXT SEGMENT SIZE 80`. */
function skipSubType(cursor: TokenCursor): void {
  cursor.at += 2;
  if (cursor.take('SEGMENT', 'SIZE')) cursor.at += 1;
}

function skipAngles(cursor: TokenCursor): void {
  let depth = 0;
  for (; !cursor.done; cursor.at += 1) {
    if (cursor.word() === '<') depth += 1;
    else if (cursor.word() === '>' && (depth -= 1) === 0) {
      cursor.at += 1;
      return;
    }
  }
}

function skipSuffixes(cursor: TokenCursor): void {
  for (;;) {
    if (numberAttributes.has(cursor.word())) cursor.at += 1;
    else if (cursor.is('WITH', 'TIME', 'ZONE') || cursor.is('WITHOUT', 'TIME', 'ZONE')) cursor.at += 3;
    else if (cursor.is('WITH', 'LOCAL', 'TIME', 'ZONE')) cursor.at += 4;
    else if (cursor.word() === 'FOR' && cursor.word(2) === 'DATA') cursor.at += 3;
    else if (cursor.word() === '[') skipBounds(cursor);
    else if (cursor.word() === 'ARRAY') cursor.at += 1;
    else return;
  }
}

function skipBounds(cursor: TokenCursor): void {
  while (!cursor.done && cursor.word() !== ']') cursor.at += 1;
  cursor.at = Math.min(cursor.at + 1, cursor.end);
}
