/** Splits a DataStage expression (Transformer of parallel jobs, BASIC of server jobs) into tokens. */
import { parseErrorAt, type ParseError } from '../ast.ts';

export type TokenKind = 'text' | 'number' | 'name' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** The value of a text, otherwise the characters as written. */
  readonly text: string;
  readonly at: number;
}

const symbols = [
  '**',
  '<>',
  '><',
  '<=',
  '>=',
  '=<',
  '=>',
  '(',
  ')',
  '[',
  ']',
  ',',
  '+',
  '-',
  '*',
  '/',
  '^',
  ':',
  '=',
  '<',
  '>',
  '#',
  '&',
  '!',
];
const name = /[\p{L}_$@%][\p{L}\p{N}_$@%.]*/uy;
const number = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const blank = /\s+/y;

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** The tokens, ended by one of kind `end`. Strings are in '…', "…" or \…\ and have no escapes. */
export function tokenize(text: string): { readonly tokens: readonly Token[] } | { readonly error: ParseError } {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const skipped = matchAt(blank, text, at);
    if (skipped !== null) {
      at += skipped.length;
      continue;
    }
    const char = text[at] ?? '';
    if (char === '"' || char === "'" || char === '\\') {
      const end = text.indexOf(char, at + 1);
      if (end === -1) return { error: parseErrorAt(text, at, 'The text that starts here has no closing quote') };
      tokens.push({ kind: 'text', text: text.slice(at + 1, end), at });
      at = end + 1;
      continue;
    }
    const digits = matchAt(number, text, at);
    const word = digits === null ? matchAt(name, text, at) : null;
    const symbol = digits ?? word ?? symbols.find((one) => text.startsWith(one, at));
    if (symbol === undefined) return { error: parseErrorAt(text, at, `Unexpected character ${JSON.stringify(char)}`) };
    tokens.push({ kind: digits !== null ? 'number' : word !== null ? 'name' : 'symbol', text: symbol, at });
    at += symbol.length;
  }
  tokens.push({ kind: 'end', text: '', at: text.length });
  return { tokens };
}
