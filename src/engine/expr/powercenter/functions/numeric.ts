/** Numeric and scientific functions. */
import type { Expr } from '../../ast.ts';
import { atom, isNullLiteral, strength, within, type TypedSql } from '../../typed-sql.ts';
import { asNumber, asPosition, coerce, seemsDate } from '../coerce.ts';
import type { Compiler, FunctionRule, FunctionTable } from '../../compiler.ts';
import { argument } from '../../translation-state.ts';
import { arithmeticSql } from '../operators.ts';
import { constantInteger } from './constant.ts';
import { roundDateSql, truncDateSql } from './date.ts';

/** A function of one number that gives a double. */
function ofDouble(name: string): FunctionRule {
  return {
    arity: [1, 1],
    translate: (compiler, args) => atom(`${name}(${coerce.number(compiler, argument(args, 0)).text})`, 'double'),
  };
}

/** A function of one number that keeps its type. */
function sameType(name: string): FunctionRule {
  return {
    arity: [1, 1],
    translate: (compiler, args) => {
      const number = coerce.number(compiler, argument(args, 0));
      return {
        ...atom(`${name}(${number.text})`, number.type),
        ...(number.precision === undefined ? {} : { precision: number.precision }),
        ...(number.scale === undefined ? {} : { scale: number.scale }),
      };
    },
  };
}

/** A function that DuckDB answers with an error outside its domain: such a row is rejected by PowerCenter. */
function withDomain(name: string, allowed: '>= 0' | '> 0'): FunctionRule {
  return {
    arity: [1, 1],
    translate: (compiler, args) => {
      const number = coerce.number(compiler, argument(args, 0));
      return atom(`${name}(${inDomain(compiler, number, allowed)})`, 'double');
    },
  };
}

function inDomain(compiler: Compiler, number: TypedSql, allowed: '>= 0' | '> 0'): string {
  const literal = typeof number.literal === 'string' ? Number(number.literal) : null;
  if (literal !== null && literal > 0) return number.text;
  const tested = within(number, strength.concat);
  compiler.rowError({
    text: `${tested} ${allowed === '> 0' ? '<=' : '<'} 0`,
    type: 'boolean',
    strength: strength.comparison,
  });
  compiler.assume('A root or logarithm outside its domain rejects the row');
  return `CASE WHEN ${tested} ${allowed} THEN ${number.text} END`;
}

function logSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const base = coerce.number(compiler, argument(args, 0));
  const number = coerce.number(compiler, argument(args, 1));
  return atom(`log(${inDomain(compiler, base, '> 0')}, ${inDomain(compiler, number, '> 0')})`, 'double');
}

/** ROUND and TRUNC are those of dates where the value is a date or the second argument names a date part. */
function roundingSql(name: 'round' | 'trunc') {
  return (compiler: Compiler, args: readonly Expr[]): TypedSql => {
    const places = args[1];
    const wantsDate = places?.kind === 'text' || (compiler.expected === 'date' && places === undefined);
    const value = compiler.value(argument(args, 0), wantsDate ? 'date' : places === undefined ? null : 'number');
    const isDate =
      wantsDate || value.type === 'date' || (places === undefined && seemsDate(compiler, argument(args, 0), value));
    if (isDate) return (name === 'round' ? roundDateSql : truncDateSql)(compiler, value, places);
    if (value.type === 'unknown' && places === undefined && !isNullLiteral(value)) {
      compiler.warn(`${name.toUpperCase()} of a value of unknown type is taken as that of a number`, 0.8);
    }
    return roundedNumber(compiler, name, asNumber(compiler, value), places);
  };
}

function roundedNumber(
  compiler: Compiler,
  name: 'round' | 'trunc',
  number: TypedSql,
  places: Expr | undefined,
): TypedSql {
  const digits = places === undefined ? 0 : constantInteger(places);
  if (number.type === 'integer' && digits !== null && digits >= 0) return number;
  if (digits !== null) {
    const call = name === 'trunc' && digits === 0 ? `trunc(${number.text})` : `${name}(${number.text}, ${digits})`;
    return atom(call, number.type, scaled(number, digits));
  }
  const position = places === undefined ? '0' : asPosition(compiler, compiler.value(places)).text;
  return atom(`${name}(${number.text}, CAST(${position} AS INTEGER))`, number.type);
}

function scaled(number: TypedSql, digits: number): Partial<TypedSql> {
  if (typeof number.precision !== 'number' || typeof number.scale !== 'number') return {};
  return { precision: Math.min(38, number.precision + 1), scale: Math.max(0, Math.min(digits, number.scale)) };
}

function randSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  compiler.warn(`RAND gives other values on every run${args.length > 0 ? '; its seed is left out' : ''}`, 0.7);
  return atom('random()', 'double');
}

function convertBaseSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  compiler.assume('CONVERT_BASE is for whole numbers that are not negative', 0.85);
  const [value, from, to] = [
    coerce.text(compiler, argument(args, 0)),
    coerce.position(compiler, argument(args, 1)),
    coerce.position(compiler, argument(args, 2)),
  ];
  return compiler.macro('pc_convert_base', 'string', value.text, from.text, to.text);
}

export const numericFunctions: FunctionTable = {
  ABS: sameType('abs'),
  CEIL: {
    arity: [1, 1],
    translate: (compiler, args) => wholeNumber('ceil', coerce.number(compiler, argument(args, 0))),
  },
  FLOOR: {
    arity: [1, 1],
    translate: (compiler, args) => wholeNumber('floor', coerce.number(compiler, argument(args, 0))),
  },
  EXP: ofDouble('exp'),
  COS: ofDouble('cos'),
  COSH: ofDouble('cosh'),
  SIN: ofDouble('sin'),
  SINH: ofDouble('sinh'),
  TAN: ofDouble('tan'),
  TANH: ofDouble('tanh'),
  LN: withDomain('ln', '> 0'),
  SQRT: withDomain('sqrt', '>= 0'),
  LOG: { arity: [2, 2], translate: logSql },
  SIGN: {
    arity: [1, 1],
    translate: (compiler, args) =>
      atom(`CAST(sign(${coerce.number(compiler, argument(args, 0)).text}) AS INTEGER)`, 'integer'),
  },
  POWER: {
    arity: [2, 2],
    translate: (compiler, args) =>
      atom(
        `power(${coerce.number(compiler, argument(args, 0)).text}, ${coerce.number(compiler, argument(args, 1)).text})`,
        'double',
      ),
  },
  MOD: {
    arity: [2, 2],
    translate: (compiler, args) =>
      arithmeticSql(
        compiler,
        '%',
        coerce.number(compiler, argument(args, 0)),
        coerce.number(compiler, argument(args, 1)),
      ),
  },
  ROUND: { arity: [1, 2], translate: roundingSql('round') },
  TRUNC: { arity: [1, 2], translate: roundingSql('trunc') },
  RAND: { arity: [0, 1], translate: randSql },
  CONVERT_BASE: { arity: [3, 3], translate: convertBaseSql },
  CONV: { arity: [3, 3], translate: convertBaseSql },
};

function wholeNumber(name: 'ceil' | 'floor', number: TypedSql): TypedSql {
  if (number.type === 'integer' || number.type === 'bigint') return number;
  return atom(
    `${name}(${number.text})`,
    number.type,
    number.type === 'decimal' ? { precision: number.precision ?? null, scale: 0 } : {},
  );
}
