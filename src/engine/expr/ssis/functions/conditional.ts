/** Choosing among values, NULL, casts and bits. */
import type { Expr } from '../../ast.ts';
import { isNumeric } from '../../environment.ts';
import type { Compiler, FunctionTable } from '../../compiler.ts';
import { argument } from '../../translation-state.ts';
import { atom, isNullLiteral, strength, within, type TypedSql } from '../../typed-sql.ts';
import { asCondition, asText, castTo, nullOf } from '../cast.ts';
import { typeArgument, wholeArgument } from './arguments.ts';

/** Both results at one type: what SSIS refuses to mix is brought to text and doubted. */
function alike(compiler: Compiler, a: TypedSql, b: TypedSql): readonly [TypedSql, TypedSql] {
  const same =
    a.type === b.type || a.type === 'unknown' || b.type === 'unknown' || isNullLiteral(a) || isNullLiteral(b);
  if (same || (isNumeric(a.type) && isNumeric(b.type))) return [a, b];
  return [asText(compiler, a), asText(compiler, b)];
}

/** Whether numbers of the second type hold more than those of the first. */
function isWider(main: TypedSql, other: TypedSql): boolean {
  const order: readonly string[] = ['integer', 'bigint', 'decimal', 'double'];
  return isNumeric(main.type) && order.indexOf(other.type) > order.indexOf(main.type);
}

function shared(a: TypedSql, b: TypedSql): Partial<TypedSql> & Pick<TypedSql, 'type'> {
  const [main, other] = isNullLiteral(a) && a.type === 'unknown' ? [b, a] : [a, b];
  const wider = isWider(main, other) ? other : main;
  const sameNative = main.native === other.native || isNullLiteral(other) || isNullLiteral(main);
  return {
    type: wider.type,
    ...(wider.native !== undefined && sameNative ? { native: wider.native } : {}),
    ...(a.notNull === true && b.notNull === true ? { notNull: true } : {}),
  };
}

/** ?: with a NULL condition is NULL, not the second result. */
function ternary(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const condition = asCondition(compiler.value(argument(args, 0)));
  const negated = `NOT ${within(condition, strength.not)}`;
  const yes = compiler.under([within(condition, strength.and)], [], () => compiler.value(argument(args, 1)));
  const no = compiler.under([negated], [], () => compiler.value(argument(args, 2)));
  const [a, b] = alike(compiler, yes, no);
  const { type, notNull, ...more } = shared(a, b);
  const known = condition.notNull === true;
  const otherwise = known ? `ELSE ${b.text}` : `WHEN ${negated} THEN ${b.text}`;
  return atom(`CASE WHEN ${condition.text} THEN ${a.text} ${otherwise} END`, type, {
    ...more,
    ...(known && notNull === true ? { notNull: true } : {}),
  });
}

function replaceNull(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const [a, b] = alike(compiler, compiler.value(argument(args, 0)), compiler.value(argument(args, 1)));
  const { type, notNull: _, ...more } = shared(a, b);
  return atom(`coalesce(${a.text}, ${b.text})`, type, {
    ...more,
    ...(a.notNull === true || b.notNull === true ? { notNull: true } : {}),
  });
}

function bits(write: (a: string, b: string) => string) {
  return (compiler: Compiler, args: readonly Expr[]): TypedSql => {
    const [a, b] = [wholeArgument(compiler, args, 0), wholeArgument(compiler, args, 1)];
    return atom(
      write(within(a, strength.unary), within(b, strength.unary)),
      a.type === 'bigint' || b.type === 'bigint' ? 'bigint' : 'integer',
    );
  };
}

export const conditionalFunctions: FunctionTable = {
  '?:': { arity: [3, 3], translate: ternary },
  '&': { arity: [2, 2], translate: bits((a, b) => `(${a} & ${b})`) },
  '|': { arity: [2, 2], translate: bits((a, b) => `(${a} | ${b})`) },
  '^': { arity: [2, 2], translate: bits((a, b) => `xor(${a}, ${b})`) },
  '~': {
    arity: [1, 1],
    translate: (compiler, args) => atom(`(~${within(wholeArgument(compiler, args, 0), strength.unary)})`, 'integer'),
  },
  CAST: {
    arity: [2, 4],
    translate: (compiler, args) => castTo(compiler, compiler.value(argument(args, 0)), typeArgument(args, 1)),
  },
  ISNULL: {
    arity: [1, 1],
    translate: (compiler, args) => {
      const value = compiler.value(argument(args, 0));
      return {
        text: `${within(value, strength.concat)} IS NULL`,
        type: 'boolean',
        strength: strength.comparison,
        notNull: true,
      };
    },
  },
  NULL: { arity: [1, 3], translate: (_compiler, args) => nullOf(typeArgument(args, 0)) },
  REPLACENULL: { arity: [2, 2], translate: replaceNull },
};
