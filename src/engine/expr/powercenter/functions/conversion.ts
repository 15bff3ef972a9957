/** Conversion functions. */
import type { Expr } from '../../ast.ts';
import { atom, isNullLiteral, strength, within, type TypedSql } from '../../typed-sql.ts';
import { asDate, asNumber, asText, asWritten, coerce, seemsDate } from '../coerce.ts';
import type { Compiler, FunctionTable } from '../../compiler.ts';
import { argument } from '../../translation-state.ts';
import { formatDate, parseDate } from '../date-format.ts';
import { constantInteger, constantText } from './constant.ts';

function toCharSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const value = compiler.value(argument(args, 0), args[1] === undefined ? null : 'date');
  if (args[1] !== undefined) {
    const format = constantText(compiler, 'TO_CHAR', args[1]);
    if (format === null) return atom(`TO_CHAR(${value.text}, ${compiler.value(args[1]).text})`, 'string');
    if (value.type !== 'date' && value.type !== 'unknown' && value.type !== 'string') {
      compiler.warn('TO_CHAR of a number takes no format; the format is left out', 0.6);
      return asText(compiler, value);
    }
    return formatDate(compiler, asDate(compiler, value), format);
  }
  if (seemsDate(compiler, argument(args, 0), value))
    return formatDate(compiler, value, compiler.env.settings.dateFormat);
  if (value.type === 'unknown' && !isNullLiteral(value)) {
    compiler.warn('TO_CHAR of a value of unknown type is that of a number; a date would take the session format', 0.8);
    return asText(compiler, { ...value, type: 'decimal' });
  }
  return asText(compiler, value);
}

function toDateSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const value = compiler.value(argument(args, 0));
  const format = args[1] === undefined ? compiler.env.settings.dateFormat : constantText(compiler, 'TO_DATE', args[1]);
  if (format === null) return atom(`TO_DATE(${value.text}, ${compiler.value(argument(args, 1)).text})`, 'date');
  if (value.type === 'date') {
    compiler.assume('TO_DATE of a date gives the date itself');
    return value;
  }
  return parseDate(compiler, asWritten(compiler, value), format, true);
}

function toIntegerSql(sqlType: 'INTEGER' | 'BIGINT') {
  return (compiler: Compiler, args: readonly Expr[]): TypedSql => {
    const value = compiler.value(argument(args, 0));
    const type = sqlType === 'INTEGER' ? 'integer' : 'bigint';
    if (value.type === 'integer' || (value.type === 'bigint' && type === 'bigint')) return value;
    if (value.type === 'boolean') return atom(`CAST(${value.text} AS ${sqlType})`, type);
    const flag = args[1];
    const truncates = flag !== undefined && (flag.kind === 'boolean' ? flag.value : constantInteger(flag) !== 0);
    if (flag !== undefined && flag.kind !== 'boolean' && constantInteger(flag) === null) {
      compiler.warn('The flag of TO_INTEGER is not a constant; the value is truncated', 0.7);
    }
    const known = value.type !== 'string' && value.type !== 'unknown';
    const number = known ? value : compiler.macro('pc_num_prefix', 'decimal', textOf(value));
    const sql = atom(
      `TRY_CAST(${truncates ? `trunc(${number.text})` : `round(${number.text}, 0)`} AS ${sqlType})`,
      type,
    );
    compiler.rowError(outOfRange(value, sql));
    return sql;
  };
}

/** The row is rejected where a value that is there has no result. */
function outOfRange(value: TypedSql, result: TypedSql): TypedSql {
  return {
    text: `${within(value, strength.concat)} IS NOT NULL AND ${within(result, strength.concat)} IS NULL`,
    type: 'boolean',
    strength: strength.and,
  };
}

/** The numeric prefix of a text; the macro keeps ten decimals. */
function prefixNumber(compiler: Compiler, text: string, scale: number): TypedSql {
  if (scale <= 10) return compiler.macro('pc_num_prefix', 'decimal', text);
  return atom(
    `TRY_CAST(${compiler.macro('pc_num_prefix_text', 'string', text).text} AS DECIMAL(38,${Math.min(scale, 28)}))`,
    'decimal',
  );
}

function toDecimalSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const value = compiler.value(argument(args, 0));
  const scale = args[1] === undefined ? null : constantInteger(args[1]);
  const known = value.type !== 'string' && value.type !== 'unknown' && !isNullLiteral(value);
  const number = known ? asNumber(compiler, value) : prefixNumber(compiler, textOf(value), scale ?? 0);
  if (!known) compiler.rowError(outOfRange(value, number));
  if (args[1] === undefined) return { ...number, type: number.type === 'double' ? 'double' : 'decimal' };
  if (scale === null) {
    compiler.warn('The scale of TO_DECIMAL is not a constant', 0.7);
    return atom(`round(${number.text}, CAST(${coerce.position(compiler, args[1]).text} AS INTEGER))`, 'decimal');
  }
  const size = number.type === 'double' ? {} : { precision: 38, scale: Math.max(0, scale) };
  return atom(`round(${number.text}, ${scale})`, number.type === 'double' ? 'double' : 'decimal', size);
}

const textOf = (value: TypedSql): string => (value.type === 'unknown' ? `CAST(${value.text} AS VARCHAR)` : value.text);

function toFloatSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const value = compiler.value(argument(args, 0));
  if (value.type === 'double') return value;
  if (value.type !== 'string' && value.type !== 'unknown')
    return atom(`CAST(${asNumber(compiler, value).text} AS DOUBLE)`, 'double');
  compiler.assume('TO_FLOAT of text without a number is 0');
  return compiler.macro('pc_num_prefix_double', 'double', textOf(value));
}

export const conversionFunctions: FunctionTable = {
  TO_CHAR: { arity: [1, 2], translate: toCharSql },
  TO_DATE: { arity: [1, 2], translate: toDateSql },
  TO_INTEGER: { arity: [1, 2], translate: toIntegerSql('INTEGER') },
  TO_BIGINT: { arity: [1, 2], translate: toIntegerSql('BIGINT') },
  TO_DECIMAL: { arity: [1, 2], translate: toDecimalSql },
  TO_FLOAT: { arity: [1, 1], translate: toFloatSql },
};
