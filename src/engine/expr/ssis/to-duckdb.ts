import type { Expr } from '../ast.ts';
import type { ExpressionEnv } from '../environment.ts';
import { Compiler } from '../compiler.ts';
import type { Translation } from '../translation.ts';
import { translation } from '../translation-state.ts';
import { atom, type TypedSql } from '../typed-sql.ts';
import { asCondition, castTo } from './cast.ts';
import type { SsisType } from './data-types.ts';
import { visit } from './visit.ts';

export interface SsisTranslation extends Translation {
  /** What is known about the value. */
  readonly value: TypedSql;
}

/** An SSIS expression as DuckDB SQL. Values that the source tool refuses are NULL, and named in `rowErrors`. */
export function toDuckDb(ast: Expr, env: ExpressionEnv): SsisTranslation {
  return translated(env, (compiler) => compiler.value(ast));
}

/** The same for a condition. */
export function conditionToDuckDb(ast: Expr, env: ExpressionEnv): SsisTranslation {
  return translated(env, (compiler) => asCondition(compiler.value(ast)));
}

/** A value that is already SQL as another type, as a cast does it. */
export function castToDuckDb(value: TypedSql, type: SsisType, env: ExpressionEnv): SsisTranslation {
  return translated(env, (compiler) => castTo(compiler, value, type));
}

function translated(env: ExpressionEnv, work: (compiler: Compiler) => TypedSql): SsisTranslation {
  const result = translation(() => new Compiler(env, visit), 'several columns', work);
  return { ...result.translation, value: result.value ?? atom(result.translation.sql, 'unknown') };
}
