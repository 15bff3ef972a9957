/** The state of one translation: what was used, assumed and found doubtful on the way from tree to SQL. */
import type { Expr } from '../ast.ts';
import { certain, type Translation } from '../translation.ts';
import type { AlteryxEnvironment } from './environment.ts';
import type { Value } from './value.ts';

export type Visit = (compiler: Compiler, expr: Expr) => Value;

/** Longer SQL is not a translation that anybody can check. */
const maximumSql = 200_000;

export class SqlTooLong extends Error {}

export class Compiler {
  readonly env: AlteryxEnvironment;
  readonly #visit: Visit;
  #confidence = certain;
  readonly #warnings = new Set<string>();
  readonly #assumptions = new Set<string>();
  readonly #unsupported = new Set<string>();
  readonly #references = new Map<string, string>();
  readonly #parameters = new Set<string>();

  constructor(env: AlteryxEnvironment, visit: Visit) {
    this.env = env;
    this.#visit = visit;
  }

  value(expr: Expr): Value {
    const value = this.#visit(this, expr);
    if (value.text.length > maximumSql) throw new SqlTooLong();
    return value;
  }

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
export interface FunctionRule {
  /** Fewest and most arguments. */
  readonly arity: readonly [number, number];
  readonly translate: (compiler: Compiler, args: readonly Expr[]) => Value;
}

export type FunctionTable = Readonly<Record<string, FunctionRule>>;

/** The argument at a place that the arity has already guaranteed. */
export function argument(args: readonly Expr[], index: number): Expr {
  const expr = args[index];
  if (expr === undefined) throw new Error(`missing argument ${index}`);
  return expr;
}
