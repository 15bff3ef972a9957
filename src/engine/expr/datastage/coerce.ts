/** Conversions that DataStage makes by itself where a value of one type stands in the place of another. */
import { quoteLiteral } from '../../core/text.ts';
import type { Expr } from '../ast.ts';
import { isNumeric, type ScalarType } from '../environment.ts';
import { numberLiteral } from '../powercenter/coerce.ts';
import type { Compiler } from '../compiler.ts';
import { sourceSettings } from '../source-settings.ts';
import { atom, isNullLiteral, strength, within, type TypedSql } from '../typed-sql.ts';

export function asText(compiler: Compiler, sql: TypedSql): TypedSql {
  if (isNullLiteral(sql)) return atom('CAST(NULL AS VARCHAR)', 'string', { literal: null });
  if (sql.type === 'string') return sql;
  if (typeof sql.literal === 'string' && isNumeric(sql.type))
    return atom(`'${sql.literal}'`, 'string', { literal: sql.literal, notNull: true });
  if (sql.type === 'boolean') return atom(`CAST(${asInteger(sql).text} AS VARCHAR)`, 'string');
  if (sql.type === 'decimal' || sql.type === 'double')
    compiler.assume('Numbers turn to text without the padding that the source tool may add');
  if (sql.type === 'binary') return atom(`decode(${sql.text})`, 'string');
  return atom(`CAST(${sql.text} AS VARCHAR)`, 'string');
}

function asInteger(sql: TypedSql): TypedSql {
  return atom(`CAST(${sql.text} AS INTEGER)`, 'integer');
}

export function asNumber(compiler: Compiler, sql: TypedSql): TypedSql {
  if (isNullLiteral(sql)) return atom('CAST(NULL AS DECIMAL(38,10))', 'decimal', { literal: null });
  if (isNumeric(sql.type) || sql.type === 'unknown') return sql;
  if (sql.type === 'boolean') return asInteger(sql);
  if (sql.type === 'string') {
    if (typeof sql.literal === 'string' && /^\s*-?(?:\d+\.?\d*|\.\d+)\s*$/.test(sql.literal))
      return numberLiteral(sql.literal.trim());
    compiler.assume('Text that is no number counts as NULL in a calculation', 0.9);
    return atom(`TRY_CAST(${sql.text} AS DECIMAL(38,10))`, 'decimal');
  }
  compiler.warn(`A ${sql.type} value is used as a number`, 0.5);
  return sql;
}

export function asWhole(compiler: Compiler, sql: TypedSql): TypedSql {
  const number = asNumber(compiler, sql);
  if (number.type === 'integer' || number.type === 'bigint' || number.type === 'unknown') return number;
  return atom(`CAST(trunc(${number.text}) AS BIGINT)`, 'bigint');
}

/** `%dd/%mm/%yyyy` as `%d/%m/%Y`. */
const strptimeFormat = (format: string): string =>
  format.replace('%yyyy', '%Y').replace('%mm', '%m').replace('%dd', '%d');

export function asDate(compiler: Compiler, sql: TypedSql): TypedSql {
  if (isNullLiteral(sql)) return atom('CAST(NULL AS TIMESTAMP)', 'date', { literal: null });
  if (sql.type === 'string') {
    const format = compiler.setting('datastage.date_format');
    if (format !== sourceSettings['datastage.date_format'].initial)
      return atom(`try_strptime(${sql.text}, ${quoteLiteral(strptimeFormat(format))})`, 'date');
    return atom(`TRY_CAST(${sql.text} AS TIMESTAMP)`, 'date');
  }
  if (sql.type !== 'date' && sql.type !== 'unknown') compiler.warn(`A ${sql.type} value is used as a date`, 0.5);
  return sql;
}

/** 0, '' and NULL are false, everything else is true. */
export function asCondition(compiler: Compiler, sql: TypedSql): TypedSql {
  if (sql.type === 'boolean' || isNullLiteral(sql)) return sql;
  if (sql.type === 'string') {
    compiler.assume("Text as a condition is true unless it is empty or '0'", 0.9);
    return { text: `${within(sql, strength.concat)} NOT IN ('', '0')`, type: 'boolean', strength: strength.comparison };
  }
  return {
    text: `${within(asNumber(compiler, sql), strength.concat)} <> 0`,
    type: 'boolean',
    strength: strength.comparison,
  };
}

const order: readonly ScalarType[] = ['integer', 'bigint', 'decimal', 'double'];

/** Brings the results of several branches to one type. */
export function unified(
  compiler: Compiler,
  values: readonly TypedSql[],
): { readonly type: ScalarType; readonly values: readonly TypedSql[] } {
  const types = new Set(values.filter((value) => !isNullLiteral(value)).map((value) => value.type));
  const [only] = types;
  if (types.size === 0) return { type: 'unknown', values };
  if (types.size === 1 && only !== undefined) return { type: only, values };
  const list = [...types];
  if (list.every((type) => isNumeric(type) || type === 'boolean')) {
    const numbers = list.map((type) => (type === 'boolean' ? 'integer' : type));
    const widest = order.findLast((type) => numbers.includes(type as never)) ?? 'double';
    return { type: widest, values: values.map((value) => (isNullLiteral(value) ? value : asNumber(compiler, value))) };
  }
  if (list.includes('unknown') && !list.includes('string')) return { type: 'unknown', values };
  compiler.assume('Branches of different types give text', 0.9);
  return { type: 'string', values: values.map((value) => asText(compiler, value)) };
}

/** The two sides of a comparison at one type. */
export function comparable(compiler: Compiler, left: TypedSql, right: TypedSql): readonly [TypedSql, TypedSql] {
  const types = [left.type, right.type];
  if (left.type === right.type || types.includes('unknown') || isNullLiteral(left) || isNullLiteral(right))
    return [left, right];
  if (types.includes('date')) return [asDate(compiler, left), asDate(compiler, right)];
  if (types.includes('binary')) return [asText(compiler, left), asText(compiler, right)];
  return [asNumber(compiler, left), asNumber(compiler, right)];
}

export const coerce = {
  text: (compiler: Compiler, expr: Expr): TypedSql => asText(compiler, compiler.value(expr)),
  number: (compiler: Compiler, expr: Expr): TypedSql => asNumber(compiler, compiler.value(expr)),
  whole: (compiler: Compiler, expr: Expr): TypedSql => asWhole(compiler, compiler.value(expr)),
  date: (compiler: Compiler, expr: Expr): TypedSql => asDate(compiler, compiler.value(expr)),
  any: (compiler: Compiler, expr: Expr): TypedSql => compiler.value(expr),
} as const;
