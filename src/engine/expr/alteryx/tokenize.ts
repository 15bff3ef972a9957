import { firstMatch, skipBlanks, skipBlockComment, sqlRemedies, type Found, type Lexicon } from '../scan.ts';

export type TokenKind = 'text' | 'number' | 'name' | 'field' | 'constant' | 'operator';

const patterns: readonly (readonly [TokenKind, RegExp])[] = [
  // The names of questions hold anything that people write, as in `%Question.Text Box (20)%`.
  ['constant', /%(?:[A-Za-z][\w .-]{0,200}|Question\.[^%"'\r\n]{1,200})%/y],
  ['number', /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['name', /[A-Za-z_\u0080-\u{10ffff}][\w\u0080-\u{10ffff}]*/uy],
  ['operator', /&&|\|\||<>|!=|==|<=|>=|[-+*/=<>(),!]/y],
];
const sameAs: ReadonlyMap<string, string> = new Map([
  ['!=', '<>'],
  ['==', '='],
  ['&&', 'and'],
  ['||', 'or'],
]);

function skip(text: string, at: number): number | string {
  if (text.startsWith('//', at)) {
    const end = text.indexOf('\n', at);
    return end === -1 ? text.length : end;
  }
  return text.startsWith('/*', at) ? skipBlockComment(text, at) : skipBlanks(text, at);
}

/** Text in quotes or a name in brackets: neither has an escape, it ends at the first closing character. */
function enclosed(text: string, at: number): Found<TokenKind> | string {
  const open = text[at] ?? '';
  const close = text.indexOf(open === '[' ? ']' : open, at + 1);
  if (close === -1)
    return open === '['
      ? 'The field that starts here has no closing ]'
      : `The text that starts here has no closing ${open}`;
  return { kind: open === '[' ? 'field' : 'text', value: text.slice(at + 1, close), end: close + 1 };
}

function token(text: string, at: number): Found<TokenKind> | string {
  if (`'"[`.includes(text[at] ?? '')) return enclosed(text, at);
  const found = firstMatch(patterns, text, at);
  if (typeof found === 'string') return found;
  if (found.kind === 'constant') return { ...found, value: found.value.slice(1, -1) };
  return found.kind === 'operator' ? { ...found, value: sameAs.get(found.value) ?? found.value } : found;
}

/** Constants lose their percent signs; `!=`, `==`, `&&` and `||` become `<>`, `=`, `and` and `or`. */
export const alteryxLexicon: Lexicon<TokenKind> = {
  skip,
  token,
  remedies: new Map([
    ...sqlRemedies,
    ['&', 'write AND, or + to join text'],
    ['%', 'write Mod(a, b)'],
    ['^', 'write Pow(a, b)'],
  ]),
};
