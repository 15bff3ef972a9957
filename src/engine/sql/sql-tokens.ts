/** Tokens of SQL text: enough to recognise statements, names, literals and calls, in linear time and for any input. */

export interface SqlToken {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'symbol';
  /** Words as written, quoted names and strings without their quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The token's word in lower case; empty where it is none. */
export function wordOf(token: SqlToken | undefined): string {
  return token?.kind === 'word' ? token.text.toLowerCase() : '';
}

export function symbolOf(token: SqlToken | undefined): string {
  return token?.kind === 'symbol' ? token.text : '';
}

/** Whether the token can name a table or a column: keywords are words, too. */
export function isName(token: SqlToken | undefined): token is SqlToken & { readonly kind: 'word' | 'quoted' } {
  return token?.kind === 'word' || token?.kind === 'quoted';
}

/** The index of the parenthesis that closes the one at `open`; null where none does. */
export function closingParenthesis(tokens: readonly SqlToken[], open: number): number | null {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    const symbol = symbolOf(tokens[at]);
    if (symbol === '(') depth += 1;
    if (symbol === ')' && (depth -= 1) === 0) return at;
  }
  return null;
}

/** Tokens of each argument of a call, given the tokens between its parentheses. */
export function argumentsOf(tokens: readonly SqlToken[]): readonly (readonly SqlToken[])[] {
  const found: SqlToken[][] = tokens.length === 0 ? [] : [[]];
  let depth = 0;
  for (const token of tokens) {
    const symbol = symbolOf(token);
    if (symbol === '(') depth += 1;
    if (symbol === ')') depth -= 1;
    if (symbol === ',' && depth === 0) found.push([]);
    else found.at(-1)?.push(token);
  }
  return found;
}

const twoCharacterSymbols = new Set(['<=', '>=', '<>', '!=', '||', '::', '->', '==']);

function isWordStart(char: string, names: 'ansi' | 'tsql'): boolean {
  return /[A-Za-z_$\u0080-\uffff]/.test(char) || (names === 'tsql' && /[@#]/.test(char));
}

function isWordPart(char: string): boolean {
  return /[A-Za-z0-9_$#\u0080-\uffff]/.test(char);
}

function endOfComment(sql: string, at: number): number | null {
  if (sql.startsWith('--', at)) {
    const end = sql.indexOf('\n', at);
    return end < 0 ? sql.length : end;
  }
  if (sql.startsWith('/*', at)) {
    const end = sql.indexOf('*/', at + 2);
    return end < 0 ? sql.length : end + 2;
  }
  return null;
}

/** The index just after the closing `quote`; doubled quotes are part of the text. */
function endOfQuoted(sql: string, at: number, quote: string): number {
  let from = at + 1;
  for (;;) {
    const end = sql.indexOf(quote, from);
    if (end < 0) return sql.length;
    if (sql[end + 1] !== quote) return end + 1;
    from = end + 2;
  }
}

function quotedToken(sql: string, at: number, quote: string): SqlToken {
  const end = endOfQuoted(sql, at, quote);
  const closed = end - 1 > at && sql[end - 1] === quote;
  const text = sql.slice(at + 1, closed ? end - 1 : end).replaceAll(quote + quote, quote);
  return { kind: quote === "'" ? 'string' : 'quoted', text, start: at, end };
}

function numberEnd(sql: string, at: number): number {
  let end = at;
  while (end < sql.length && /[0-9.]/.test(sql[end] ?? '')) end += 1;
  if (/[eE]/.test(sql[end] ?? '') && /[0-9+-]/.test(sql[end + 1] ?? '')) {
    end += 2;
    while (end < sql.length && /[0-9]/.test(sql[end] ?? '')) end += 1;
  }
  return end;
}

function wordEnd(sql: string, at: number): number {
  let end = at + 1;
  while (end < sql.length && (isWordPart(sql[end] ?? '') || (sql[end] === '@' && sql[end - 1] === '@'))) end += 1;
  return end;
}

/** `[name]`, in which `]]` is one bracket. */
function bracketToken(sql: string, at: number): SqlToken {
  const end = endOfQuoted(sql, at, ']');
  return { kind: 'quoted', text: sql.slice(at + 1, end - 1).replaceAll(']]', ']'), start: at, end };
}

function startsNumber(sql: string, at: number, before: SqlToken | undefined): boolean {
  const fraction = sql[at] === '.' && before?.kind !== 'word';
  return /[0-9]/.test(sql[fraction ? at + 1 : at] ?? '');
}

function tokenAt(sql: string, at: number, before: SqlToken | undefined, names: 'ansi' | 'tsql'): SqlToken {
  const char = sql[at] ?? '';
  if (/['"`]/.test(char)) return quotedToken(sql, at, char);
  if (names === 'tsql' && char === '[') return bracketToken(sql, at);
  if (isWordStart(char, names)) {
    const end = wordEnd(sql, at);
    return { kind: 'word', text: sql.slice(at, end), start: at, end };
  }
  if (startsNumber(sql, at, before)) {
    const end = numberEnd(sql, at);
    return { kind: 'number', text: sql.slice(at, end), start: at, end };
  }
  const end = at + (twoCharacterSymbols.has(sql.slice(at, at + 2)) ? 2 : 1);
  return { kind: 'symbol', text: sql.slice(at, end), start: at, end };
}

/** The tokens of `sql` in order; comments and white space are left out. T-SQL has `[name]`, `@variable` and `#table`, too. */
export function tokenizeSql(sql: string, names: 'ansi' | 'tsql' = 'ansi'): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  let at = 0;
  while (at < sql.length) {
    const comment = endOfComment(sql, at);
    if (comment !== null) at = comment;
    else if (/\s/.test(sql[at] ?? '')) at += 1;
    else {
      const token = tokenAt(sql, at, tokens.at(-1), names);
      tokens.push(token);
      at = token.end;
    }
  }
  return tokens;
}
