/**
 * The grammar of SSIS expressions. What the neutral tree has no node for becomes a call: `CAST` (value, type, sizes),
 * `?:`, the bitwise `&`, `|`, `^` and `~`. Lineage ids are columns whose name starts with `#`.
 */
import type { BinaryOperator, Expr, ParseResult } from '../ast.ts';
import { ExpressionParser, parseWith, type Infix } from '../expression-parser.ts';
import type { Token } from '../scan.ts';
import { typeName } from './data-types.ts';
import { ssisLexicon, type TokenKind } from './tokenize.ts';

const conditionalStrength = 1;
const binary: ReadonlyMap<string, readonly [BinaryOperator, number]> = new Map<
  string,
  readonly [BinaryOperator, number]
>([
  ['||', ['or', 2]],
  ['&&', ['and', 3]],
  ['==', ['=', 7]],
  ['!=', ['<>', 7]],
  ['<', ['<', 8]],
  ['<=', ['<=', 8]],
  ['>', ['>', 8]],
  ['>=', ['>=', 8]],
  ['+', ['+', 9]],
  ['-', ['-', 9]],
  ['*', ['*', 10]],
  ['/', ['/', 10]],
  ['%', ['%', 10]],
]);
const bitwise: ReadonlyMap<string, number> = new Map([
  ['|', 4],
  ['^', 5],
  ['&', 6],
]);
const unaryStrength = 11;
const leaves = { text: 'text', number: 'number', lineage: 'column', variable: 'parameter' } as const;

class SsisParser extends ExpressionParser<TokenKind> {
  protected override infix(): Infix | null {
    const { kind, value } = this.peek();
    if (kind !== 'operator') return null;
    if (value === '?') return { strength: conditionalStrength, build: (condition) => this.#conditional(condition) };
    const known = binary.get(value);
    if (known !== undefined) return this.operator(...known);
    const strength = bitwise.get(value);
    return strength === undefined ? null : this.callOperator(value, strength);
  }

  #conditional(condition: Expr): Expr {
    const { at } = this.take();
    const yes = this.expression();
    this.expect(':', 'between the results of ?');
    return this.call('?:', [condition, yes, this.expression()], at);
  }

  protected override operand(): Expr {
    const { kind, value } = this.peek();
    if (kind === 'operator' && value === '!') return this.prefix('not', unaryStrength);
    return this.signed(unaryStrength) ?? this.#primary(this.take());
  }

  #operator(token: Token<TokenKind>): Expr {
    const { at, value } = token;
    if (value === '~') return this.call('~', [this.expression(unaryStrength)], at);
    if (value !== '(') return this.missing('a value', token);
    if (!this.#isType()) return this.group();
    const type = this.#type();
    this.expect(')', 'to close the cast');
    return this.call('CAST', [this.expression(unaryStrength), ...type], at);
  }

  #isType(): boolean {
    const token = this.peek();
    return token.kind === 'name' && /^DT_[A-Z0-9]+$/i.test(token.value);
  }

  /** `DT_STR, 10, 1252` as literals: the type's name and its sizes. */
  #type(): readonly Expr[] {
    const name = this.take();
    const parts: Expr[] = [{ kind: 'text', value: typeName(name.value), at: name.at }];
    while (this.accept(',')) {
      const size = this.take();
      if (size.kind !== 'number') this.missing(`a size of ${name.value}`, size);
      parts.push({ kind: 'number', text: size.value, at: size.at });
    }
    return parts;
  }

  #primary(token: Token<TokenKind>): Expr {
    if (token.kind === 'operator') return this.#operator(token);
    if (token.kind === 'name' || token.kind === 'quoted_name') return this.#named(token);
    return this.leaf(token, leaves) ?? this.missing('a value', token);
  }

  #named(token: Token<TokenKind>): Expr {
    const { at } = token;
    const upper = token.value.toUpperCase();
    if (this.accept('(')) return this.call(upper, this.#argumentsOf(token.value), at);
    if (token.kind === 'name' && (upper === 'TRUE' || upper === 'FALSE'))
      return { kind: 'boolean', value: upper === 'TRUE', at };
    let name = token.value;
    while (this.accept('.')) {
      const part = this.take();
      if (part.kind !== 'name' && part.kind !== 'quoted_name') this.missing('a column after the dot', part);
      name = `${name}.${part.value}`;
    }
    return { kind: 'column', name, at };
  }

  #argumentsOf(callee: string): readonly Expr[] {
    if (callee.toUpperCase() !== 'NULL' || !this.#isType()) return this.arguments(callee);
    const type = this.#type();
    this.expect(')', `to close the arguments of ${callee}`);
    return type;
  }
}

/** Reads an SSIS expression. Never throws on bad input: the error names the place. */
export function parseSsisExpression(text: string): ParseResult {
  return parseWith(text, ssisLexicon, (tokens) => new SsisParser(tokens, 'several columns'));
}
