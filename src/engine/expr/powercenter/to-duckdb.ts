import type { Expr } from '../ast.ts';
import type { ExpressionEnv, ScalarType } from '../environment.ts';
import type { Translation } from '../translation.ts';
import { translation } from '../translation-state.ts';
import type { TypedSql } from '../typed-sql.ts';
import { asCondition } from './coerce.ts';
import { Compiler } from '../compiler.ts';
import { visit } from './visit.ts';

/** A PowerCenter expression as DuckDB SQL, with everything that a reviewer and the pipeline need to know of it. Never throws on an odd tree. */
export function toDuckDb(ast: Expr, env: ExpressionEnv): Translation {
  return translated(env, (compiler) => compiler.value(ast));
}

/** The same for a filter, router or join condition: the SQL is a boolean, NULL where the source tool takes it as not met. */
export function conditionToDuckDb(ast: Expr, env: ExpressionEnv): Translation {
  return translated(env, (compiler) => asCondition(compiler, compiler.value(ast)));
}

function translated(env: ExpressionEnv, work: (compiler: Compiler) => TypedSql): Translation {
  return translation(() => new Compiler(env, visit), 'several ports', work).translation;
}

/** The type of an expression's value, `unknown` where it hangs on something that is not known. */
export function inferType(ast: Expr, env: ExpressionEnv): ScalarType {
  return (
    translation(
      () => new Compiler(env, visit),
      'several ports',
      (compiler) => compiler.value(ast),
    ).value?.type ?? 'unknown'
  );
}
