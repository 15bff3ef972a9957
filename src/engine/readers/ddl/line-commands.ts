/** Lines that a client program takes for itself: they are no SQL and may hold unbalanced quotes. */
import type { Lexer } from './lexer.ts';
import type { Syntax } from './token.ts';

const batchEnd = /GO[ \t]*(?:\d+[ \t]*)?;?[ \t]*(?:--[^\n]*)?(?=\r?\n|$)/iy;
const slashLine = /\/[ \t]*(?=\r?\n|$)/y;
const delimiter = /(?:DELIMITER|SET[ \t]+TERM)[ \t]+(\S{1,16})[^\n]*/iy;
const clientLine =
  /(?:REM|REMARK|PROMPT|SPOOL|WHENEVER|DEFINE|DEF|UNDEFINE|UNDEF|ACCEPT|TTITLE|BTITLE|COLUMN|COL|HOST|PAUSE|CONN|EXIT|QUIT|CLEAR|BREAK|ECHO)(?=[\s;]|$)/iy;
const oracleLine = /(?:SET|EXEC|EXECUTE|VARIABLE|VAR|PRINT|SHOW|START|DESC|DESCRIBE|TIMING|CONNECT|DISCONNECT)\s/iy;
/** `@script`, `\copy`, `.LOGON`, `:setvar`, `!cmd`, `{% if %}`. */
const markedLine = /@{1,2}[\w./&~"$]|\\[A-Za-z!?.]|\.[A-Za-z]|:[a-z!]|![A-Za-z]|\{%/iy;
const copyData = /\n\\\.[ \t]*(?=\r?\n|$)/g;

function matches(pattern: RegExp, lexer: Lexer): boolean {
  pattern.lastIndex = lexer.pos;
  return pattern.test(lexer.source);
}

/** Steps over a line that ends a batch: `GO` or a lone `/`. */
export function skipBatchEnd(lexer: Lexer): boolean {
  const char = lexer.source[lexer.pos];
  const found = char === '/' ? matches(slashLine, lexer) : (char === 'g' || char === 'G') && matches(batchEnd, lexer);
  if (found) lexer.skipLine();
  return found;
}

/** Steps over a command of SQL*Plus, psql, BTEQ, sqlcmd, mysql or the DB2 CLP where a statement could begin. */
export function skipLineCommand(lexer: Lexer, syntax: Syntax): boolean {
  delimiter.lastIndex = lexer.pos;
  const changed = delimiter.exec(lexer.source);
  if (changed !== null) {
    lexer.terminator = changed[1] ?? ';';
    lexer.skipLine();
    return true;
  }
  if (!matches(clientLine, lexer) && !(syntax.oracle && matches(oracleLine, lexer)) && !matches(markedLine, lexer))
    return false;
  skipContinuedLine(lexer);
  return true;
}

/** SQL*Plus continues a command on the next line after a hyphen. */
function skipContinuedLine(lexer: Lexer): void {
  lexer.skipLine();
  while (/-\r?$/.test(lexer.source.slice(Math.max(0, lexer.pos - 2), lexer.pos)) && lexer.pos < lexer.source.length) {
    lexer.advanceTo(lexer.pos + 1);
    lexer.skipLine();
  }
}

/** Informix: a comment in braces between statements. */
export function skipBraces(lexer: Lexer): boolean {
  if (lexer.source[lexer.pos] !== '{') return false;
  const end = lexer.source.indexOf('}', lexer.pos);
  if (end === -1) return false;
  lexer.advanceTo(end + 1);
  return true;
}

/** Steps over the rows that follow `COPY … FROM stdin;` up to their end mark, or the end of the script. */
export function skipCopyRows(lexer: Lexer): void {
  copyData.lastIndex = lexer.pos;
  const end = copyData.exec(lexer.source);
  lexer.advanceTo(end === null ? lexer.source.length : copyData.lastIndex);
}
