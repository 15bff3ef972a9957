import type { BinaryOperator, Expr, ParseResult } from '../ast.ts';
import { ExpressionParser, parseWith, type Infix } from '../expression-parser.ts';
import type { Token } from '../scan.ts';
import { powerCenterLexicon, type TokenKind } from './tokenize.ts';

/** As documented: || binds weaker than + and -, and < stronger than =. */
const binaryStrength: ReadonlyMap<string, number> = new Map<BinaryOperator, number>([
  ['or', 1],
  ['and', 2],
  ['=', 3],
  ['<>', 3],
  ['<', 4],
  ['<=', 4],
  ['>', 4],
  ['>=', 4],
  ['||', 5],
  ['+', 6],
  ['-', 6],
  ['*', 7],
  ['/', 7],
  ['%', 7],
]);
const unaryStrength = 8;
const leaves = { text: 'text', number: 'number', parameter: 'parameter', quoted_name: 'column' } as const;

class PowerCenterParser extends ExpressionParser<TokenKind> {
  protected override infix(): Infix | null {
    const token = this.peek();
    const word = token.kind === 'name';
    const value = word ? token.value.toLowerCase() : token.value;
    if (word ? value !== 'and' && value !== 'or' : token.kind !== 'operator') return null;
    const strength = binaryStrength.get(value);
    return strength === undefined ? null : this.operator(value as BinaryOperator, strength);
  }

  protected override operand(): Expr {
    if (this.isWord('not')) return this.prefix('not', unaryStrength);
    return this.signed(unaryStrength) ?? this.#primary(this.take());
  }

  #primary(token: Token<TokenKind>): Expr {
    const { kind, at, value } = token;
    if (kind === 'object') return this.#object(value, at);
    if (kind === 'name') return this.#name(value, at);
    if (kind === 'operator' && value === '(') return this.group();
    return this.leaf(token, leaves) ?? this.missing('a value', token);
  }

  #name(name: string, at: number): Expr {
    const upper = name.toUpperCase();
    if (this.accept('(')) return this.call(upper, this.#argumentsOf(name), at);
    if (upper === 'TRUE' || upper === 'FALSE') return { kind: 'boolean', value: upper === 'TRUE', at };
    if (upper === 'NULL') return { kind: 'null', at };
    if (upper === 'AND' || upper === 'OR') this.fail(at, `Expected a value before ${upper}`);
    return { kind: 'column', name, at };
  }

  #object(written: string, at: number): Expr {
    const dot = written.indexOf('.');
    const scope = written.slice(1, dot).toUpperCase();
    const name = written.slice(dot + 1).replaceAll('"', '');
    const args = this.accept('(') ? this.#argumentsOf(written) : [];
    return this.tree({ kind: 'object_call', scope, name, args, at }, ...args);
  }

  #argumentsOf(callee: string): readonly Expr[] {
    return this.arguments(callee, ')', () => {
      const { at } = this.peek();
      return this.accept('*') ? { kind: 'all_rows', at } : this.expression();
    });
  }
}

/** Reads a PowerCenter expression. Never throws on bad input: the error names the place. */
export function parsePowerCenter(text: string): ParseResult {
  return parseWith(text, powerCenterLexicon, (tokens) => new PowerCenterParser(tokens, 'several ports'));
}
