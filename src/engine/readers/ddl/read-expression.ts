import type { TokenCursor } from './token-cursor.ts';

/** Column attributes that end a default or computed expression. */
const stopWords: ReadonlySet<string> = new Set([
  'NOT',
  'NULL',
  'CONSTRAINT',
  'PRIMARY',
  'UNIQUE',
  'REFERENCES',
  'CHECK',
  'COMMENT',
  'COLLATE',
  'GENERATED',
  'ON',
  'ENABLE',
  'DISABLE',
  'VISIBLE',
  'INVISIBLE',
  'AUTO_INCREMENT',
  'AUTOINCREMENT',
  'KEY',
  'ENCODE',
  'COMPRESS',
  'FORMAT',
  'TITLE',
  'NAMED',
  'CHARACTER',
  'CHARSET',
  'CASESPECIFIC',
  'UPPERCASE',
  'AFTER',
  'FIRST',
  'MASKED',
  'SPARSE',
  'ROWGUIDCOL',
  'IDENTITY',
  'STORAGE',
  'PERSISTED',
  'MATERIALIZED',
  'STORED',
  'VIRTUAL',
  'DEFERRABLE',
  'INITIALLY',
  'SECURED',
  'IMPLICITLY',
  'INLINE',
  'SORTKEY',
  'DISTKEY',
  'LOGGED',
  'USING',
  'COLUMN_FORMAT',
  'ENFORCED',
  'SRID',
  'HIDDEN',
  'CCSID',
  'MASKING',
  'TAG',
  'DEFAULT',
  'ENCRYPTED',
  'COMPRESSION',
  'ENCRYPT',
  'VALIDATE',
  'NOVALIDATE',
  'INDEX',
  'ANNOTATIONS',
  'OPTIONS',
  'FIELDPROC',
]);

/** Words that go on with an expression behind a literal. */
const goesOn: ReadonlySet<string> = new Set(
  'AND OR IS LIKE IN BETWEEN NOT AT CONCAT DIV MOD ESCAPE TO YEAR YEARS MONTH MONTHS DAY DAYS HOUR HOURS MINUTE MINUTES SECOND SECONDS MICROSECOND MICROSECONDS WEEK WEEKS'.split(
    ' ',
  ),
);

/**
 * The expression at the cursor as written; ends where the next column attribute begins. Empty where none stands.
 * `required`: one does stand there, so that its first word is a name whatever else it could mean.
 */
export function readExpression(cursor: TokenCursor, required = false): string {
  const from = cursor.at;
  if (required && cursor.word() !== 'CASE') cursor.skip();
  let cases = 0;
  while (!cursor.done) {
    const word = cursor.word();
    if (word === 'CASE') cases += 1;
    else if (word === 'END' && cases > 0) cases -= 1;
    else if (cases === 0 && endsExpression(cursor, from)) break;
    cursor.skip();
  }
  return cursor.text(from, cursor.at);
}

/** What stands before tells more than the word: undefined where it does not. */
function toldByPrevious(cursor: TokenCursor): boolean | undefined {
  const previous = cursor.tokens[cursor.at - 1];
  // An operator wants a name, whatever else the word could mean.
  if (previous?.kind === 'op' && previous.word !== ')' && previous.word !== ']') return false;
  // Nothing but an operator follows a literal: another word is the next attribute, known or not.
  const literal = previous?.kind === 'string' || previous?.kind === 'number';
  return literal && cursor.peek()?.kind === 'word' && !goesOn.has(cursor.word()) ? true : undefined;
}

function endsExpression(cursor: TokenCursor, from: number): boolean {
  const word = cursor.word();
  const before = cursor.tokens[cursor.at - 1]?.word ?? '';
  const next = cursor.word(1);
  const first = cursor.at === from;
  const told = first ? undefined : toldByPrevious(cursor);
  if (told !== undefined) return told;
  switch (word) {
    case 'NULL':
      return !first && before !== 'NOT' && before !== 'IS';
    case 'NOT':
      return next === 'NULL' ? before !== 'IS' : !first;
    // `current_timestamp with default` ends, `::timestamp with time zone` goes on.
    case 'WITH':
      return next !== 'TIME' && next !== 'LOCAL';
    case 'FOR':
      return before !== 'VALUE';
    case 'CHARACTER':
      return !first && before !== '::';
    case 'AS':
      return !first;
    default:
      return stopWords.has(word);
  }
}

/** The text of a group in parentheses without the parentheses that only repeat the outer ones. */
export function readGroupText(cursor: TokenCursor): string {
  let group = cursor.group();
  for (let depth = 0; depth < 20 && group.word() === '(' && group.afterParens() === group.end; depth += 1)
    group = group.group();
  return group.text(group.at, group.end);
}
