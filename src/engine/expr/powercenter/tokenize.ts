import { parseErrorAt, type ParseError } from '../ast.ts';

export type TokenKind = 'text' | 'number' | 'name' | 'quoted_name' | 'parameter' | 'object' | 'operator' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** Decoded: strings without quotes, names as written, `^=` and `!=` as `<>`. */
  readonly value: string;
  readonly at: number;
}

export type TokenizeResult =
  | { readonly ok: true; readonly tokens: readonly Token[] }
  | { readonly ok: false; readonly error: ParseError };

const blank = /[\s\u00a0\ufeff]+/y;
const comment = /(?:--|\/\/)[^\n]*|\/\*/y;
const numberText = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const nameText = /[A-Za-z_\u0080-\u{10ffff}0-9][\w.#$@\u0080-\u{10ffff}]*/uy;
const parameterText = /\${1,3}[\w.#$@\u0080-\u{10ffff}]+/uy;
const objectText = /:[A-Za-z]+\.(?:"[^"]*"|[\w.#$@\u0080-\u{10ffff}]+)/uy;
const operatorText = /\|\||<>|!=|\^=|<=|>=|[-+*/%=<>(),]/y;
const notEqual: ReadonlySet<string> = new Set(['!=', '^=']);

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** Text between quotes, a doubled quote standing for one; null where the closing quote is missing. */
function quotedAt(text: string, at: number, quote: string): { value: string; end: number } | null {
  let value = '';
  let from = at + 1;
  for (;;) {
    const close = text.indexOf(quote, from);
    if (close === -1) return null;
    value += text.slice(from, close);
    if (text[close + 1] !== quote) return { value, end: close + 1 };
    value += quote;
    from = close + 2;
  }
}

/** A number, unless letters follow it: then it is a name such as `2ND_ADDRESS`. */
function numberAt(text: string, at: number): string | null {
  const found = matchAt(numberText, text, at);
  if (found === null) return null;
  return /[A-Za-z_]/.test(text[at + found.length] ?? '') ? null : found;
}

function skipAt(text: string, at: number): { end: number } | { unclosed: true } | null {
  const space = matchAt(blank, text, at);
  if (space !== null) return { end: at + space.length };
  const note = matchAt(comment, text, at);
  if (note === null) return null;
  if (note !== '/*') return { end: at + note.length };
  const close = text.indexOf('*/', at + 2);
  return close === -1 ? { unclosed: true } : { end: close + 2 };
}

function tokenAt(text: string, at: number): { token: Token; end: number } | string {
  const char = text[at] ?? '';
  if (char === "'" || char === '"') {
    const quoted = quotedAt(text, at, char);
    if (quoted === null)
      return `The ${char === "'" ? 'string' : 'quoted name'} that starts here has no closing ${char}`;
    return { token: { kind: char === "'" ? 'text' : 'quoted_name', value: quoted.value, at }, end: quoted.end };
  }
  const found =
    pick('number', numberAt(text, at)) ??
    pick('name', matchAt(nameText, text, at)) ??
    pick('parameter', matchAt(parameterText, text, at)) ??
    pick('object', matchAt(objectText, text, at)) ??
    pick('operator', matchAt(operatorText, text, at));
  if (found === null) return `Unexpected character ${JSON.stringify(char)}`;
  const value = found.kind === 'operator' && notEqual.has(found.value) ? '<>' : found.value;
  return { token: { kind: found.kind, value, at }, end: at + found.value.length };
}

function pick(kind: TokenKind, value: string | null): { kind: TokenKind; value: string } | null {
  return value === null ? null : { kind, value };
}

/** Splits an expression into tokens, comments left out; the last token is always `end`. */
export function tokenize(text: string): TokenizeResult {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const skipped = skipAt(text, at);
    if (skipped !== null) {
      if ('unclosed' in skipped)
        return { ok: false, error: parseErrorAt(text, at, 'The comment that starts here has no closing */') };
      at = skipped.end;
      continue;
    }
    const next = tokenAt(text, at);
    if (typeof next === 'string') return { ok: false, error: parseErrorAt(text, at, next) };
    tokens.push(next.token);
    at = next.end;
  }
  tokens.push({ kind: 'end', value: '', at: text.length });
  return { ok: true, tokens };
}
