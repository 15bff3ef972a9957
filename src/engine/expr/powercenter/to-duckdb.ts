import type { Expr } from '../ast.ts';
import type { ExpressionEnv, ScalarType } from '../environment.ts';
import type { Translation } from '../translation.ts';
import type { TypedSql } from '../typed-sql.ts';
import { asCondition } from './coerce.ts';
import { Compiler, SqlTooLong } from './compiler.ts';
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
  const compiler = new Compiler(env, visit);
  try {
    return compiler.finish(work(compiler).text);
  } catch (thrown) {
    if (!(thrown instanceof SqlTooLong)) throw thrown;
    const refused = new Compiler(env, visit);
    refused.unsupported('expression', 'The SQL of the expression grows too long; split it into several ports');
    return { ...refused.finish("error('expression too long to translate')"), confidence: 0 };
  }
}

/** The type of an expression's value, `unknown` where it hangs on something that is not known. */
export function inferType(ast: Expr, env: ExpressionEnv): ScalarType {
  try {
    return new Compiler(env, visit).value(ast).type;
  } catch (thrown) {
    if (thrown instanceof SqlTooLong) return 'unknown';
    throw thrown;
  }
}
