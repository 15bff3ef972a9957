/** What one translation used, assumed and found doubtful on the way from tree to SQL, in any of the languages. */
import type { Expr } from './ast.ts';
import { certain, type Translation } from './translation.ts';

/** Longer SQL is not a translation that anybody can check. */
export const maximumSql = 200_000;

export class SqlTooLong extends Error {}

/** `Sql` is a piece of SQL with what the language knows about its value. */
export abstract class TranslationState<Environment, Sql extends { readonly text: string }> {
  readonly env: Environment;
  #confidence = certain;
  readonly #warnings = new Set<string>();
  readonly #assumptions = new Set<string>();
  readonly #unsupported = new Set<string>();
  readonly #references = new Map<string, string>();
  readonly #parameters = new Set<string>();

  constructor(env: Environment) {
    this.env = env;
  }

  /** The SQL of a node. */
  abstract value(expr: Expr): Sql;

  /** Lowers the confidence to at most `confidence` and says why. */
  warn(message: string, confidence: number): void {
    this.#warnings.add(message);
    this.#confidence = Math.min(this.#confidence, confidence);
  }

  /** Behaviour of the source tool that is taken for granted. */
  assume(message: string, confidence = 0.94): void {
    this.#assumptions.add(message);
    this.#confidence = Math.min(this.#confidence, confidence);
  }

  unsupported(name: string, message: string): void {
    this.#unsupported.add(name);
    this.warn(message, 0.4);
  }

  reference(name: string): void {
    if (!this.#references.has(name.toLowerCase())) this.#references.set(name.toLowerCase(), name);
  }

  parameter(name: string): void {
    this.#parameters.add(name);
  }

  finish(sql: string): Translation {
    return {
      sql,
      confidence: this.#confidence,
      warnings: [...this.#warnings],
      assumptions: [...this.#assumptions],
      unsupported: [...this.#unsupported],
      references: [...this.#references.values()],
      parameters: [...this.#parameters],
      lookups: [],
      variables: [],
      rowErrors: [],
      aggregate: false,
      orderSensitive: false,
      macros: [],
    };
  }
}

/** How one function is translated. */
export interface FunctionRule<State, Sql> {
  /** Fewest and most arguments. */
  readonly arity: readonly [number, number];
  readonly translate: (compiler: State, args: readonly Expr[]) => Sql;
}

/** The argument at a place that the arity has already guaranteed. */
export function argument(args: readonly Expr[], index: number): Expr {
  const expr = args[index];
  if (expr === undefined) throw new Error(`missing argument ${index}`);
  return expr;
}

/**
 * One translation from a new state. SQL that grows too long is refused with confidence 0 and a null `value`; `pieces`
 * says what the tool's user splits an expression into, e.g. `several ports`.
 */
export function translation<State extends TranslationState<unknown, Sql>, Sql extends { readonly text: string }>(
  newState: () => State,
  pieces: string,
  work: (compiler: State) => Sql,
): { readonly translation: Translation; readonly value: Sql | null } {
  const state = newState();
  try {
    const value = work(state);
    return { translation: state.finish(value.text), value };
  } catch (thrown) {
    if (!(thrown instanceof SqlTooLong)) throw thrown;
    const refused = newState();
    refused.unsupported('expression', `The SQL of the expression grows too long; split it into ${pieces}`);
    const sql = "error('expression too long to translate')";
    return { translation: { ...refused.finish(sql), confidence: 0 }, value: null };
  }
}
