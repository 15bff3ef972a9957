/** DataStage expression tree → DuckDB SQL with an account of what was assumed. */
import type { Expr } from '../ast.ts';
import type { ExpressionEnv, ScalarType } from '../environment.ts';
import { Compiler } from '../compiler.ts';
import type { Translation } from '../translation.ts';
import { translation } from '../translation-state.ts';
import type { TypedSql } from '../typed-sql.ts';
import { asCondition } from './coerce.ts';
import { visit } from './visit.ts';

export interface TypedTranslation extends Translation {
  readonly type: ScalarType;
}

/** AND and OR in one expression: the tool's manuals differ on which comes first. */
function mixesLogic(expr: Expr): boolean {
  const open: Expr[] = [expr];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === 'binary') {
      if (
        next.operator === 'or' &&
        [next.left, next.right].some((side) => side.kind === 'binary' && side.operator === 'and')
      )
        return true;
      open.push(next.left, next.right);
    } else if (next.kind === 'unary') open.push(next.operand);
    else if (next.kind === 'call') open.push(...next.args);
  }
  return false;
}

function translated(
  ast: Expr,
  env: ExpressionEnv,
  finish: (compiler: Compiler, sql: TypedSql) => TypedSql,
): TypedTranslation {
  const result = translation(
    () => new Compiler(env, visit),
    'several variables',
    (compiler) => {
      if (mixesLogic(ast)) compiler.assume('AND binds stronger than OR where no parentheses say otherwise', 0.9);
      return finish(compiler, compiler.value(ast));
    },
  );
  return { ...result.translation, type: result.value?.type ?? 'unknown' };
}

/** The value of an expression. */
export function dataStageToDuckDb(ast: Expr, env: ExpressionEnv): TypedTranslation {
  return translated(ast, env, (_compiler, sql) => sql);
}

/** An expression in the place of a condition: constraint, filter, loop. */
export function dataStageCondition(ast: Expr, env: ExpressionEnv): TypedTranslation {
  return translated(ast, env, asCondition);
}
