/** The state of one translation: what was used, assumed and found doubtful on the way from tree to SQL. */
import type { Expr } from '../ast.ts';
import type { ExpressionEnv, ScalarType } from '../environment.ts';
import { expandMacro, macrosThatAreSums, type MacroName } from '../duckdb-macros.ts';
import { certain, type LookupReference, type Translation, type VariableUpdate } from '../translation.ts';
import { atom, strength, within, type TypedSql } from '../typed-sql.ts';

/** Translates one node; given by the caller so that the function tables and the operators need not know each other. */
export type Visit = (compiler: Compiler, expr: Expr) => TypedSql;

/** Longer SQL is not a translation that anybody can check. */
const maximumSql = 200_000;
const maximumInline = 1_500;

export class SqlTooLong extends Error {}

export class Compiler {
  readonly env: ExpressionEnv;
  readonly #visit: Visit;
  #confidence = certain;
  readonly #warnings = new Set<string>();
  readonly #assumptions = new Set<string>();
  readonly #unsupported = new Set<string>();
  readonly #references = new Map<string, string>();
  readonly #parameters = new Set<string>();
  readonly #lookups = new Map<string, LookupReference>();
  readonly #variables = new Map<string, VariableUpdate>();
  readonly #rowErrors = new Set<string>();
  readonly #macros = new Set<MacroName>();
  #guards: readonly string[] = [];
  #nonZero: ReadonlySet<string> = new Set();
  #aggregate = false;
  #orderSensitive = false;
  /** True while inside the arguments of an aggregate function. */
  insideAggregate = false;
  /** What the place of the node being visited needs: to be read before any other node is visited. */
  expected: 'date' | null = null;

  constructor(env: ExpressionEnv, visit: Visit) {
    this.env = env;
    this.#visit = visit;
  }

  get rowOrder(): string {
    return this.env.rowOrder ?? '__seq';
  }

  /** The SQL of a node; `expected` says what its place needs, for functions that are different for dates and numbers. */
  value(expr: Expr, expected: 'date' | null = null): TypedSql {
    this.expected = expected;
    const sql = this.#visit(this, expr);
    if (sql.text.length > maximumSql) throw new SqlTooLong();
    return sql;
  }

  /** Lowers the confidence to at most `confidence` and says why. */
  warn(message: string, confidence: number): void {
    this.#warnings.add(message);
    this.#lower(confidence);
  }

  /** Behaviour of the source tool that is taken for granted. */
  assume(message: string, confidence = 0.94): void {
    this.#assumptions.add(message);
    this.#lower(confidence);
  }

  unsupported(name: string, message: string): void {
    this.#unsupported.add(name);
    this.warn(message, 0.4);
  }

  #lower(confidence: number): void {
    this.#confidence = Math.min(this.#confidence, confidence);
  }

  /** The source tool rejects the row where the condition holds and the place is reached at all. */
  rowError(condition: TypedSql): void {
    if (condition.literal === false) return;
    if (this.#aggregate && !this.insideAggregate) {
      this.assume('A group whose result cannot be computed gives NULL here and is rejected by the source tool', 0.9);
      return;
    }
    const own = this.#guards.length === 0 ? condition.text : within(condition, strength.and);
    const parts = condition.literal === true ? this.#guards : [...this.#guards, own];
    const text = parts.length === 0 ? 'TRUE' : parts.join(' AND ');
    if (text.length > maximumSql) throw new SqlTooLong();
    this.#rowErrors.add(text);
  }

  /** Translates something that is reached only under the guards, where the named SQL is known not to be zero. */
  under<T>(guards: readonly string[], nonZero: readonly string[], work: () => T): T {
    const before = { guards: this.#guards, nonZero: this.#nonZero };
    this.#guards = [...this.#guards, ...guards];
    this.#nonZero = new Set([...this.#nonZero, ...nonZero]);
    try {
      return work();
    } finally {
      this.#guards = before.guards;
      this.#nonZero = before.nonZero;
    }
  }

  isNonZero(sql: TypedSql): boolean {
    return this.#nonZero.has(sql.text);
  }

  macro(name: MacroName, type: ScalarType, ...args: readonly string[]): TypedSql {
    if (this.env.settings.macros === 'inline') {
      const text = expandMacro(name, args);
      if (text.length <= maximumInline)
        return { text, type, strength: macrosThatAreSums.has(name) ? strength.add : strength.atom };
    }
    this.#macros.add(name);
    return atom(`${name}(${args.join(', ')})`, type);
  }

  reference(name: string): void {
    if (!this.#references.has(name.toLowerCase())) this.#references.set(name.toLowerCase(), name);
  }

  parameter(name: string): void {
    this.#parameters.add(name);
  }

  lookup(call: LookupReference): void {
    this.#lookups.set(`${call.name}\n${call.args.join('\n')}`, call);
  }

  variable(update: VariableUpdate): void {
    this.#variables.set(update.name.toLowerCase(), update);
  }

  markAggregate(): void {
    this.#aggregate = true;
  }

  markOrderSensitive(): void {
    this.#orderSensitive = true;
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
      lookups: [...this.#lookups.values()],
      variables: [...this.#variables.values()],
      rowErrors: [...this.#rowErrors],
      aggregate: this.#aggregate,
      orderSensitive: this.#orderSensitive,
      macros: [...this.#macros].sort(),
    };
  }
}

/** How one function is translated. */
export interface FunctionRule {
  /** Fewest and most arguments. */
  readonly arity: readonly [number, number];
  readonly translate: (compiler: Compiler, args: readonly Expr[]) => TypedSql;
}

export type FunctionTable = Readonly<Record<string, FunctionRule>>;

/** The argument at a place that the arity has already guaranteed. */
export function argument(args: readonly Expr[], index: number): Expr {
  const expr = args[index];
  if (expr === undefined) throw new Error(`missing argument ${index}`);
  return expr;
}
