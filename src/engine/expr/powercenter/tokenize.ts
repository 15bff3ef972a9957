import { firstMatch, matchAt, skipBlanks, skipBlockComment, sqlRemedies, type Found, type Lexicon } from '../scan.ts';

export type TokenKind = 'text' | 'number' | 'name' | 'quoted_name' | 'parameter' | 'object' | 'operator';

const lineComment = /(?:--|\/\/)[^\n]*/y;
const patterns: readonly (readonly [TokenKind, RegExp])[] = [
  // Digits that letters follow are a name such as `2ND_ADDRESS`.
  ['number', /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])/y],
  ['name', /[A-Za-z_\u0080-\u{10ffff}0-9][\w.#$@\u0080-\u{10ffff}]*/uy],
  ['parameter', /\${1,3}[\w.#$@\u0080-\u{10ffff}]+/uy],
  ['object', /:[A-Za-z]+\.(?:"[^"]*"|[\w.#$@\u0080-\u{10ffff}]+)/uy],
  ['operator', /\|\||<>|!=|\^=|<=|>=|[-+*/%=<>(),]/y],
];
const notEqual: ReadonlySet<string> = new Set(['!=', '^=']);

function skip(text: string, at: number): number | string {
  if (text.startsWith('/*', at)) return skipBlockComment(text, at);
  const comment = matchAt(lineComment, text, at);
  return comment === null ? skipBlanks(text, at) : at + comment.length;
}

/** A string in single or a name in double quotes, a doubled quote standing for one. */
function quoted(text: string, at: number): Found<TokenKind> | string {
  const quote = text[at] ?? '';
  let value = '';
  for (let from = at + 1; ;) {
    const close = text.indexOf(quote, from);
    if (close === -1) return `The ${quote === "'" ? 'string' : 'quoted name'} that starts here has no closing ${quote}`;
    value += text.slice(from, close);
    if (text[close + 1] !== quote) return { kind: quote === "'" ? 'text' : 'quoted_name', value, end: close + 1 };
    value += quote;
    from = close + 2;
  }
}

function token(text: string, at: number): Found<TokenKind> | string {
  if (text[at] === "'" || text[at] === '"') return quoted(text, at);
  const found = firstMatch(patterns, text, at);
  return typeof found !== 'string' && notEqual.has(found.value) ? { ...found, value: '<>' } : found;
}

/** Names, parameters and objects as written; `^=` and `!=` become `<>`. */
export const powerCenterLexicon: Lexicon<TokenKind> = {
  skip,
  token,
  remedies: new Map([
    ...sqlRemedies,
    ['in', 'IN is a function: IN(value, first, second)'],
    ['&', 'write AND, or || to join text'],
    ['!', 'write NOT'],
    ['=', 'equality is one ='],
    ['{', 'SQL overrides are no expressions'],
  ]),
};
