import { parseErrorAt, type ParseError } from '../ast.ts';

export type TokenKind = 'text' | 'number' | 'name' | 'field' | 'constant' | 'operator' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** Decoded: strings without quotes, fields without brackets, constants without percent signs, `!=` as `<>`. */
  readonly value: string;
  readonly at: number;
}

export type TokenizeResult =
  | { readonly ok: true; readonly tokens: readonly Token[] }
  | { readonly ok: false; readonly error: ParseError };

const blank = /[\s\u00a0\ufeff]+/y;
const numberText = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const nameText = /[A-Za-z_\u0080-\u{10ffff}][\w\u0080-\u{10ffff}]*/uy;
const constantText = /%[A-Za-z][\w .-]{0,200}%/y;
const operatorText = /&&|\|\||<>|!=|==|<=|>=|[-+*/=<>(),!]/y;
const sameAs: Readonly<Record<string, string>> = { '!=': '<>', '==': '=', '&&': 'and', '||': 'or' };

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

function skipAt(text: string, at: number): number | 'unclosed' {
  const space = matchAt(blank, text, at);
  if (space !== null) return at + space.length;
  if (text.startsWith('//', at)) {
    const end = text.indexOf('\n', at);
    return end === -1 ? text.length : end;
  }
  if (!text.startsWith('/*', at)) return at;
  const close = text.indexOf('*/', at + 2);
  return close === -1 ? 'unclosed' : close + 2;
}

/** Text in quotes or a name in brackets: neither has an escape, it ends at the first closing character. */
function enclosedAt(text: string, at: number): { token: Token; end: number } | string | null {
  const open = text[at] ?? '';
  if (open !== "'" && open !== '"' && open !== '[') return null;
  const close = text.indexOf(open === '[' ? ']' : open, at + 1);
  if (close === -1)
    return open === '['
      ? 'The field that starts here has no closing ]'
      : `The text that starts here has no closing ${open}`;
  return { token: { kind: open === '[' ? 'field' : 'text', value: text.slice(at + 1, close), at }, end: close + 1 };
}

function tokenAt(text: string, at: number): { token: Token; end: number } | string {
  const enclosed = enclosedAt(text, at);
  if (enclosed !== null) return enclosed;
  const constant = matchAt(constantText, text, at);
  if (constant !== null)
    return { token: { kind: 'constant', value: constant.slice(1, -1), at }, end: at + constant.length };
  const number = matchAt(numberText, text, at);
  if (number !== null) return { token: { kind: 'number', value: number, at }, end: at + number.length };
  const name = matchAt(nameText, text, at);
  if (name !== null) return { token: { kind: 'name', value: name, at }, end: at + name.length };
  const operator = matchAt(operatorText, text, at);
  if (operator === null) return `Unexpected character ${JSON.stringify(text[at])}`;
  return { token: { kind: 'operator', value: sameAs[operator] ?? operator, at }, end: at + operator.length };
}

/** Splits an expression into tokens, comments left out; the last token is always `end`. */
export function tokenize(text: string): TokenizeResult {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    const next = skipAt(text, at);
    if (next === 'unclosed')
      return { ok: false, error: parseErrorAt(text, at, 'The comment that starts here has no closing */') };
    if (next > at) {
      at = next;
      continue;
    }
    if (at >= text.length) break;
    const found = tokenAt(text, at);
    if (typeof found === 'string') return { ok: false, error: parseErrorAt(text, at, found) };
    tokens.push(found.token);
    at = found.end;
  }
  tokens.push({ kind: 'end', value: '', at: text.length });
  return { ok: true, tokens };
}
