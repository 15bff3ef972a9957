/** Operator-precedence parsing (Pratt): what the languages have in common. */
import { parseErrorAt, type BinaryOperator, type Expr, type ParseResult } from './ast.ts';
import { tokenize, withRemedy, type Lexicon, type Token } from './scan.ts';

/** Deeper trees are refused: DuckDB's own limit for an expression is 1,000, and every walk of the tree is recursive. */
const maximumDepth = 800;
const maximumLength = 1_000_000;
/** Each argument is guarded by those before it, so that the work grows with their square. */
const maximumArguments = 10_000;

class SyntaxDefect extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

/** What may follow an operand: `build` takes its tokens, the first of which is still to come. */
export interface Infix {
  /** Binding strength, above 0; equally strong ones group from the left. */
  readonly strength: number;
  readonly build: (left: Expr) => Expr;
}

/** Nodes that are made of one token. */
type Leaf = 'text' | 'number' | 'column' | 'parameter';

export abstract class ExpressionParser<Kind extends string> {
  readonly #tokens: readonly Token<Kind>[];
  /** Depth of every tree that is not a leaf. */
  readonly #depths = new WeakMap<Expr, number>();
  #position = 0;
  #nesting = 0;
  /** What the tool's user splits an expression into, e.g. `several ports`. */
  readonly #pieces: string;

  constructor(tokens: readonly Token<Kind>[], pieces: string) {
    this.#tokens = tokens;
    this.#pieces = pieces;
  }

  /** A value with the operators before it. */
  protected abstract operand(): Expr;

  /** What the next token continues an operand with; null where it ends the expression. */
  protected abstract infix(): Infix | null;

  /** The whole text as one expression. */
  all(): Expr {
    const expr = this.expression();
    const rest = this.peek();
    if (rest.kind !== 'end') this.fail(rest.at, `Unexpected ${described(rest)} after the end of the expression`);
    return expr;
  }

  /** An expression of operators that bind stronger than `weakest`. */
  protected expression(weakest = 0): Expr {
    this.#nesting += 1;
    if (this.#nesting > maximumDepth) this.#tooDeep(this.peek().at);
    let left = this.operand();
    for (let next = this.infix(); next !== null && next.strength > weakest; next = this.infix())
      left = next.build(left);
    this.#nesting -= 1;
    return left;
  }

  /** A binary operator of one token. */
  protected operator(operator: BinaryOperator, strength: number): Infix {
    return {
      strength,
      build: (left) => {
        const { at } = this.take();
        const right = this.expression(strength);
        return this.tree({ kind: 'binary', operator, left, right, at }, left, right);
      },
    };
  }

  /** An operator of one token that the tree has no node for: a call of that name. */
  protected callOperator(name: string, strength: number): Infix {
    return {
      strength,
      build: (left) => {
        const { at } = this.take();
        return this.call(name, [left, this.expression(strength)], at);
      },
    };
  }

  /** The operator before an operand of operators that bind stronger than `strength`; its token is still to come. */
  protected prefix(operator: 'not' | '-' | '+', strength: number): Expr {
    const { at } = this.take();
    const operand = this.expression(strength);
    return this.tree({ kind: 'unary', operator, operand, at }, operand);
  }

  /** `-x` and `+x`; null where no sign comes next. */
  protected signed(strength: number): Expr | null {
    const { kind, value } = this.peek();
    return kind === 'operator' && (value === '-' || value === '+') ? this.prefix(value, strength) : null;
  }

  /** The literal or the name that a token is by itself; null where its kind says no more than that it is a token. */
  protected leaf({ kind, value, at }: Token<Kind>, kinds: Readonly<Partial<Record<Kind | 'end', Leaf>>>): Expr | null {
    const leaf = kinds[kind];
    if (leaf === undefined) return null;
    if (leaf === 'text') return { kind: leaf, value, at };
    return leaf === 'number' ? { kind: leaf, text: value, at } : { kind: leaf, name: value, at };
  }

  protected call(name: string, args: readonly Expr[], at: number): Expr {
    return this.tree({ kind: 'call', name, args, at }, ...args);
  }

  /** The node, unless it makes the tree too deep. */
  protected tree<E extends Expr>(node: E, ...parts: readonly Expr[]): E {
    let depth = 1;
    for (const part of parts) depth = Math.max(depth, 1 + (this.#depths.get(part) ?? 1));
    if (depth > maximumDepth) this.#tooDeep(node.at);
    this.#depths.set(node, depth);
    return node;
  }

  /** The expression in a parenthesis that is already open. */
  protected group(): Expr {
    const inner = this.expression();
    this.expect(')', 'to close the parenthesis');
    return inner;
  }

  /** Arguments up to the closing bracket; the opening one has been taken. */
  protected arguments(callee: string, close = ')', argument = (): Expr => this.expression()): readonly Expr[] {
    const args: Expr[] = [];
    if (this.accept(close)) return args;
    do {
      if (args.length === maximumArguments)
        this.fail(
          this.peek().at,
          `${callee} has more than ${maximumArguments} arguments; split it into ${this.#pieces}`,
        );
      args.push(argument());
    } while (this.accept(','));
    this.expect(close, `to close the arguments of ${callee}`);
    return args;
  }

  protected peek(ahead = 0): Token<Kind> {
    const token = this.#tokens[Math.min(this.#position + ahead, this.#tokens.length - 1)];
    if (token === undefined) throw new Error('token list without an end');
    return token;
  }

  protected take(): Token<Kind> {
    const token = this.peek();
    if (token.kind !== 'end') this.#position += 1;
    return token;
  }

  protected accept(operator: string): boolean {
    const token = this.peek();
    if (token.kind !== 'operator' || token.value !== operator) return false;
    this.#position += 1;
    return true;
  }

  /** Whether the next token, or the one after so many, is that word, given in lower case. */
  protected isWord(word: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'name' && token.value.toLowerCase() === word;
  }

  protected acceptWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.#position += 1;
    return true;
  }

  protected expect(operator: string, why: string): void {
    if (!this.accept(operator)) this.missing(`${operator} ${why}`);
  }

  protected expectWord(word: string): void {
    if (!this.acceptWord(word)) this.missing(word.toUpperCase());
  }

  protected missing(what: string, token: Token<string> = this.peek()): never {
    this.fail(token.at, `Expected ${what} but found ${described(token)}`);
  }

  protected fail(at: number, message: string): never {
    throw new SyntaxDefect(at, message);
  }

  #tooDeep(at: number): never {
    this.fail(at, `The expression is nested more than ${maximumDepth} levels deep; split it into ${this.#pieces}`);
  }
}

function described(token: Token<string>): string {
  return token.kind === 'end' ? 'the end of the text' : JSON.stringify(token.value);
}

/** Reads the whole text. Never throws on bad input: the error names the place. */
export function parseWith<Kind extends string>(
  text: string,
  lexicon: Lexicon<Kind>,
  parserOf: (tokens: readonly Token<Kind>[]) => ExpressionParser<Kind>,
): ParseResult {
  if (text.length > maximumLength)
    return { ok: false, error: parseErrorAt(text, 0, `The expression is longer than ${maximumLength} characters`) };
  const tokens = tokenize(text, lexicon);
  if (!tokens.ok) return tokens;
  try {
    return { ok: true, ast: parserOf(tokens.tokens).all() };
  } catch (thrown) {
    if (!(thrown instanceof SyntaxDefect)) throw thrown;
    return {
      ok: false,
      error: parseErrorAt(text, thrown.at, withRemedy(thrown.message, text, thrown.at, lexicon)),
    };
  }
}
