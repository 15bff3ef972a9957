/** Splits a DataStage expression (Transformer of parallel jobs, BASIC of server jobs) into tokens. */
import { firstMatch, skipBlanks, sqlRemedies, type Found, type Lexicon } from '../scan.ts';

export type TokenKind = 'text' | 'number' | 'name' | 'operator';

const patterns: readonly (readonly [TokenKind, RegExp])[] = [
  ['number', /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['name', /[\p{L}_$@%][\p{L}\p{N}_$@%.]*/uy],
  ['operator', /\*\*|<>|><|<=|>=|=<|=>|[-()[\],+*/^:=<>#&!]/y],
];

/** Strings are in '…', "…" or \…\ and have no escapes. */
function token(text: string, at: number): Found<TokenKind> | string {
  const quote = text[at] ?? '';
  if (quote !== '"' && quote !== "'" && quote !== '\\') return firstMatch(patterns, text, at);
  const close = text.indexOf(quote, at + 1);
  if (close === -1) return 'The text that starts here has no closing quote';
  return { kind: 'text', value: text.slice(at + 1, close), end: close + 1 };
}

export const dataStageLexicon: Lexicon<TokenKind> = {
  skip: skipBlanks,
  token,
  remedies: new Map([
    ...sqlRemedies,
    ['in', 'write several comparisons'],
    ['=', 'equality is one =, inequality <>'],
    ['&', 'write And'],
    ['|', 'text is joined by :, conditions by Or'],
  ]),
};
