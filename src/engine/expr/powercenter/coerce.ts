/** Implicit conversions of PowerCenter: each function takes a value to the type its place needs. */
import { quoteLiteral } from '../../core/text.ts';
import type { Expr } from '../ast.ts';
import { isNumeric, type ScalarType } from '../environment.ts';
import { atom, isNullLiteral, strength, within, withoutTrailingZeros, type TypedSql } from '../typed-sql.ts';
import type { Compiler } from '../compiler.ts';
import { formatDate, parseDate } from './date-format.ts';

const plainNumber = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)\s*$/;

/** A number of text as PowerCenter writes it: no trailing zeros, at most 15 significant digits of a double. */
function numberAsText(compiler: Compiler, sql: TypedSql): TypedSql {
  switch (sql.type) {
    case 'boolean':
      return atom(`CAST(${asInteger(sql).text} AS VARCHAR)`, 'string');
    case 'double':
      compiler.assume('Doubles turn to text with at most 15 significant digits');
      return atom(`format('{:.15g}', ${sql.text})`, 'string');
    case 'decimal': {
      if (sql.scale === 0) return atom(`CAST(${sql.text} AS VARCHAR)`, 'string');
      compiler.assume('Decimals turn to text without trailing zeros');
      const text = `CAST(${sql.text} AS VARCHAR)`;
      return typeof sql.scale === 'number'
        ? atom(`rtrim(rtrim(${text}, '0'), '.')`, 'string')
        : atom(withoutTrailingZeros(text), 'string');
    }
    default:
      return atom(`CAST(${sql.text} AS VARCHAR)`, 'string');
  }
}

export function asText(compiler: Compiler, sql: TypedSql): TypedSql {
  if (isNullLiteral(sql)) return atom('CAST(NULL AS VARCHAR)', 'string', { literal: null });
  if (sql.type === 'string' || sql.type === 'unknown') return sql;
  if (sql.type === 'date') return formatDate(compiler, sql, compiler.env.settings.dateFormat);
  if (sql.type === 'binary') {
    compiler.warn('A binary value is used as text', 0.6);
    return atom(`decode(${sql.text})`, 'string');
  }
  return numberAsText(compiler, sql);
}

function asInteger(sql: TypedSql): TypedSql {
  if (typeof sql.literal === 'boolean')
    return atom(sql.literal ? '1' : '0', 'integer', { literal: sql.literal ? '1' : '0', notNull: true });
  return atom(`CAST(${sql.text} AS INTEGER)`, 'integer');
}

export function asNumber(compiler: Compiler, sql: TypedSql): TypedSql {
  if (isNullLiteral(sql) || isNumeric(sql.type) || sql.type === 'unknown') return sql;
  if (sql.type === 'boolean') return asInteger(sql);
  if (sql.type === 'string') {
    if (typeof sql.literal === 'string' && plainNumber.test(sql.literal))
      return numberLiteral(sql.literal.trim().replace(/^\+/, ''));
    compiler.assume('Text in a calculation counts as its numeric prefix, or 0');
    return { ...compiler.macro('pc_num_prefix', 'decimal', sql.text), precision: 38, scale: 10 };
  }
  compiler.warn(`A ${sql.type} value is used as a number`, 0.3);
  return sql;
}

/** A position or count: whole numbers stay, others are rounded. */
export function asPosition(compiler: Compiler, sql: TypedSql): TypedSql {
  const number = asNumber(compiler, sql);
  if (isNullLiteral(number)) return atom('CAST(NULL AS BIGINT)', 'bigint', { literal: null });
  if (number.type === 'integer' || number.type === 'bigint' || number.type === 'unknown') return number;
  return atom(`CAST(round(${number.text}, 0) AS BIGINT)`, 'bigint');
}

export function asDate(compiler: Compiler, sql: TypedSql): TypedSql {
  if (isNullLiteral(sql)) return atom('CAST(NULL AS TIMESTAMP)', 'date', { literal: null });
  if (sql.type === 'unknown' && sql.text.startsWith('getvariable('))
    return atom(`CAST(${sql.text} AS TIMESTAMP)`, 'date');
  if (sql.type === 'date' || sql.type === 'unknown') return sql;
  if (sql.type === 'string') {
    const format = compiler.setting('powercenter.date_format', compiler.env.settings.dateFormat);
    return parseDate(compiler, sql, format, true);
  }
  compiler.warn(`A ${sql.type} value is used as a date`, 0.3);
  return sql;
}

/** 0 and NULL are false, any other number is true. */
export function asCondition(compiler: Compiler, sql: TypedSql): TypedSql {
  if (sql.type === 'boolean' || isNullLiteral(sql)) return sql;
  if (sql.type === 'unknown' || sql.type === 'string') {
    compiler.warn(
      'A value that may not be a number is used as a condition; it is taken as a number that is not 0',
      0.8,
    );
  }
  const number = asNumber(compiler, sql);
  return { text: `${within(number, strength.concat)} <> 0`, type: 'boolean', strength: strength.comparison };
}

const dateName =
  /(?:^|_)(?:date|dt|dte|dttm|datetime|timestamp|tmstmp|tstamp|ts|at|day|dob|time)(?:_?(?:in|out|\d{1,2}))?$|(?:date|dt|datetime|timestamp)\d{0,2}$|^(?:in_|i_|o_|v_)?(?:date|dt|ts)_/i;

/** True for a column of unknown type whose name says that it is a date; noted as an assumption. */
export function seemsDate(compiler: Compiler, expr: Expr, sql: TypedSql): boolean {
  if (sql.type !== 'unknown' || expr.kind !== 'column') return false;
  if (!dateName.test(expr.name)) return false;
  compiler.assume(`${expr.name} is a date, by its name`, 0.85);
  return true;
}

export function numberLiteral(text: string): TypedSql {
  const negative = text.startsWith('-');
  const more = {
    literal: text,
    notNull: true,
    simple: true,
    strength: negative ? strength.unary : strength.atom,
  } as const;
  if (/e/i.test(text)) return atom(text, 'double', more);
  const padded = text.replace(/^(-?)\./, '$10.').replace(/\.$/, '');
  const digits = padded.replace(/^-/, '');
  const point = digits.indexOf('.');
  if (digits.length > 38) return atom(`${padded}e0`, 'double', more);
  if (point !== -1)
    return atom(padded, 'decimal', { ...more, precision: digits.length - 1, scale: digits.length - 1 - point });
  if (digits.length > 18) return atom(padded, 'decimal', { ...more, precision: digits.length, scale: 0 });
  return atom(padded, digits.length > 9 ? 'bigint' : 'integer', { ...more, precision: digits.length, scale: 0 });
}

export function textLiteral(value: string): TypedSql {
  return atom(quoteLiteral(value), 'string', { literal: value, notNull: true, simple: true });
}

const numericOrder: readonly ScalarType[] = ['integer', 'bigint', 'decimal', 'double'];

/** The type that the results of IIF, DECODE and the like share. */
function sharedType(values: readonly TypedSql[]): ScalarType {
  let shared: ScalarType | null = null;
  for (const value of values) {
    if (isNullLiteral(value)) continue;
    shared = shared === null ? value.type : widerType(shared, value.type);
  }
  return shared ?? 'unknown';
}

function widerType(a: ScalarType, b: ScalarType): ScalarType {
  if (a === b) return a;
  if (a === 'unknown' || b === 'unknown') return 'unknown';
  if (a === 'boolean' && isNumeric(b)) return b;
  if (b === 'boolean' && isNumeric(a)) return a;
  if (isNumeric(a) && isNumeric(b))
    return numericOrder[Math.max(numericOrder.indexOf(a), numericOrder.indexOf(b))] ?? 'double';
  return 'string';
}

/** Brings the results of several branches to one type. */
export function unified(
  compiler: Compiler,
  values: readonly TypedSql[],
): { type: ScalarType; values: readonly TypedSql[] } {
  const type = sharedType(values);
  const mixed = values.some(
    (value) => !isNullLiteral(value) && value.type !== type && !(isNumeric(value.type) && isNumeric(type)),
  );
  if (!mixed) return { type, values };
  if (type === 'unknown') return { type, values };
  if (type === 'string') compiler.warn('The branches give values of different types; they are brought to text', 0.75);
  const convert = (value: TypedSql): TypedSql => {
    if (isNullLiteral(value) || value.type === type) return value;
    if (type === 'string') return asText(compiler, value);
    return value.type === 'boolean' ? asInteger(value) : value;
  };
  return { type, values: values.map(convert) };
}

/** The two sides of a comparison at one type. */
export function comparable(compiler: Compiler, left: TypedSql, right: TypedSql): readonly [TypedSql, TypedSql] {
  const a = left.type;
  const b = right.type;
  if (a === b || a === 'unknown' || b === 'unknown' || isNullLiteral(left) || isNullLiteral(right))
    return [left, right];
  if (isNumeric(a) && isNumeric(b)) return [left, right];
  if (a === 'date' || b === 'date') {
    if (a === 'string' || b === 'string') return [asDate(compiler, left), asDate(compiler, right)];
    compiler.warn(`A ${a} is compared with a ${b}`, 0.3);
    return [left, right];
  }
  return [asNumber(compiler, left), asNumber(compiler, right)];
}

/** Text in a place that numbers take as well: a value of unknown type is cast, because DuckDB does not do it. */
export function asWritten(compiler: Compiler, sql: TypedSql): TypedSql {
  const text = asText(compiler, sql);
  return text.type === 'unknown' ? atom(`CAST(${text.text} AS VARCHAR)`, 'string') : text;
}

export const coerce = {
  written: (compiler: Compiler, expr: Expr): TypedSql => asWritten(compiler, compiler.value(expr, 'text')),
  text: (compiler: Compiler, expr: Expr): TypedSql => asText(compiler, compiler.value(expr, 'text')),
  number: (compiler: Compiler, expr: Expr): TypedSql => asNumber(compiler, compiler.value(expr, 'number')),
  position: (compiler: Compiler, expr: Expr): TypedSql => asPosition(compiler, compiler.value(expr, 'number')),
  date: (compiler: Compiler, expr: Expr): TypedSql => asDate(compiler, compiler.value(expr, 'date')),
  condition: (compiler: Compiler, expr: Expr): TypedSql => asCondition(compiler, compiler.value(expr)),
} as const;
