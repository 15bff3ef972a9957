/** Tokens of SQL text: enough to recognise statements, names, literals and calls, in linear time and for any input. */

export interface SqlToken {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'symbol';
  /** Words as written, quoted names and strings without their quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const twoCharacterSymbols = new Set(['<=', '>=', '<>', '!=', '||', '::', '->', '==']);

function isWordStart(char: string): boolean {
  return /[A-Za-z_$\u0080-\uffff]/.test(char);
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
  const end = endOfQuoted(sql, at, quote === '[' ? ']' : quote);
  const close = quote === '[' ? ']' : quote;
  const closed = end - 1 > at && sql[end - 1] === close;
  const text = sql.slice(at + 1, closed ? end - 1 : end).replaceAll(close + close, close);
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

/** The tokens of `sql` in order; comments and white space are left out. */
export function tokenizeSql(sql: string): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  let at = 0;
  while (at < sql.length) {
    const char = sql[at] ?? '';
    const comment = endOfComment(sql, at);
    if (comment !== null) {
      at = comment;
    } else if (/\s/.test(char)) {
      at += 1;
    } else if (char === "'" || char === '"' || char === '`') {
      const token = quotedToken(sql, at, char);
      tokens.push(token);
      at = token.end;
    } else if (isWordStart(char)) {
      let end = at + 1;
      while (end < sql.length && isWordPart(sql[end] ?? '')) end += 1;
      tokens.push({ kind: 'word', text: sql.slice(at, end), start: at, end });
      at = end;
    } else if (/[0-9]/.test(char) || (char === '.' && /[0-9]/.test(sql[at + 1] ?? '') && tokens.at(-1)?.kind !== 'word')) {
      const end = numberEnd(sql, at);
      tokens.push({ kind: 'number', text: sql.slice(at, end), start: at, end });
      at = end;
    } else {
      const pair = sql.slice(at, at + 2);
      const end = at + (twoCharacterSymbols.has(pair) ? 2 : 1);
      tokens.push({ kind: 'symbol', text: sql.slice(at, end), start: at, end });
      at = end;
    }
  }
  return tokens;
}
