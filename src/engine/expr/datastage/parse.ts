/** DataStage expression text → the neutral tree. Operators without a node of their own become calls: MATCHES, PWR, IF. */
import { parseErrorAt, type BinaryOperator, type Expr, type ParseError, type ParseResult } from '../ast.ts';
import { tokenize, type Token } from './tokenize.ts';

const maxDepth = 200;
const maxLength = 100_000;
/** A chain of operators is a tree as deep as the chain is long. */
const maxOperators = 1_500;

class SyntaxProblem extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

const comparisons: ReadonlyMap<string, BinaryOperator> = new Map([
  ['=', '='],
  ['EQ', '='],
  ['<>', '<>'],
  ['><', '<>'],
  ['#', '<>'],
  ['NE', '<>'],
  ['<', '<'],
  ['LT', '<'],
  ['>', '>'],
  ['GT', '>'],
  ['<=', '<='],
  ['=<', '<='],
  ['LE', '<='],
  ['>=', '>='],
  ['=>', '>='],
  ['GE', '>='],
]);
const additive: ReadonlyMap<string, BinaryOperator> = new Map([
  ['+', '+'],
  ['-', '-'],
]);
const multiplicative: ReadonlyMap<string, BinaryOperator> = new Map([
  ['*', '*'],
  ['/', '/'],
]);
const logical: ReadonlyMap<string, BinaryOperator> = new Map([
  ['AND', 'and'],
  ['&', 'and'],
]);
const alternatives: ReadonlyMap<string, BinaryOperator> = new Map([
  ['OR', 'or'],
  ['!', 'or'],
]);
const concatenation: ReadonlyMap<string, BinaryOperator> = new Map([
  [':', '||'],
  ['CAT', '||'],
]);
const keywords: ReadonlySet<string> = new Set([
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

class Parser {
  private readonly tokens: readonly Token[];
  private index = 0;
  private depth = 0;
  private operators = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  all(): Expr {
    const expr = this.expression();
    const rest = this.peek();
    if (rest.kind !== 'end') throw new SyntaxProblem(`Unexpected ${rest.text === '' ? 'text' : rest.text}`, rest.at);
    return expr;
  }

  private peek(): Token {
    return this.tokens[this.index] ?? { kind: 'end', text: '', at: 0 };
  }

  private word(): string {
    const token = this.peek();
    return token.kind === 'symbol' || token.kind === 'name' ? token.text.toUpperCase() : '';
  }

  private accept(text: string): boolean {
    if (this.word() !== text) return false;
    this.index += 1;
    return true;
  }

  private countOperator(at: number): void {
    this.operators += 1;
    if (this.operators > maxOperators)
      throw new SyntaxProblem('The expression has more operators than can be translated', at);
  }

  private expect(text: string): void {
    if (!this.accept(text)) throw new SyntaxProblem(`${text} is missing here`, this.peek().at);
  }

  private expression(): Expr {
    this.depth += 1;
    if (this.depth > maxDepth) throw new SyntaxProblem('The expression is nested too deep', this.peek().at);
    const expr =
      this.word() === 'IF'
        ? this.conditional()
        : this.chain(alternatives, () => this.chain(logical, () => this.comparison()));
    this.depth -= 1;
    return expr;
  }

  /** `If a Then b Else If c Then d Else e` without growing the stack for each Else If. */
  private conditional(): Expr {
    const branches: { readonly at: number; readonly condition: Expr; readonly value: Expr }[] = [];
    let otherwise: Expr | null = null;
    while (otherwise === null) {
      const at = this.peek().at;
      if (!this.accept('IF')) {
        otherwise = this.expression();
        break;
      }
      const condition = this.expression();
      this.expect('THEN');
      branches.push({ at, condition, value: this.expression() });
      this.expect('ELSE');
    }
    const [first] = branches;
    return {
      kind: 'call',
      at: first?.at ?? 0,
      name: 'IF',
      args: [...branches.flatMap((branch) => [branch.condition, branch.value]), otherwise],
    };
  }

  private chain(operators: ReadonlyMap<string, BinaryOperator>, operand: () => Expr): Expr {
    let left = operand();
    for (let operator = operators.get(this.word()); operator !== undefined; operator = operators.get(this.word())) {
      const { at } = this.peek();
      this.countOperator(at);
      this.index += 1;
      left = { kind: 'binary', at, operator, left, right: operand() };
    }
    return left;
  }

  private comparison(): Expr {
    const concat = (): Expr => this.chain(concatenation, () => this.sum());
    let left = concat();
    for (;;) {
      const { at } = this.peek();
      const operator = comparisons.get(this.word());
      if (operator !== undefined) {
        this.countOperator(at);
        this.index += 1;
        left = { kind: 'binary', at, operator, left, right: concat() };
      } else if (this.accept('MATCHES') || this.accept('MATCH')) {
        this.countOperator(at);
        left = { kind: 'call', at, name: 'MATCHES', args: [left, concat()] };
      } else return left;
    }
  }

  private sum(): Expr {
    return this.chain(additive, () => this.chain(multiplicative, () => this.unary()));
  }

  private unary(): Expr {
    const { at } = this.peek();
    this.depth += 1;
    if (this.depth > maxDepth) throw new SyntaxProblem('The expression is nested too deep', at);
    const operator = this.word();
    let expr: Expr;
    if (operator === '-' || operator === '+') {
      this.index += 1;
      expr = { kind: 'unary', at, operator, operand: this.unary() };
    } else if (operator === 'NOT') {
      this.index += 1;
      expr = { kind: 'unary', at, operator: 'not', operand: this.unary() };
    } else expr = this.power();
    this.depth -= 1;
    return expr;
  }

  private power(): Expr {
    let base = this.postfix();
    for (;;) {
      const { at } = this.peek();
      if (!this.accept('^') && !this.accept('**')) return base;
      this.countOperator(at);
      base = { kind: 'call', at, name: 'PWR', args: [base, this.postfix()] };
    }
  }

  /** `s[start, length]`, `s[length]` from the end, `s[delimiter, field, count]`. */
  private postfix(): Expr {
    let base = this.primary();
    for (;;) {
      const { at } = this.peek();
      if (!this.accept('[')) return base;
      this.countOperator(at);
      const args = this.list(']');
      const name = args.length === 1 ? 'RIGHT' : args.length === 2 ? 'SUBSTRINGS' : 'FIELD';
      base = { kind: 'call', at, name, args: [base, ...args] };
    }
  }

  private list(end: string): readonly Expr[] {
    const args: Expr[] = [];
    if (this.accept(end)) return args;
    do args.push(this.expression());
    while (this.accept(','));
    this.expect(end);
    return args;
  }

  private primary(): Expr {
    const token = this.peek();
    const { at } = token;
    if (token.kind === 'text') {
      this.index += 1;
      return { kind: 'text', at, value: token.text };
    }
    if (token.kind === 'number') {
      this.index += 1;
      return { kind: 'number', at, text: token.text };
    }
    if (this.accept('(')) {
      const inner = this.expression();
      this.expect(')');
      return inner;
    }
    if (this.word() === 'IF') return this.expression();
    if (token.kind === 'name' && !keywords.has(token.text.toUpperCase())) {
      this.index += 1;
      if (this.accept('(')) return { kind: 'call', at, name: token.text.toUpperCase(), args: this.list(')') };
      return token.text.toUpperCase() === '@NULL' ? { kind: 'null', at } : { kind: 'column', at, name: token.text };
    }
    throw new SyntaxProblem(token.kind === 'end' ? 'The expression ends too early' : `Unexpected ${token.text}`, at);
  }
}

/** Parses one expression. Never throws: a syntax error is returned with its place. */
export function parseDataStageExpression(text: string): ParseResult {
  const failed = (error: ParseError): ParseResult => ({ ok: false, error });
  if (text.length > maxLength) return failed(parseErrorAt(text, 0, 'The expression is longer than any tool writes'));
  const read = tokenize(text);
  if ('error' in read) return failed(read.error);
  try {
    return { ok: true, ast: new Parser(read.tokens).all() };
  } catch (thrown) {
    if (!(thrown instanceof SyntaxProblem)) throw thrown;
    return failed(parseErrorAt(text, thrown.at, thrown.message));
  }
}
