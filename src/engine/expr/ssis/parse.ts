/**
 * The grammar of SSIS expressions. What the neutral tree has no node for becomes a call: `CAST` (value, type, sizes),
 * `?:`, the bitwise `&`, `|`, `^` and `~`. Lineage ids are columns whose name starts with `#`.
 */
import { parseErrorAt, type BinaryOperator, type Expr, type ParseResult } from '../ast.ts';
import { typeName } from './data-types.ts';
import { tokenize, type Token } from './tokenize.ts';

const maximumDepth = 400;
const maximumLength = 1_000_000;

interface BinaryRule {
  readonly strength: number;
  /** A node of the tree, or null for a call named as the token. */
  readonly operator: BinaryOperator | null;
}

const binary: ReadonlyMap<string, BinaryRule> = new Map<string, BinaryRule>([
  ['||', { strength: 1, operator: 'or' }],
  ['&&', { strength: 2, operator: 'and' }],
  ['|', { strength: 3, operator: null }],
  ['^', { strength: 4, operator: null }],
  ['&', { strength: 5, operator: null }],
  ['==', { strength: 6, operator: '=' }],
  ['!=', { strength: 6, operator: '<>' }],
  ['<', { strength: 7, operator: '<' }],
  ['<=', { strength: 7, operator: '<=' }],
  ['>', { strength: 7, operator: '>' }],
  ['>=', { strength: 7, operator: '>=' }],
  ['+', { strength: 8, operator: '+' }],
  ['-', { strength: 8, operator: '-' }],
  ['*', { strength: 9, operator: '*' }],
  ['/', { strength: 9, operator: '/' }],
  ['%', { strength: 9, operator: '%' }],
]);

class SyntaxDefect extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

function described(token: Token): string {
  return token.kind === 'end' ? 'the end of the text' : JSON.stringify(token.value);
}

class Parser {
  readonly #tokens: readonly Token[];
  #position = 0;
  #nesting = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parseAll(): Expr {
    const expr = this.#expression();
    const rest = this.#peek();
    if (rest.kind !== 'end')
      throw new SyntaxDefect(rest.at, `Unexpected ${described(rest)} after the end of the expression`);
    return expr;
  }

  #peek(ahead = 0): Token {
    const token = this.#tokens[Math.min(this.#position + ahead, this.#tokens.length - 1)];
    if (token === undefined) throw new Error('token list without an end');
    return token;
  }

  #take(): Token {
    const token = this.#peek();
    if (token.kind !== 'end') this.#position += 1;
    return token;
  }

  #accept(operator: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'operator' || token.value !== operator) return false;
    this.#position += 1;
    return true;
  }

  #expect(operator: string, why: string): void {
    const token = this.#peek();
    if (!this.#accept(operator))
      throw new SyntaxDefect(token.at, `Expected ${operator} ${why} but found ${described(token)}`);
  }

  #deeper<T>(work: () => T): T {
    this.#nesting += 1;
    if (this.#nesting > maximumDepth)
      throw new SyntaxDefect(
        this.#peek().at,
        `The expression is nested more than ${maximumDepth} levels deep; split it into several columns`,
      );
    const result = work();
    this.#nesting -= 1;
    return result;
  }

  #expression(): Expr {
    return this.#deeper(() => {
      const condition = this.#binary(0);
      const at = this.#peek().at;
      if (!this.#accept('?')) return condition;
      const yes = this.#expression();
      this.#expect(':', 'between the results of ?');
      return { kind: 'call', name: '?:', args: [condition, yes, this.#expression()], at };
    });
  }

  #binary(weakest: number): Expr {
    return this.#deeper(() => {
      let left = this.#unary();
      let length = 0;
      for (;;) {
        const token = this.#peek();
        const rule = token.kind === 'operator' ? binary.get(token.value) : undefined;
        if (rule === undefined || rule.strength <= weakest) return left;
        length += 1;
        if (length > maximumDepth)
          throw new SyntaxDefect(
            token.at,
            `More than ${maximumDepth} operators follow each other; split the expression into several columns`,
          );
        this.#take();
        const right = this.#binary(rule.strength);
        left =
          rule.operator === null
            ? { kind: 'call', name: token.value, args: [left, right], at: token.at }
            : { kind: 'binary', operator: rule.operator, left, right, at: token.at };
      }
    });
  }

  #unary(): Expr {
    return this.#deeper((): Expr => {
      const token = this.#peek();
      const at = token.at;
      if (this.#accept('!')) return { kind: 'unary', operator: 'not', operand: this.#unary(), at };
      if (this.#accept('-')) return { kind: 'unary', operator: '-', operand: this.#unary(), at };
      if (this.#accept('+')) return { kind: 'unary', operator: '+', operand: this.#unary(), at };
      if (this.#accept('~')) return { kind: 'call', name: '~', args: [this.#unary()], at };
      if (token.kind === 'operator' && token.value === '(' && this.#isType(1)) {
        this.#take();
        const type = this.#type();
        this.#expect(')', 'to close the cast');
        return { kind: 'call', name: 'CAST', args: [this.#unary(), ...type], at };
      }
      return this.#primary();
    });
  }

  #isType(ahead: number): boolean {
    const token = this.#peek(ahead);
    return token.kind === 'name' && /^DT_[A-Z0-9]+$/i.test(token.value);
  }

  /** `DT_STR, 10, 1252` as literals: the type's name and its sizes. */
  #type(): readonly Expr[] {
    const name = this.#take();
    const parts: Expr[] = [{ kind: 'text', value: typeName(name.value), at: name.at }];
    while (this.#accept(',')) {
      const size = this.#take();
      if (size.kind !== 'number')
        throw new SyntaxDefect(size.at, `Expected a size of ${name.value} but found ${described(size)}`);
      parts.push({ kind: 'number', text: size.value, at: size.at });
    }
    return parts;
  }

  #primary(): Expr {
    const token = this.#take();
    const { at, value } = token;
    switch (token.kind) {
      case 'text':
        return { kind: 'text', value, at };
      case 'number':
        return { kind: 'number', text: value, at };
      case 'lineage':
        return { kind: 'column', name: value, at };
      case 'variable':
        return { kind: 'parameter', name: value, at };
      case 'name':
      case 'quoted_name':
        return this.#named(token);
      case 'operator':
        if (value !== '(') break;
        return this.#group();
      case 'end':
        break;
    }
    throw new SyntaxDefect(at, `Expected a value but found ${described(token)}`);
  }

  #group(): Expr {
    const inner = this.#expression();
    this.#expect(')', 'to close the parenthesis');
    return inner;
  }

  #named(token: Token): Expr {
    const { at } = token;
    const upper = token.value.toUpperCase();
    if (this.#accept('(')) return { kind: 'call', name: upper, args: this.#arguments(token), at };
    if (token.kind === 'name' && (upper === 'TRUE' || upper === 'FALSE'))
      return { kind: 'boolean', value: upper === 'TRUE', at };
    let name = token.value;
    while (this.#accept('.')) {
      const part = this.#take();
      if (part.kind !== 'name' && part.kind !== 'quoted_name')
        throw new SyntaxDefect(part.at, `Expected a column after the dot but found ${described(part)}`);
      name = `${name}.${part.value}`;
    }
    return { kind: 'column', name, at };
  }

  #arguments(callee: Token): readonly Expr[] {
    if (this.#accept(')')) return [];
    const args: Expr[] = [];
    if (callee.value.toUpperCase() === 'NULL' && this.#isType(0)) args.push(...this.#type());
    else
      do args.push(this.#expression());
      while (this.#accept(','));
    this.#expect(')', `to close the arguments of ${callee.value}`);
    return args;
  }
}

/** Reads an SSIS expression. Never throws on bad input: the error names the place. */
export function parseSsisExpression(text: string): ParseResult {
  if (text.length > maximumLength)
    return { ok: false, error: parseErrorAt(text, 0, `The expression is longer than ${maximumLength} characters`) };
  const tokens = tokenize(text);
  if (!tokens.ok) return tokens;
  try {
    return { ok: true, ast: new Parser(tokens.tokens).parseAll() };
  } catch (thrown) {
    if (!(thrown instanceof SyntaxDefect)) throw thrown;
    return { ok: false, error: parseErrorAt(text, thrown.at, thrown.message) };
  }
}
