import { parseErrorAt, type ParseError } from '../ast.ts';

export type TokenKind = 'text' | 'number' | 'name' | 'quoted_name' | 'lineage' | 'variable' | 'operator' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** Decoded: texts with their escapes resolved, names and variables without brackets, lineage ids with `#`. */
  readonly value: string;
  readonly at: number;
}

export type TokenizeResult =
  | { readonly ok: true; readonly tokens: readonly Token[] }
  | { readonly ok: false; readonly error: ParseError };

const blank = /[\s\u00a0\ufeff]+/y;
const numberText = /0[xX][0-9A-Fa-f]+[uUlL]*|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?:[fF]|[uUlL]+)?/y;
const nameText = /[A-Za-z_\u0080-\u{10ffff}][\w$@\u0080-\u{10ffff}]*/uy;
const lineageText = /#(?:\{[^}]*\}|\d+)/y;
const variableText = /@(?:\[[^\]]*\]|[\w$]+(?:::\w+)?)/y;
const operatorText = /==|!=|<=|>=|&&|\|\||[-+*/%<>!~&|^?:(),.]/y;
const escapes: ReadonlyMap<string, string> = new Map([
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['"', '"'],
  ['\\', '\\'],
]);

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** A text in double quotes; a backslash escapes, and is itself where it escapes nothing known. */
function textAt(text: string, at: number): { readonly value: string; readonly end: number } | null {
  let value = '';
  for (let index = at + 1; index < text.length; index += 1) {
    const char = text[index] ?? '';
    if (char === '"') return { value, end: index + 1 };
    if (char !== '\\') {
      value += char;
      continue;
    }
    const next = text[index + 1] ?? '';
    const hex = next === 'x' ? /^[0-9A-Fa-f]{1,4}/.exec(text.slice(index + 2, index + 6)) : null;
    const known = escapes.get(next);
    if (hex !== null) value += String.fromCharCode(Number.parseInt(hex[0], 16));
    else value += known ?? `\\${next}`;
    index += 1 + (hex === null ? 0 : hex[0].length);
  }
  return null;
}

function bracketed(text: string, at: number): { readonly value: string; readonly end: number } | null {
  const close = text.indexOf(']', at);
  return close === -1 ? null : { value: text.slice(at + 1, close), end: close + 1 };
}

function plainToken(text: string, at: number): { readonly token: Token; readonly end: number } | null {
  const kinds: readonly (readonly [TokenKind, RegExp])[] = [
    ['number', numberText],
    ['name', nameText],
    ['lineage', lineageText],
    ['variable', variableText],
    ['operator', operatorText],
  ];
  for (const [kind, pattern] of kinds) {
    const found = matchAt(pattern, text, at);
    if (found === null) continue;
    const value = kind === 'variable' ? found.slice(1).replace(/^\[|\]$/g, '') : found;
    return { token: { kind, value, at }, end: at + found.length };
  }
  return null;
}

function tokenAt(text: string, at: number): { readonly token: Token; readonly end: number } | string {
  const char = text[at] ?? '';
  if (char === '"') {
    const found = textAt(text, at);
    return found === null
      ? 'The string that starts here has no closing "'
      : { token: { kind: 'text', value: found.value, at }, end: found.end };
  }
  if (char === '[') {
    const found = bracketed(text, at);
    return found === null
      ? 'The name that starts here has no closing ]'
      : { token: { kind: 'quoted_name', value: found.value, at }, end: found.end };
  }
  return plainToken(text, at) ?? `Unexpected character ${JSON.stringify(char)}`;
}

/** Splits an SSIS expression into tokens; the last one is always `end`. */
export function tokenize(text: string): TokenizeResult {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const space = matchAt(blank, text, at);
    if (space !== null) {
      at += space.length;
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
