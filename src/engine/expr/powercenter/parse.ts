import { parseErrorAt, type BinaryOperator, type Expr, type ParseResult } from '../ast.ts';
import { tokenize, type Token } from './tokenize.ts';

/** Deeper trees than this are refused: DuckDB's own limit for an expression is 1,000. */
const maximumDepth = 800;
const maximumLength = 1_000_000;

/** As documented: || binds weaker than + and -, and < stronger than =. */
const binaryStrength: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  '=': 3,
  '<>': 3,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '||': 5,
  '+': 6,
  '-': 6,
  '*': 7,
  '/': 7,
  '%': 7,
};

class SyntaxDefect extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

interface Parsed {
  readonly expr: Expr;
  readonly depth: number;
}

class Parser {
  readonly #tokens: readonly Token[];
  #position = 0;
  #nesting = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parseAll(): Expr {
    const { expr } = this.#expression(0);
    const rest = this.#peek();
    if (rest.kind !== 'end')
      throw new SyntaxDefect(rest.at, `Unexpected ${described(rest)} after the end of the expression`);
    return expr;
  }

  #peek(): Token {
    const token = this.#tokens[this.#position];
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

  #expression(weakest: number): Parsed {
    this.#nesting += 1;
    if (this.#nesting > maximumDepth) throw tooDeep(this.#peek().at);
    let left = this.#unary();
    for (;;) {
      const token = this.#peek();
      const operator = binaryOperator(token);
      if (operator === null || binaryStrength[operator] <= weakest) break;
      this.#take();
      const right = this.#expression(binaryStrength[operator]);
      left = {
        expr: { kind: 'binary', operator, left: left.expr, right: right.expr, at: token.at },
        depth: deeper(token.at, left, right),
      };
    }
    this.#nesting -= 1;
    return left;
  }

  #unary(): Parsed {
    const prefixes: Token[] = [];
    while (isPrefix(this.#peek())) prefixes.push(this.#take());
    let result = this.#primary();
    for (const token of prefixes.reverse()) {
      const operator = token.kind === 'name' ? 'not' : token.value === '-' ? '-' : '+';
      result = {
        expr: { kind: 'unary', operator, operand: result.expr, at: token.at },
        depth: deeper(token.at, result),
      };
    }
    return result;
  }

  #primary(): Parsed {
    const token = this.#take();
    const at = token.at;
    switch (token.kind) {
      case 'text':
        return { expr: { kind: 'text', value: token.value, at }, depth: 1 };
      case 'number':
        return { expr: { kind: 'number', text: token.value, at }, depth: 1 };
      case 'parameter':
        return { expr: { kind: 'parameter', name: token.value, at }, depth: 1 };
      case 'quoted_name':
        return { expr: { kind: 'column', name: token.value, at }, depth: 1 };
      case 'object':
        return this.#object(token);
      case 'name':
        return this.#name(token);
      case 'operator':
        if (token.value !== '(') break;
        return this.#group(at);
      case 'end':
        break;
    }
    throw new SyntaxDefect(at, `Expected a value but found ${described(token)}`);
  }

  #group(at: number): Parsed {
    const inner = this.#expression(0);
    this.#expect(')', 'to close the parenthesis');
    return { expr: inner.expr, depth: deeper(at, inner) };
  }

  #name(token: Token): Parsed {
    const upper = token.value.toUpperCase();
    const at = token.at;
    if (this.#accept('(')) {
      const { args, depth } = this.#arguments(token);
      return { expr: { kind: 'call', name: upper, args, at }, depth };
    }
    if (upper === 'TRUE' || upper === 'FALSE')
      return { expr: { kind: 'boolean', value: upper === 'TRUE', at }, depth: 1 };
    if (upper === 'NULL') return { expr: { kind: 'null', at }, depth: 1 };
    if (upper === 'AND' || upper === 'OR') throw new SyntaxDefect(at, `Expected a value before ${upper}`);
    return { expr: { kind: 'column', name: token.value, at }, depth: 1 };
  }

  #object(token: Token): Parsed {
    const dot = token.value.indexOf('.');
    const scope = token.value.slice(1, dot).toUpperCase();
    const name = token.value.slice(dot + 1).replaceAll('"', '');
    const { args, depth } = this.#accept('(') ? this.#arguments(token) : { args: [], depth: 1 };
    return { expr: { kind: 'object_call', scope, name, args, at: token.at }, depth };
  }

  #arguments(callee: Token): { args: readonly Expr[]; depth: number } {
    const args: Expr[] = [];
    if (this.#accept(')')) return { args, depth: 1 };
    let depth = 0;
    do {
      const star = this.#peek();
      if (this.#accept('*')) {
        args.push({ kind: 'all_rows', at: star.at });
        continue;
      }
      const arg = this.#expression(0);
      args.push(arg.expr);
      depth = Math.max(depth, arg.depth);
    } while (this.#accept(','));
    this.#expect(')', `to close the arguments of ${callee.value}`);
    if (depth + 1 > maximumDepth) throw tooDeep(callee.at);
    return { args, depth: depth + 1 };
  }
}

function isPrefix(token: Token): boolean {
  if (token.kind === 'operator') return token.value === '-' || token.value === '+';
  return token.kind === 'name' && token.value.toUpperCase() === 'NOT';
}

function binaryOperator(token: Token): BinaryOperator | null {
  if (token.kind === 'operator') return token.value in binaryStrength ? (token.value as BinaryOperator) : null;
  if (token.kind !== 'name') return null;
  const lower = token.value.toLowerCase();
  return lower === 'and' || lower === 'or' ? lower : null;
}

function deeper(at: number, ...parts: readonly Parsed[]): number {
  const depth = Math.max(...parts.map((part) => part.depth)) + 1;
  if (depth > maximumDepth) throw tooDeep(at);
  return depth;
}

function tooDeep(at: number): SyntaxDefect {
  return new SyntaxDefect(
    at,
    `The expression is nested more than ${maximumDepth} levels deep; split it into several ports`,
  );
}

function described(token: Token): string {
  return token.kind === 'end' ? 'the end of the text' : JSON.stringify(token.value);
}

/** Reads a PowerCenter expression. Never throws on bad input: the error names the place. */
export function parsePowerCenter(text: string): ParseResult {
  if (text.length > maximumLength) {
    return { ok: false, error: parseErrorAt(text, 0, `The expression is longer than ${maximumLength} characters`) };
  }
  const tokens = tokenize(text);
  if (!tokens.ok) return tokens;
  try {
    return { ok: true, ast: new Parser(tokens.tokens).parseAll() };
  } catch (thrown) {
    if (!(thrown instanceof SyntaxDefect)) throw thrown;
    return { ok: false, error: parseErrorAt(text, thrown.at, thrown.message) };
  }
}
