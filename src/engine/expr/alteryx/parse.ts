import { parseErrorAt, type BinaryOperator, type Expr, type ParseResult } from '../ast.ts';
import { tokenize, type Token } from './tokenize.ts';

/** Deeper trees are refused: DuckDB's own limit for an expression is 1,000. */
const maximumDepth = 400;
const maximumLength = 1_000_000;

const binaryStrength: Readonly<Partial<Record<string, number>>> = {
  or: 1,
  and: 2,
  '=': 4,
  '<>': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
};
const notStrength = 3;
const inStrength = 4;
const reservedWords: ReadonlySet<string> = new Set(['then', 'else', 'elseif', 'endif', 'and', 'or', 'in']);

class SyntaxDefect extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

class Parser {
  readonly #tokens: readonly Token[];
  #position = 0;
  #nesting = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parseAll(): Expr {
    const expr = this.#expression(0);
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

  #acceptWord(word: string): boolean {
    if (!isWord(this.#peek(), word)) return false;
    this.#position += 1;
    return true;
  }

  #expect(found: boolean, what: string): void {
    const token = this.#peek();
    if (!found) throw new SyntaxDefect(token.at, `Expected ${what} but found ${described(token)}`);
  }

  #expression(weakest: number): Expr {
    this.#enter();
    let left = this.#prefix();
    for (let steps = 0; ; steps += 1) {
      if (steps > maximumDepth) throw tooDeep(this.#peek().at);
      const token = this.#peek();
      const member = this.#membership(left, weakest);
      if (member !== null) {
        left = member;
        continue;
      }
      const operator = operatorOf(token);
      const strength = operator === null ? undefined : binaryStrength[operator];
      if (operator === null || strength === undefined || strength <= weakest) break;
      this.#take();
      left = { kind: 'binary', operator, left, right: this.#expression(strength), at: token.at };
    }
    this.#nesting -= 1;
    return left;
  }

  #enter(): void {
    this.#nesting += 1;
    if (this.#nesting > maximumDepth) throw tooDeep(this.#peek().at);
  }

  /** `x IN (a, b)` and `x NOT IN (a, b)` as calls whose first argument is x. */
  #membership(left: Expr, weakest: number): Expr | null {
    if (inStrength <= weakest) return null;
    const token = this.#peek();
    const negated = isWord(token, 'not') && isWord(this.#peek(1), 'in');
    if (!negated && !isWord(token, 'in')) return null;
    this.#position += negated ? 2 : 1;
    this.#expect(this.#accept('('), '( after IN');
    const call: Expr = { kind: 'call', name: 'IN', args: [left, ...this.#arguments('IN')], at: token.at };
    return negated ? { kind: 'unary', operator: 'not', operand: call, at: token.at } : call;
  }

  #prefix(): Expr {
    const token = this.#peek();
    if (isWord(token, 'not')) {
      this.#take();
      return { kind: 'unary', operator: 'not', operand: this.#expression(notStrength), at: token.at };
    }
    if (token.kind === 'operator' && (token.value === '-' || token.value === '+' || token.value === '!')) {
      this.#take();
      this.#enter();
      const operand = this.#prefix();
      this.#nesting -= 1;
      return { kind: 'unary', operator: token.value === '!' ? 'not' : token.value, operand, at: token.at };
    }
    return this.#primary();
  }

  #primary(): Expr {
    const token = this.#take();
    const at = token.at;
    switch (token.kind) {
      case 'text':
        return { kind: 'text', value: token.value, at };
      case 'number':
        return { kind: 'number', text: token.value, at };
      case 'field':
        return { kind: 'column', name: token.value, at };
      case 'constant':
        return { kind: 'parameter', name: token.value, at };
      case 'name':
        return this.#name(token);
      case 'operator': {
        if (token.value !== '(') break;
        const inner = this.#expression(0);
        this.#expect(this.#accept(')'), ') to close the parenthesis');
        return inner;
      }
      case 'end':
        break;
    }
    throw new SyntaxDefect(at, `Expected a value but found ${described(token)}`);
  }

  #name(token: Token): Expr {
    const lower = token.value.toLowerCase();
    const at = token.at;
    if (lower === 'if') return this.#conditional(at);
    if (reservedWords.has(lower)) throw new SyntaxDefect(at, `Expected a value before ${token.value}`);
    if (this.#accept('('))
      return { kind: 'call', name: token.value.toUpperCase(), args: this.#arguments(token.value), at };
    if (lower === 'true' || lower === 'false') return { kind: 'boolean', value: lower === 'true', at };
    if (lower === 'null') return { kind: 'null', at };
    return { kind: 'column', name: token.value, at };
  }

  /** IF c THEN v ELSEIF c THEN v ELSE v ENDIF as the call IF(c, v, c, v, v). */
  #conditional(at: number): Expr {
    const args: Expr[] = [];
    do {
      args.push(this.#expression(0));
      this.#expect(this.#acceptWord('then'), 'THEN');
      args.push(this.#expression(0));
    } while (this.#acceptWord('elseif'));
    this.#expect(this.#acceptWord('else'), 'ELSE');
    args.push(this.#expression(0));
    this.#expect(this.#acceptWord('endif'), 'ENDIF');
    return { kind: 'call', name: 'IF', args, at };
  }

  #arguments(callee: string): readonly Expr[] {
    const args: Expr[] = [];
    if (this.#accept(')')) return args;
    do args.push(this.#expression(0));
    while (this.#accept(','));
    this.#expect(this.#accept(')'), `) to close the arguments of ${callee}`);
    return args;
  }
}

function isWord(token: Token, word: string): boolean {
  return token.kind === 'name' && token.value.toLowerCase() === word;
}

function operatorOf(token: Token): BinaryOperator | null {
  const value = token.kind === 'name' ? token.value.toLowerCase() : token.kind === 'operator' ? token.value : '';
  if (token.kind === 'name' && value !== 'and' && value !== 'or') return null;
  return Object.hasOwn(binaryStrength, value) ? (value as BinaryOperator) : null;
}

function tooDeep(at: number): SyntaxDefect {
  return new SyntaxDefect(
    at,
    `The expression is nested or chained more than ${maximumDepth} deep; split it into several formulas`,
  );
}

function described(token: Token): string {
  return token.kind === 'end' ? 'the end of the text' : JSON.stringify(token.value);
}

/** Reads an Alteryx expression. Never throws on bad input: the error names the place. */
export function parseAlteryx(text: string): ParseResult {
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
