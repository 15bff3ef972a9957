/** Splits SQL for colouring only: one pass, no backtracking, every character in exactly one token. */

export type SqlTokenKind = 'keyword' | 'function' | 'string' | 'number' | 'comment' | 'text';
export interface SqlToken {
  readonly kind: SqlTokenKind;
  readonly text: string;
}

const keywords = new Set(
  (
    'all and as asc between by case cast create cross date desc distinct else end except exists false from full group having ilike in inner insert intersect interval into ' +
    'is join left like limit not null on or order outer over partition right select set table then timestamp true try_cast union update using values view when where with'
  ).split(' '),
);

/** @example sqlTokens("trim(A)") gives function "trim", text "(A)" */
export function sqlTokens(sql: string): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  let at = 0;
  while (at < sql.length) {
    const end = tokenEnd(sql, at);
    const text = sql.slice(at, end);
    const kind = kindOf(sql, text, end);
    const last = tokens.at(-1);
    if (kind === 'text' && last?.kind === 'text') tokens[tokens.length - 1] = { kind, text: last.text + text };
    else tokens.push({ kind, text });
    at = end;
  }
  return tokens;
}

function tokenEnd(sql: string, at: number): number {
  const char = sql[at] ?? '';
  if (char === "'" || char === '"') return quotedEnd(sql, at, char);
  if (sql.startsWith('--', at)) return lineEnd(sql, at);
  if (sql.startsWith('/*', at)) {
    const close = sql.indexOf('*/', at + 2);
    return close === -1 ? sql.length : close + 2;
  }
  if (!isWord(char)) return at + 1;
  let end = at + 1;
  while (end < sql.length && isWord(sql[end] ?? '')) end += 1;
  return end;
}

function quotedEnd(sql: string, at: number, quote: string): number {
  const close = sql.indexOf(quote, at + 1);
  return close === -1 ? sql.length : close + 1;
}

function lineEnd(sql: string, at: number): number {
  const end = sql.indexOf('\n', at);
  return end === -1 ? sql.length : end;
}

function isWord(char: string): boolean {
  return /[\p{L}\p{N}_$]/u.test(char);
}

function kindOf(sql: string, text: string, end: number): SqlTokenKind {
  if (text.startsWith("'")) return 'string';
  if (text.startsWith('--') || text.startsWith('/*')) return 'comment';
  if (/^\d/.test(text)) return 'number';
  if (keywords.has(text.toLowerCase()) && !(sql[end] === '(' && /^(left|right|date)$/i.test(text))) return 'keyword';
  return sql[end] === '(' && isWord(text[0] ?? '') ? 'function' : 'text';
}
