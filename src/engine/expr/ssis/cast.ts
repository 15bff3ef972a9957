/** Casts, explicit and implied. A value that cannot be converted is NULL here and a row error beside it. */
import { quoteLiteral } from '../../core/text.ts';
import type { Compiler } from '../compiler.ts';
import { isNumeric } from '../environment.ts';
import {
  atom,
  isNullLiteral,
  strength,
  textByType,
  within,
  withoutTrailingZeros,
  type TypedSql,
} from '../typed-sql.ts';
import { boundedLength, isTextType, toScalarType, toSqlType, type SsisType } from './data-types.ts';

/** Formats in which dates stand in texts besides ISO. */
const dateFormats: Readonly<Record<string, string>> = {
  mdy: "['%m/%d/%Y %I:%M:%S %p', '%m/%d/%Y %H:%M:%S', '%m/%d/%Y %H:%M', '%m/%d/%Y', '%Y%m%d']",
  dmy: "['%d/%m/%Y %I:%M:%S %p', '%d/%m/%Y %H:%M:%S', '%d/%m/%Y %H:%M', '%d/%m/%Y', '%d.%m.%Y %H:%M:%S', '%d.%m.%Y', '%Y%m%d']",
};

function typed(text: string, type: SsisType, more: Partial<TypedSql> = {}): TypedSql {
  const sized =
    toScalarType(type) === 'decimal'
      ? { precision: type.precision ?? 28, scale: type.name === 'cy' ? 4 : (type.scale ?? 0) }
      : {};
  return atom(text, toScalarType(type), { native: type.name, ...sized, ...more });
}

export function nullOf(type: SsisType): TypedSql {
  return typed(`CAST(NULL AS ${toSqlType(type)})`, type, { literal: null });
}

/** A date or time as text: ISO, with a fraction of nine digits where it is not zero. */
function dateAsText(compiler: Compiler, value: TypedSql): string {
  const native = value.native ?? 'dbtimestamp';
  if (native === 'dbdate') return `strftime(${value.text}, '%Y-%m-%d')`;
  if (native === 'dbtime' || native === 'dbtime2') return `CAST(${value.text} AS VARCHAR)`;
  if (native === 'date') {
    compiler.assume('DT_DATE turns to text in the format of the locale en-US', 0.85);
    const whole = `strftime(${value.text}, '%-m/%-d/%Y')`;
    return `CASE WHEN ${within(value, strength.concat)} = date_trunc('day', ${value.text}) THEN ${whole} ELSE strftime(${value.text}, '%-m/%-d/%Y %-I:%M:%S %p') END`;
  }
  compiler.assume(
    'DT_DBTIMESTAMP turns to text with nine digits of a fraction, and without one where it is zero',
    0.92,
  );
  return `CASE WHEN epoch_us(${value.text}) % 1000000 = 0 THEN strftime(${value.text}, '%Y-%m-%d %H:%M:%S') ELSE strftime(${value.text}, '%Y-%m-%d %H:%M:%S.%n') END`;
}

function textOf(compiler: Compiler, value: TypedSql): string {
  switch (value.type) {
    case 'string':
      return value.text;
    case 'boolean':
      return `CASE WHEN ${value.text} THEN 'True' WHEN NOT ${within(value, strength.not)} THEN 'False' END`;
    case 'date':
      return dateAsText(compiler, value);
    case 'decimal':
      if (value.scale === 0) return `CAST(${value.text} AS VARCHAR)`;
      compiler.assume('Decimals turn to text without trailing zeros', 0.92);
      return withoutTrailingZeros(`CAST(${value.text} AS VARCHAR)`);
    case 'double':
      compiler.assume('Floats turn to text with at most 15 significant digits', 0.92);
      return `format('{:.15g}', ${value.text})`;
    case 'binary':
      compiler.assume('DT_BYTES turn to text as hexadecimal digits', 0.85);
      return `hex(${value.text})`;
    case 'unknown':
      return value.simple === true && !value.text.startsWith('getvariable(')
        ? textByType(value.text, 'DOUBLE|FLOAT|DECIMAL')
        : `CAST(${value.text} AS VARCHAR)`;
    default:
      return `CAST(${value.text} AS VARCHAR)`;
  }
}

/** Windows-1252 has Latin-1 and these. */
const outsideOf1252 =
  '[^\\x{00}-\\x{7f}\\x{a0}-\\x{ff}\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]';

function inCodePage(compiler: Compiler, text: string, type: SsisType): string {
  if (type.name !== 'str' || compiler.setting('ssis.code_page') === 'none') return text;
  return `regexp_replace(${text}, ${quoteLiteral(outsideOf1252)}, '?', 'g')`;
}

function toText(compiler: Compiler, value: TypedSql, type: SsisType): TypedSql {
  const length = boundedLength(type);
  if (
    typeof value.literal === 'string' &&
    value.type === 'string' &&
    (length === null || value.literal.length <= length)
  )
    return { ...value, native: type.name };
  const text = inCodePage(compiler, textOf(compiler, value), type);
  return typed(
    length === null ? text : `left(${text}, ${length})`,
    type,
    value.notNull === true ? { notNull: true } : {},
  );
}

/** What may fail: the NULL of TRY_CAST where the value was not NULL is a row error. */
function attempted(compiler: Compiler, value: TypedSql, type: SsisType, text: string): TypedSql {
  if (typeof value.literal !== 'string' || value.type === 'string' || isBeyond(value, type)) {
    compiler.rowError({
      text: `${within(value, strength.concat)} IS NOT NULL AND ${text} IS NULL`,
      type: 'boolean',
      strength: strength.and,
    });
  }
  return typed(text, type);
}

function toDate(compiler: Compiler, value: TypedSql, type: SsisType): TypedSql {
  const sqlType = toSqlType(type);
  if (value.type === 'string' || value.type === 'unknown') {
    const formats = dateFormats[compiler.setting('ssis.date_order')];
    const plain = `TRY_CAST(${value.text} AS ${sqlType})`;
    const text = value.type === 'string' ? value.text : `CAST(${value.text} AS VARCHAR)`;
    return attempted(
      compiler,
      value,
      type,
      sqlType === 'TIME' ? plain : `coalesce(${plain}, CAST(try_strptime(${text}, ${formats}) AS ${sqlType}))`,
    );
  }
  if (isNumeric(value.type)) {
    compiler.assume('A number cast to a date counts days from 1899-12-30', 0.85);
    return typed(
      `CAST(TIMESTAMP '1899-12-30' + to_microseconds(CAST(round(${value.text} * 86400000000) AS BIGINT)) AS ${sqlType})`,
      type,
    );
  }
  return typed(`CAST(${value.text} AS ${sqlType})`, type, value.notNull === true ? { notNull: true } : {});
}

const ranks: ReadonlyMap<string, number> = new Map([
  ['i1', 1],
  ['ui1', 2],
  ['i2', 3],
  ['ui2', 4],
  ['i4', 5],
  ['ui4', 6],
  ['i8', 7],
  ['ui8', 8],
  ['decimal', 9],
  ['numeric', 9],
  ['r8', 10],
]);

/** Types that refuse what lies outside their range; the result is kept in a wider signed type. */
const unsigned: ReadonlyMap<string, string> = new Map([
  ['ui1', 'UTINYINT'],
  ['ui2', 'USMALLINT'],
  ['ui4', 'UINTEGER'],
  ['ui8', 'UBIGINT'],
]);

function tried(text: string, type: SsisType): string {
  const limit = unsigned.get(type.name);
  return `TRY_CAST(${limit === undefined ? text : `TRY_CAST(${text} AS ${limit})`} AS ${toSqlType(type)})`;
}

/** Whether a number that is written out may be beyond the range of an unsigned type. */
function isBeyond(value: TypedSql, type: SsisType): boolean {
  return unsigned.has(type.name) && !(Number(value.literal) >= 0 && Number(value.literal) <= 255);
}

function isWidening(value: TypedSql, type: SsisType): boolean {
  const from = ranks.get(value.native ?? (value.type === 'integer' ? 'i4' : value.type === 'bigint' ? 'i8' : ''));
  const to = ranks.get(type.name);
  return (
    from !== undefined &&
    to !== undefined &&
    (!unsigned.has(type.name) || unsigned.has(value.native ?? '')) &&
    to >= from &&
    from < 9 &&
    (to !== 9 || (type.precision ?? 18) - (type.scale ?? 0) >= 19)
  );
}

function toNumber(compiler: Compiler, value: TypedSql, type: SsisType): TypedSql {
  const sqlType = toSqlType(type);
  const whole = toScalarType(type) === 'integer' || toScalarType(type) === 'bigint';
  if (value.type === 'boolean') return typed(`CAST(${value.text} AS ${sqlType})`, type);
  if (value.type === 'string') return attempted(compiler, value, type, tried(value.text, type));
  if (whole && (value.type === 'double' || value.type === 'decimal' || value.type === 'unknown')) {
    compiler.assume('A cast to an integer rounds half away from zero', 0.9);
    const number = value.type === 'unknown' ? `TRY_CAST(${value.text} AS DECIMAL(38,10))` : value.text;
    return attempted(compiler, value, type, tried(`round(${number}, 0)`, type));
  }
  if ((typeof value.literal === 'string' && !isBeyond(value, type)) || isWidening(value, type))
    return typed(`CAST(${value.text} AS ${sqlType})`, type, value.notNull === true ? { notNull: true } : {});
  if (value.type === 'date') {
    compiler.assume('A date cast to a number counts days from 1899-12-30', 0.85);
    return typed(
      `CAST(date_diff('microsecond', TIMESTAMP '1899-12-30', CAST(${value.text} AS TIMESTAMP)) / 86400000000.0 AS ${sqlType})`,
      type,
    );
  }
  return attempted(compiler, value, type, tried(value.text, type));
}

function toBoolean(compiler: Compiler, value: TypedSql, type: SsisType): TypedSql {
  if (value.type === 'boolean') return value;
  if (typeof value.literal === 'string' && /^(?:true|false)$/i.test(value.literal))
    return typed(value.literal.toUpperCase(), type, { notNull: true });
  if (isNumeric(value.type))
    return { ...typed('', type), text: `${within(value, strength.concat)} <> 0`, strength: strength.comparison };
  const text = value.type === 'unknown' ? `CAST(${value.text} AS VARCHAR)` : value.text;
  return attempted(
    compiler,
    value,
    type,
    `CASE lower(${text}) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE ELSE TRY_CAST(${text} AS DOUBLE) <> 0 END`,
  );
}

/** `value` as `type`, as an explicit cast does it: texts are cut to their length without a word. */
export function castTo(compiler: Compiler, value: TypedSql, type: SsisType): TypedSql {
  if (isNullLiteral(value)) return nullOf(type);
  if (isTextType(type)) return toText(compiler, value, type);
  const scalar = toScalarType(type);
  if (scalar === 'unknown') {
    compiler.warn(`The type DT_${type.name.toUpperCase()} is not known`, 0.4);
    return value;
  }
  if (scalar === 'date') return toDate(compiler, value, type);
  if (scalar === 'boolean') return toBoolean(compiler, value, type);
  if (scalar === 'binary')
    return typed(value.type === 'string' ? `encode(${value.text})` : `CAST(${value.text} AS BLOB)`, type);
  return toNumber(compiler, value, type);
}

/** A value where a text is needed. SSIS has no implied conversion, so that another type is doubtful. */
export function asText(compiler: Compiler, value: TypedSql): TypedSql {
  if (value.type === 'string' || value.type === 'unknown' || isNullLiteral(value)) return value;
  compiler.warn(`A text is needed where the value is a ${value.type}; it is converted`, 0.8);
  return atom(textOf(compiler, value), 'string');
}

/** A value where a number is needed. */
export function asNumber(compiler: Compiler, value: TypedSql): TypedSql {
  if (isNumeric(value.type) || value.type === 'unknown' || isNullLiteral(value)) return value;
  if (value.type === 'boolean') return atom(`CAST(${value.text} AS INTEGER)`, 'integer');
  compiler.warn(`A number is needed where the value is a ${value.type}; it is converted`, 0.8);
  const text = `TRY_CAST(${value.text} AS DOUBLE)`;
  return value.type === 'string'
    ? attempted(compiler, value, { name: 'r8', length: null, precision: null, scale: null }, text)
    : value;
}

/** A value where a condition is needed. */
export function asCondition(value: TypedSql): TypedSql {
  if (!isNumeric(value.type)) return value;
  return { text: `${within(value, strength.concat)} <> 0`, type: 'boolean', strength: strength.comparison };
}
