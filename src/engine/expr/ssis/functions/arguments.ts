/** Reading the arguments of functions. */
import type { Expr } from '../../ast.ts';
import type { Compiler } from '../../compiler.ts';
import { argument } from '../../translation-state.ts';
import { strength, within, type TypedSql } from '../../typed-sql.ts';
import { asNumber, asText } from '../cast.ts';
import type { SsisType } from '../data-types.ts';

export function textArgument(compiler: Compiler, args: readonly Expr[], index: number): TypedSql {
  return asText(compiler, compiler.value(argument(args, index)));
}

export function numberArgument(compiler: Compiler, args: readonly Expr[], index: number): TypedSql {
  return asNumber(compiler, compiler.value(argument(args, index)));
}

/** A number as DuckDB takes positions and counts: a whole one. */
export function wholeArgument(compiler: Compiler, args: readonly Expr[], index: number): TypedSql {
  const value = numberArgument(compiler, args, index);
  return value.type === 'integer' || value.type === 'bigint'
    ? value
    : { ...value, text: `CAST(${value.text} AS BIGINT)`, type: 'bigint', strength: strength.atom };
}

/** The literal's number, or null where the argument is computed. */
export function literalNumber(value: TypedSql): number | null {
  return typeof value.literal === 'string' && value.type !== 'string' ? Number(value.literal) : null;
}

/** Reports the row where the condition holds, unless one of `others` is NULL: the result is NULL then, and no error. */
export function failWhere(compiler: Compiler, condition: TypedSql, others: readonly TypedSql[]): void {
  const guards = others
    .filter((one) => one.notNull !== true && typeof one.literal !== 'string')
    .map((one) => `${within(one, strength.concat)} IS NOT NULL`);
  compiler.under(guards, [], () => compiler.rowError(condition));
}

/** Reports the row where a number lies below `least` and no other argument is NULL; gives whether it is known to be fine. */
export function atLeast(compiler: Compiler, value: TypedSql, least: number, others: readonly TypedSql[]): boolean {
  const literal = literalNumber(value);
  if (literal !== null && literal >= least) return true;
  const text = `${within(value, strength.concat)} < ${least}`;
  failWhere(compiler, { text, type: 'boolean', strength: strength.comparison }, others);
  return false;
}

/** The type that a cast or NULL names, from the literals that the grammar makes of it. */
export function typeArgument(args: readonly Expr[], from: number): SsisType {
  const name = args[from];
  const sizes = args.slice(from + 1).map((arg) => (arg.kind === 'number' ? Number(arg.text) : 0));
  const [first = null, second = null] = sizes;
  const type = name?.kind === 'text' ? name.value : '';
  if (type === 'decimal') return { name: type, length: null, precision: 28, scale: first };
  return { name: type, length: first, precision: first, scale: second };
}
