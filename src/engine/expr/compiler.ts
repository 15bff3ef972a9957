import type { Expr } from './ast.ts';
import type { ExpressionEnv, ScalarType } from './environment.ts';
import { expandMacro, macrosThatAreSums, type MacroName } from './duckdb-macros.ts';
import { type SourceSettingId, sourceSettings, trustOf, valueOf } from './source-settings.ts';
import type { LookupReference, Translation, VariableUpdate } from './translation.ts';
import { maximumSql, SqlTooLong, TranslationState, type FunctionRule as RuleOf } from './translation-state.ts';
import { atom, strength, within, type TypedSql } from './typed-sql.ts';

/** Translates one node; given by the caller so that the function tables and the operators need not know each other. */
export type Visit = (compiler: Compiler, expr: Expr) => TypedSql;

/** What the place of a node takes, where that is one kind of value. */
export type Expected = 'date' | 'number' | 'text' | null;

const maximumInline = 1_500;

/** A translation to typed SQL: PowerCenter, SSIS and DataStage. */
export class Compiler extends TranslationState<ExpressionEnv, TypedSql> {
  readonly #visit: Visit;
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
  expected: Expected = null;

  constructor(env: ExpressionEnv, visit: Visit) {
    super(env);
    this.#visit = visit;
  }

  get rowOrder(): string {
    return this.env.rowOrder ?? '__seq';
  }

  /** The SQL of a node; `expected` says what its place takes, for functions whose result depends on it. */
  override value(expr: Expr, expected: Expected = null): TypedSql {
    this.expected = expected;
    const sql = this.#visit(this, expr);
    if (sql.text.length > maximumSql) throw new SqlTooLong();
    return sql;
  }

  /** The value of a setting of the source system, accounted for as an assumption until somebody has said what it is. */
  setting(id: SourceSettingId, value: string = valueOf(id, this.env.settings.said)): string {
    const { inFile, said } = this.env.settings;
    if (inFile?.has(id) === true) return value;
    this.assume(sourceSettings[id].note(value), trustOf(id, said));
    return value;
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

  override finish(sql: string): Translation {
    return {
      ...super.finish(sql),
      lookups: [...this.#lookups.values()],
      variables: [...this.#variables.values()],
      rowErrors: [...this.#rowErrors],
      aggregate: this.#aggregate,
      orderSensitive: this.#orderSensitive,
      macros: [...this.#macros].sort(),
    };
  }
}

export type FunctionRule = RuleOf<Compiler, TypedSql>;
export type FunctionTable = Readonly<Record<string, FunctionRule>>;
