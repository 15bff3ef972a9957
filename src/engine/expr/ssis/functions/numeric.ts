/** Functions of numbers; what has no result is an error of the row. */
import type { Expr } from '../../ast.ts';
import type { ScalarType } from '../../environment.ts';
import type { Compiler, FunctionTable } from '../../compiler.ts';
import { atom, strength, within, type TypedSql } from '../../typed-sql.ts';
import { atLeast, literalNumber, numberArgument, wholeArgument } from './arguments.ts';

type Translate = (compiler: Compiler, args: readonly Expr[]) => TypedSql;

function plain(name: string, type: ScalarType | null): Translate {
  return (compiler, args) => {
    const value = numberArgument(compiler, args, 0);
    return atom(`${name}(${value.text})`, type ?? value.type, value.notNull === true ? { notNull: true } : {});
  };
}

/** A function that has a result for numbers above a limit only. */
function limited(name: string, test: '> 0' | '>= 0'): Translate {
  return (compiler, args) => {
    const value = numberArgument(compiler, args, 0);
    const literal = literalNumber(value);
    if (literal !== null && (test === '> 0' ? literal > 0 : literal >= 0))
      return atom(`${name}(${value.text})`, 'double', { notNull: true });
    const operand = within(value, strength.concat);
    compiler.rowError({ text: `NOT ${operand} ${test}`, type: 'boolean', strength: strength.not });
    return atom(`CASE WHEN ${operand} ${test} THEN ${name}(${value.text}) END`, 'double');
  };
}

export const numericFunctions: FunctionTable = {
  ABS: { arity: [1, 1], translate: plain('abs', null) },
  CEILING: { arity: [1, 1], translate: plain('ceil', null) },
  EXP: { arity: [1, 1], translate: plain('exp', 'double') },
  FLOOR: { arity: [1, 1], translate: plain('floor', null) },
  HEX: {
    arity: [1, 1],
    translate: (compiler, args) => {
      const value = wholeArgument(compiler, args, 0);
      // A negative DT_I4 has eight digits; DuckDB writes sixteen.
      const small = value.type === 'integer' && (literalNumber(value) ?? -1) < 0;
      return atom(small ? `hex(CAST(${value.text} AS BIGINT) & 4294967295)` : `hex(${value.text})`, 'string');
    },
  },
  LN: { arity: [1, 1], translate: limited('ln', '> 0') },
  LOG: { arity: [1, 1], translate: limited('log10', '> 0') },
  POWER: {
    arity: [2, 2],
    translate: (compiler, args) =>
      atom(`power(${numberArgument(compiler, args, 0).text}, ${numberArgument(compiler, args, 1).text})`, 'double'),
  },
  ROUND: {
    arity: [2, 2],
    translate: (compiler, args) => {
      const value = numberArgument(compiler, args, 0);
      const places = wholeArgument(compiler, args, 1);
      atLeast(compiler, places, 0, [value]);
      compiler.assume('ROUND rounds half away from zero', 0.95);
      return atom(`round(${value.text}, ${places.text})`, value.type);
    },
  },
  SIGN: { arity: [1, 1], translate: plain('sign', 'integer') },
  SQRT: { arity: [1, 1], translate: limited('sqrt', '>= 0') },
  SQUARE: {
    arity: [1, 1],
    translate: (compiler, args) => {
      const value = numberArgument(compiler, args, 0);
      const factor = within(value, strength.unary);
      return {
        ...value,
        text: `${factor} * ${factor.startsWith('-') ? `(${factor})` : factor}`,
        strength: strength.multiply,
      };
    },
  },
};
