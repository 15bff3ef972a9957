/** DataStage expression text → the neutral tree. Operators without a node of their own become calls: MATCHES, PWR, IF. */
import type { BinaryOperator, Expr, ParseResult } from '../ast.ts';
import { ExpressionParser, parseWith, type Infix } from '../expression-parser.ts';
import type { Token } from '../scan.ts';
import { dataStageLexicon, type TokenKind } from './tokenize.ts';

const comparisonStrength = 3;
const unaryStrength = 7;
const powerStrength = 8;
const bracketStrength = 9;

/** Symbols and words, the latter in upper case. */
const binary: ReadonlyMap<string, readonly [BinaryOperator, number]> = new Map<
  string,
  readonly [BinaryOperator, number]
>([
  ['OR', ['or', 1]],
  ['!', ['or', 1]],
  ['AND', ['and', 2]],
  ['&', ['and', 2]],
  ['=', ['=', comparisonStrength]],
  ['EQ', ['=', comparisonStrength]],
  ['<>', ['<>', comparisonStrength]],
  ['><', ['<>', comparisonStrength]],
  ['#', ['<>', comparisonStrength]],
  ['NE', ['<>', comparisonStrength]],
  ['<', ['<', comparisonStrength]],
  ['LT', ['<', comparisonStrength]],
  ['>', ['>', comparisonStrength]],
  ['GT', ['>', comparisonStrength]],
  ['<=', ['<=', comparisonStrength]],
  ['=<', ['<=', comparisonStrength]],
  ['LE', ['<=', comparisonStrength]],
  ['>=', ['>=', comparisonStrength]],
  ['=>', ['>=', comparisonStrength]],
  ['GE', ['>=', comparisonStrength]],
  [':', ['||', 4]],
  ['CAT', ['||', 4]],
  ['+', ['+', 5]],
  ['-', ['-', 5]],
  ['*', ['*', 6]],
  ['/', ['/', 6]],
]);
const calls: ReadonlyMap<string, readonly [string, number]> = new Map<string, readonly [string, number]>([
  ['MATCHES', ['MATCHES', comparisonStrength]],
  ['MATCH', ['MATCHES', comparisonStrength]],
  ['^', ['PWR', powerStrength]],
  ['**', ['PWR', powerStrength]],
]);
const leaves = { text: 'text', number: 'number' } as const;
const reservedWords: ReadonlySet<string> = new Set([
  'IF',
  'THEN',
  'ELSE',
  'AND',
  'OR',
  'NOT',
  'MATCHES',
  'MATCH',
  'CAT',
  'EQ',
  'NE',
  'LT',
  'GT',
  'LE',
  'GE',
]);

class DataStageParser extends ExpressionParser<TokenKind> {
  protected override infix(): Infix | null {
    const { kind, value } = this.peek();
    if (kind !== 'operator' && kind !== 'name') return null;
    if (value === '[') return { strength: bracketStrength, build: (base) => this.#brackets(base) };
    const word = value.toUpperCase();
    const operator = binary.get(word);
    if (operator !== undefined) return this.operator(...operator);
    const call = calls.get(word);
    return call === undefined ? null : this.callOperator(...call);
  }

  /** `s[start, length]`, `s[length]` from the end, `s[delimiter, field, count]`. */
  #brackets(base: Expr): Expr {
    const { at } = this.take();
    const args = this.arguments('the brackets', ']');
    const name = args.length === 1 ? 'RIGHT' : args.length === 2 ? 'SUBSTRINGS' : 'FIELD';
    return this.call(name, [base, ...args], at);
  }

  protected override operand(): Expr {
    if (this.isWord('if')) return this.#conditional();
    if (this.isWord('not')) return this.prefix('not', unaryStrength);
    return this.signed(unaryStrength) ?? this.#primary(this.take());
  }

  #primary(token: Token<TokenKind>): Expr {
    const { at, value } = token;
    if (token.kind === 'operator' && value === '(') return this.group();
    const upper = value.toUpperCase();
    if (token.kind !== 'name' || reservedWords.has(upper))
      return this.leaf(token, leaves) ?? this.missing('a value', token);
    if (this.accept('(')) return this.call(upper, this.arguments(value), at);
    return upper === '@NULL' ? { kind: 'null', at } : { kind: 'column', at, name: value };
  }

  /** `If a Then b Else If c Then d Else e` as the call IF(a, b, c, d, e), without growing the stack for each Else If. */
  #conditional(): Expr {
    const { at } = this.peek();
    const args: Expr[] = [];
    while (this.acceptWord('if')) {
      args.push(this.expression());
      this.expectWord('then');
      args.push(this.expression());
      this.expectWord('else');
    }
    args.push(this.expression());
    return this.call('IF', args, at);
  }
}

/** Parses one expression. Never throws: a syntax error is returned with its place. */
export function parseDataStageExpression(text: string): ParseResult {
  return parseWith(text, dataStageLexicon, (tokens) => new DataStageParser(tokens, 'several variables'));
}
