import { firstMatch, skipBlanks, sqlRemedies, type Found, type Lexicon } from '../scan.ts';

export type TokenKind = 'text' | 'number' | 'name' | 'quoted_name' | 'lineage' | 'variable' | 'operator';

const patterns: readonly (readonly [TokenKind, RegExp])[] = [
  ['number', /0[xX][0-9A-Fa-f]+[uUlL]*|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?:[fF]|[uUlL]+)?/y],
  ['name', /[A-Za-z_\u0080-\u{10ffff}][\w$@\u0080-\u{10ffff}]*/uy],
  ['lineage', /#(?:\{[^}]*\}|\d+)/y],
  ['variable', /@(?:\[[^\]]*\]|[\w$]+(?:::\w+)?)/y],
  ['operator', /==|!=|<=|>=|&&|\|\||[-+*/%<>!~&|^?:(),.]/y],
];
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

/** A text in double quotes; a backslash escapes, and is itself where it escapes nothing known. */
function quoted(text: string, at: number): Found<TokenKind> | string {
  let value = '';
  for (let index = at + 1; index < text.length; index += 1) {
    const char = text[index] ?? '';
    if (char === '"') return { kind: 'text', value, end: index + 1 };
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
  return 'The string that starts here has no closing "';
}

function bracketed(text: string, at: number): Found<TokenKind> | string {
  const close = text.indexOf(']', at);
  if (close === -1) return 'The name that starts here has no closing ]';
  return { kind: 'quoted_name', value: text.slice(at + 1, close), end: close + 1 };
}

function token(text: string, at: number): Found<TokenKind> | string {
  if (text[at] === '"') return quoted(text, at);
  if (text[at] === '[') return bracketed(text, at);
  const found = firstMatch(patterns, text, at);
  if (typeof found === 'string' || found.kind !== 'variable') return found;
  return { ...found, value: found.value.slice(1).replace(/^\[|\]$/g, '') };
}

/** Variables lose their `@` and brackets; lineage ids keep their `#`. */
export const ssisLexicon: Lexicon<TokenKind> = {
  skip: skipBlanks,
  token,
  remedies: new Map([
    ...sqlRemedies,
    ['=', 'equality is =='],
    ['>', 'inequality is !='],
    ["'", 'texts stand in double quotes'],
    ['and', 'write &&'],
    ['or', 'write ||'],
    ['not', 'write !'],
    ['@', 'a variable is @[User::Name]'],
    ['$', 'a parameter is @[$Package::Name]'],
  ]),
};
