/** The grammar of Alteryx expressions. IF … ENDIF and IN are calls of those names. */
import type { BinaryOperator, Expr, ParseResult } from '../ast.ts';
import { ExpressionParser, parseWith, type Infix } from '../expression-parser.ts';
import type { Token } from '../scan.ts';
import { alteryxLexicon, type TokenKind } from './tokenize.ts';

const binary: ReadonlyMap<string, readonly [BinaryOperator, number]> = new Map<
  string,
  readonly [BinaryOperator, number]
>([
  ['or', ['or', 1]],
  ['and', ['and', 2]],
  ['=', ['=', 4]],
  ['<>', ['<>', 4]],
  ['<', ['<', 4]],
  ['<=', ['<=', 4]],
  ['>', ['>', 4]],
  ['>=', ['>=', 4]],
  ['+', ['+', 5]],
  ['-', ['-', 5]],
  ['*', ['*', 6]],
  ['/', ['/', 6]],
]);
const notStrength = 3;
const inStrength = 4;
const signStrength = 7;
const leaves = { text: 'text', number: 'number', field: 'column', constant: 'parameter' } as const;
const reservedWords: ReadonlySet<string> = new Set(['then', 'else', 'elseif', 'endif', 'and', 'or', 'in']);

class AlteryxParser extends ExpressionParser<TokenKind> {
  protected override infix(): Infix | null {
    if (this.isWord('in')) return this.#membership(false);
    if (this.isWord('not') && this.isWord('in', 1)) return this.#membership(true);
    const token = this.peek();
    const word = token.kind === 'name' ? token.value.toLowerCase() : null;
    if (word !== null && word !== 'and' && word !== 'or') return null;
    const known = word !== null || token.kind === 'operator' ? binary.get(word ?? token.value) : undefined;
    return known === undefined ? null : this.operator(...known);
  }

  /** `x IN (a, b)` and `x NOT IN (a, b)` as calls whose first argument is x. */
  #membership(negated: boolean): Infix {
    return {
      strength: inStrength,
      build: (left) => {
        const { at } = this.take();
        if (negated) this.take();
        this.expect('(', 'after IN');
        const call = this.call('IN', [left, ...this.arguments('IN')], at);
        return negated ? this.tree({ kind: 'unary', operator: 'not', operand: call, at }, call) : call;
      },
    };
  }

  protected override operand(): Expr {
    if (this.isWord('not')) return this.prefix('not', notStrength);
    const { kind, value } = this.peek();
    if (kind === 'operator' && value === '!') return this.prefix('not', signStrength);
    return this.signed(signStrength) ?? this.#primary(this.take());
  }

  #primary(token: Token<TokenKind>): Expr {
    const { kind, at, value } = token;
    if (kind === 'name') return this.#name(value, at);
    if (kind === 'operator' && value === '(') return this.group();
    return this.leaf(token, leaves) ?? this.missing('a value', token);
  }

  #name(name: string, at: number): Expr {
    const lower = name.toLowerCase();
    if (lower === 'if') return this.#conditional(at);
    if (reservedWords.has(lower)) this.fail(at, `Expected a value before ${name}`);
    if (this.accept('(')) return this.call(name.toUpperCase(), this.arguments(name), at);
    if (lower === 'true' || lower === 'false') return { kind: 'boolean', value: lower === 'true', at };
    return lower === 'null' ? { kind: 'null', at } : { kind: 'column', name, at };
  }

  /** IF c THEN v ELSEIF c THEN v ELSE v ENDIF as the call IF(c, v, c, v, v). */
  #conditional(at: number): Expr {
    const args: Expr[] = [];
    do {
      args.push(this.expression());
      this.expectWord('then');
      args.push(this.expression());
    } while (this.acceptWord('elseif'));
    this.expectWord('else');
    args.push(this.expression());
    this.expectWord('endif');
    return this.call('IF', args, at);
  }
}

/** Reads an Alteryx expression. Never throws on bad input: the error names the place. */
export function parseAlteryx(text: string): ParseResult {
  return parseWith(text, alteryxLexicon, (tokens) => new AlteryxParser(tokens, 'several formulas'));
}
