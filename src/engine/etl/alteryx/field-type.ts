import type { EtlPort } from '../../../shared/model/etl.ts';
import type { Column, TypeFamily } from '../../../shared/model/schema.ts';
import type { ValueKind } from '../../expr/alteryx/value.ts';

/** The type of an Alteryx field. */
export interface FieldType {
  readonly name: string;
  readonly kind: ValueKind;
  readonly sqlType: string;
  /** Characters of text, digits of a FixedDecimal. */
  readonly size: number | null;
  readonly scale: number | null;
}

const fixed: Readonly<Record<string, readonly [ValueKind, string]>> = {
  bool: ['boolean', 'BOOLEAN'],
  byte: ['integer', 'SMALLINT'],
  int16: ['integer', 'SMALLINT'],
  int32: ['integer', 'INTEGER'],
  int64: ['integer', 'BIGINT'],
  float: ['double', 'DOUBLE'],
  double: ['double', 'DOUBLE'],
  date: ['date', 'DATE'],
  datetime: ['datetime', 'TIMESTAMP'],
  time: ['time', 'TIME'],
  blob: ['blob', 'BLOB'],
  spatialobj: ['blob', 'BLOB'],
};

/** Text of this many characters or more has no limit that matters. */
const unbounded = 32_000;

function decimalType(name: string, size: string | null, scale: string | null): FieldType {
  const [whole = '19', part] = (size ?? '19.6').split('.');
  const precision = Math.min(38, Math.max(1, Number.parseInt(whole, 10) || 19));
  const digits = Math.min(precision, Number.parseInt(part ?? scale ?? '6', 10) || 0);
  return { name, kind: 'decimal', sqlType: `DECIMAL(${precision},${digits})`, size: precision, scale: digits };
}

/** The type by its name in the file, e.g. `V_WString` with size 254 or `FixedDecimal` with size `19.6`. */
export function fieldType(name: string, size: string | null, scale: string | null = null): FieldType {
  const known = fixed[name.toLowerCase()];
  if (known !== undefined) return { name, kind: known[0], sqlType: known[1], size: null, scale: null };
  if (/^fixeddecimal$/i.test(name)) return decimalType(name, size, scale);
  const length = Number.parseInt(size ?? '', 10);
  const bounded = Number.isFinite(length) && length > 0 && length < unbounded;
  return {
    name: name === '' ? 'V_WString' : name,
    kind: 'string',
    sqlType: bounded ? `VARCHAR(${length})` : 'VARCHAR',
    size: bounded ? length : null,
    scale: null,
  };
}

export const textType = fieldType('V_WString', null);
/** What a field that the file does not list is taken to be, until its use tells its type. */
export const guessedType: FieldType = { ...textType };
export const int32 = fieldType('Int32', null);
export const int64 = fieldType('Int64', null);
export const double = fieldType('Double', null);

/** A type for values of that kind, where nothing declares one. */
export function typeOfKind(kind: ValueKind): FieldType {
  const names: Readonly<Record<ValueKind, string>> = {
    string: 'V_WString',
    integer: 'Int64',
    decimal: 'Double',
    double: 'Double',
    boolean: 'Bool',
    date: 'Date',
    datetime: 'DateTime',
    time: 'Time',
    blob: 'Blob',
    unknown: 'V_WString',
  };
  return fieldType(names[kind], null);
}

export function typeOfPort(port: EtlPort): FieldType {
  const size = port.precision === null ? null : String(port.precision);
  return fieldType(port.dataType, size === null || port.scale === null ? size : `${size}.${port.scale}`);
}

const families: Readonly<Record<ValueKind, TypeFamily>> = {
  string: 'string',
  integer: 'integer',
  decimal: 'decimal',
  double: 'float',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamp',
  time: 'time',
  blob: 'binary',
  unknown: 'string',
};

/** The field as a column of a table definition. */
export function columnOfPort(port: EtlPort): Column {
  const type = typeOfPort(port);
  return {
    name: port.name,
    rawType:
      type.size === null ? type.name : `${type.name}(${type.size}${type.scale === null ? '' : `.${type.scale}`})`,
    type: families[type.kind],
    length: type.kind === 'string' ? type.size : null,
    precision: type.kind === 'decimal' ? type.size : null,
    scale: type.scale,
    timeZone: false,
    nullable: true,
    default: null,
    comment: null,
    identity: false,
    generated: null,
  };
}
