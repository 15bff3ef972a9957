/** DataStage expression tree → DuckDB SQL with an account of what was assumed. */
import type { Expr } from '../ast.ts';
import type { ExpressionEnv, ScalarType } from '../environment.ts';
import { Compiler, SqlTooLong } from '../powercenter/compiler.ts';
import type { Translation } from '../translation.ts';
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
  const compiler = new Compiler(env, visit);
  try {
    if (mixesLogic(ast)) compiler.assume('AND binds stronger than OR where no parentheses say otherwise', 0.9);
    const sql = finish(compiler, compiler.value(ast));
    return { ...compiler.finish(sql.text), type: sql.type };
  } catch (thrown) {
    if (!(thrown instanceof SqlTooLong)) throw thrown;
    const refused = new Compiler(env, visit);
    refused.unsupported('expression', 'The SQL of the expression grows too long; split it into several variables');
    return { ...refused.finish("error('expression too long to translate')"), confidence: 0, type: 'unknown' };
  }
}

/** The value of an expression. */
export function dataStageToDuckDb(ast: Expr, env: ExpressionEnv): TypedTranslation {
  return translated(ast, env, (_compiler, sql) => sql);
}

/** An expression in the place of a condition: constraint, filter, loop. */
export function dataStageCondition(ast: Expr, env: ExpressionEnv): TypedTranslation {
  return translated(ast, env, asCondition);
}
