/** Splitting the text of an expression into tokens: what the languages have in common. */
import { parseErrorAt, type ParseError } from './ast.ts';

export interface Token<Kind extends string> {
  readonly kind: Kind | 'end';
  /** Decoded: texts without quotes and escapes, names without brackets. */
  readonly value: string;
  /** Offset of the first character. */
  readonly at: number;
}

export type TokenizeResult<Kind extends string> =
  | { readonly ok: true; readonly tokens: readonly Token<Kind>[] }
  | { readonly ok: false; readonly error: ParseError };

/** A token found at a place, and the offset behind it. */
export interface Found<Kind extends string> {
  readonly kind: Kind;
  readonly value: string;
  readonly end: number;
}

/** The lexical rules of one language. A string says what is wrong at the place. */
export interface Lexicon<Kind extends string> {
  /** The offset behind blanks and comments that start at the place; the place itself where none do. */
  readonly skip: (text: string, at: number) => number | string;
  readonly token: (text: string, at: number) => Found<Kind> | string;
  /** What to write instead of words and signs of other languages, by them in lower case. */
  readonly remedies: ReadonlyMap<string, string>;
}

/** What people write who know SQL better than the language. */
export const sqlRemedies: readonly (readonly [string, string])[] = [
  ['is', 'test for NULL with the function IsNull'],
  ['between', 'write two comparisons'],
  ['like', 'there is no LIKE; use a function that searches text'],
  ['when', 'there is no CASE'],
];

const wordOrSign = /[A-Za-z]+|\S/y;

/** The message with what to write instead of what stands at the place, where that is known. */
export function withRemedy(message: string, text: string, at: number, lexicon: Lexicon<string>): string {
  const remedy = lexicon.remedies.get(matchAt(wordOrSign, text, at)?.toLowerCase() ?? '');
  return remedy === undefined ? message : `${message}; ${remedy}`;
}

const blank = /[\s\u00a0\ufeff]+/y;

/** What a sticky pattern matches at a place. */
export function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** The offset behind the blanks at a place. */
export function skipBlanks(text: string, at: number): number {
  return at + (matchAt(blank, text, at)?.length ?? 0);
}

/** The offset behind a comment of the form that starts with slash and star at the place. */
export function skipBlockComment(text: string, at: number): number | string {
  const close = text.indexOf('*/', at + 2);
  return close === -1 ? 'The comment that starts here has no closing */' : close + 2;
}

/** The token of the first pattern that matches at a place, its text as written. */
export function firstMatch<Kind extends string>(
  patterns: readonly (readonly [Kind, RegExp])[],
  text: string,
  at: number,
): Found<Kind> | string {
  for (const [kind, pattern] of patterns) {
    const value = matchAt(pattern, text, at);
    if (value !== null) return { kind, value, end: at + value.length };
  }
  return `Unexpected character ${JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0))}`;
}

/** Splits an expression into tokens, blanks and comments left out; the last one is always `end`. Never throws. */
export function tokenize<Kind extends string>(text: string, lexicon: Lexicon<Kind>): TokenizeResult<Kind> {
  const tokens: Token<Kind>[] = [];
  let at = 0;
  for (;;) {
    const next = lexicon.skip(text, at);
    if (typeof next === 'string') return { ok: false, error: parseErrorAt(text, at, next) };
    if (next > at) {
      at = next;
      continue;
    }
    if (at >= text.length) break;
    const found = lexicon.token(text, at);
    if (typeof found === 'string')
      return { ok: false, error: parseErrorAt(text, at, withRemedy(found, text, at, lexicon)) };
    tokens.push({ kind: found.kind, value: found.value, at });
    at = found.end;
  }
  tokens.push({ kind: 'end', value: '', at: text.length });
  return { ok: true, tokens };
}
