/** The state of one translation from Alteryx. */
import type { Expr } from '../ast.ts';
import { maximumSql, SqlTooLong, TranslationState, type FunctionRule as RuleOf } from '../translation-state.ts';
import type { AlteryxEnvironment } from './environment.ts';
import type { Value } from './value.ts';

export type Visit = (compiler: Compiler, expr: Expr) => Value;

export class Compiler extends TranslationState<AlteryxEnvironment, Value> {
  readonly #visit: Visit;

  constructor(env: AlteryxEnvironment, visit: Visit) {
    super(env);
    this.#visit = visit;
  }

  override value(expr: Expr): Value {
    const value = this.#visit(this, expr);
    if (value.text.length > maximumSql) throw new SqlTooLong();
    return value;
  }
}

export type FunctionRule = RuleOf<Compiler, Value>;
export type FunctionTable = Readonly<Record<string, FunctionRule>>;
