/** What databases call the types of values that a query makes, and the type of two values put together. */
import type { Dialect } from '../../../shared/model/schema.ts';
import { normaliseType, type NormalisedType } from '../types/normalise-type.ts';

/** The kinds of value that literals, operators and functions give. */
export type ValueKind =
  | 'integer'
  | 'bigint'
  | 'number'
  | 'float'
  | 'text'
  | 'boolean'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'zoned'
  | 'interval'
  | 'binary'
  | 'json'
  | 'array'
  | 'uuid';

const names: Readonly<Record<ValueKind, string>> = {
  integer: 'INTEGER',
  bigint: 'BIGINT',
  number: 'DECIMAL(38,6)',
  float: 'DOUBLE PRECISION',
  text: 'VARCHAR',
  boolean: 'BOOLEAN',
  date: 'DATE',
  time: 'TIME',
  timestamp: 'TIMESTAMP',
  zoned: 'TIMESTAMP WITH TIME ZONE',
  interval: 'INTERVAL',
  binary: 'VARBINARY',
  json: 'JSON',
  array: 'ARRAY',
  uuid: 'UUID',
};

type Names = Readonly<Partial<Record<ValueKind, string>>>;
const batch: Names = {
  float: 'FLOAT',
  boolean: 'BIT',
  timestamp: 'DATETIME',
  zoned: 'DATETIME',
  uuid: 'UNIQUEIDENTIFIER',
};
const perDialect: Readonly<Partial<Record<Dialect, Names>>> = {
  oracle: {
    bigint: 'INTEGER',
    number: 'NUMBER',
    float: 'NUMBER',
    text: 'VARCHAR2',
    binary: 'RAW(16)',
    uuid: 'RAW(16)',
  },
  sqlserver: { ...batch, json: 'NVARCHAR(MAX)' },
  sybase: batch,
  mysql: { float: 'DOUBLE', boolean: 'TINYINT(1)', timestamp: 'DATETIME', zoned: 'DATETIME', uuid: 'VARCHAR(36)' },
  postgres: { number: 'NUMERIC', text: 'text', binary: 'bytea' },
  db2: { number: 'DECIMAL(31,6)', float: 'DOUBLE', zoned: 'TIMESTAMP' },
  snowflake: {
    bigint: 'NUMBER(38,0)',
    float: 'FLOAT',
    timestamp: 'TIMESTAMP_NTZ',
    zoned: 'TIMESTAMP_LTZ',
    binary: 'BINARY',
    json: 'VARIANT',
  },
  teradata: { float: 'FLOAT' },
  sqlite: {
    bigint: 'INTEGER',
    float: 'REAL',
    text: 'TEXT',
    boolean: 'INTEGER',
    date: 'TEXT',
    time: 'TEXT',
    timestamp: 'TEXT',
    zoned: 'TEXT',
    binary: 'BLOB',
    json: 'TEXT',
  },
  spark: { float: 'DOUBLE', text: 'STRING', zoned: 'TIMESTAMP', binary: 'BINARY', json: 'STRING', uuid: 'STRING' },
  duckdb: { float: 'DOUBLE', binary: 'BLOB' },
};

/** The name of a kind of value in a dialect. */
export function typeOfKind(kind: ValueKind, dialect: Dialect | null): string {
  return (dialect === null ? undefined : perDialect[dialect]?.[kind]) ?? names[kind];
}

/** Databases whose division of whole numbers gives a whole number. */
const wholeDivision: ReadonlySet<Dialect | null> = new Set([
  'postgres',
  'redshift',
  'sqlserver',
  'sybase',
  'db2',
  'teradata',
  'sqlite',
  'ansi',
]);
const floatDivision: ReadonlySet<Dialect | null> = new Set(['spark', 'duckdb']);
/** A day and an interval make a point in time. */
const timedDates: ReadonlySet<Dialect | null> = new Set(['postgres', 'redshift', 'duckdb']);
const temporal: ReadonlySet<string> = new Set(['date', 'time', 'timestamp']);
const minDivisionScale = 6;

/** The type of `left operator right`, for `+ - * / %`; empty where it cannot be told. */
export function arithmeticType(left: string, operator: string, right: string, dialect: Dialect | null): string {
  const [a, b] = [normaliseType(left, dialect), normaliseType(right, dialect)];
  if (temporal.has(a.type))
    return operator === '-' && temporal.has(b.type) ? difference(a, b, dialect) : moved(left, a, b, dialect);
  if (temporal.has(b.type) && operator === '+') return moved(right, b, a, dialect);
  if (
    operator === '+' &&
    (dialect === 'sqlserver' || dialect === 'sybase') &&
    (a.type === 'string' || b.type === 'string')
  )
    return joined(left, right);
  if (a.type === 'interval' && left !== '') return left;
  if (left === '' || right === '') return '';
  return numericType(left, operator, right, dialect);
}

/** T-SQL puts texts together with a plus; one with national characters makes the whole so. */
function joined(left: string, right: string): string {
  return /^\W?(?:sys\W+)?n(?:var)?(?:char|text)/i.test(left) || /^\W?n(?:var)?(?:char|text)/i.test(right)
    ? 'NVARCHAR'
    : 'VARCHAR';
}

/** A date or time moved by a number or an interval. */
function moved(raw: string, type: NormalisedType, by: NormalisedType, dialect: Dialect | null): string {
  return type.type === 'date' && by.type === 'interval' && timedDates.has(dialect)
    ? typeOfKind('timestamp', dialect)
    : raw;
}

function difference(a: NormalisedType, b: NormalisedType, dialect: Dialect | null): string {
  if (dialect === 'oracle') return a.timeZone || b.timeZone ? 'INTERVAL' : 'NUMBER';
  const dates = a.type === 'date' && b.type === 'date';
  if (dialect === 'db2') return dates ? 'DECIMAL(8,0)' : 'DECIMAL(20,6)';
  return dates ? typeOfKind('integer', dialect) : typeOfKind('interval', dialect);
}

function numericType(left: string, operator: string, right: string, dialect: Dialect | null): string {
  const [a, b] = [normaliseType(left, dialect), normaliseType(right, dialect)];
  const kinds = new Set([a.type, b.type]);
  if (![...kinds].every((kind) => kind === 'integer' || kind === 'decimal' || kind === 'float')) return '';
  if (kinds.has('float')) return typeOfKind('float', dialect);
  if (dialect === 'oracle') return operator === '/' || kinds.has('decimal') ? 'NUMBER' : wider(left, a, right, b);
  if (operator === '/' && floatDivision.has(dialect)) return typeOfKind('float', dialect);
  if (!kinds.has('decimal') && (operator !== '/' || wholeDivision.has(dialect))) return wider(left, a, right, b);
  const scales = [a.scale, b.scale];
  if (scales.includes(null)) return typeOfKind('number', dialect);
  return decimalOf(resultScale(operator, a.scale ?? 0, b.scale ?? 0), dialect);
}

function resultScale(operator: string, a: number, b: number): number {
  if (operator === '*') return a + b;
  return operator === '/' ? Math.max(minDivisionScale, a) : Math.max(a, b);
}

const wider = (left: string, a: NormalisedType, right: string, b: NormalisedType): string =>
  (b.precision ?? 0) > (a.precision ?? 0) ? right : left;

/** A decimal of the largest width; PostgreSQL and Oracle do not say one. */
function decimalOf(scale: number, dialect: Dialect | null): string {
  if (dialect === 'postgres' || dialect === 'oracle') return typeOfKind('number', dialect);
  return `DECIMAL(${dialect === 'db2' ? 31 : 38},${Math.max(0, scale)})`;
}

/** The type of a sum of values of a type. */
export function sumType(raw: string, dialect: Dialect | null): string {
  const { type, scale } = normaliseType(raw, dialect);
  if (type === 'integer') return typeOfKind('bigint', dialect);
  if (type === 'decimal') return scale === null ? typeOfKind('number', dialect) : decimalOf(scale, dialect);
  return type === 'float' || type === 'interval' ? raw : '';
}

const wholeAverages: ReadonlySet<Dialect | null> = new Set(['sqlserver', 'sybase', 'db2', 'redshift']);
const floatAverages: ReadonlySet<Dialect | null> = new Set(['spark', 'duckdb', 'teradata', 'sqlite']);

/** The type of an average of values of a type. */
export function averageType(raw: string, dialect: Dialect | null): string {
  const { type, scale } = normaliseType(raw, dialect);
  if (type === 'float' || (type === 'integer' && wholeAverages.has(dialect))) return raw;
  if (type !== 'integer' && type !== 'decimal') return '';
  if (floatAverages.has(dialect)) return typeOfKind('float', dialect);
  return scale === null ? typeOfKind('number', dialect) : decimalOf(Math.max(minDivisionScale, scale), dialect);
}
