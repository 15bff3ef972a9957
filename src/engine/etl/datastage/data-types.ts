/** SQL types of DataStage columns, by their ODBC numbers. */
import type { EtlPort } from '../../../shared/model/etl.ts';
import type { Column, TypeFamily } from '../../../shared/model/schema.ts';
import type { ScalarType } from '../../expr/environment.ts';

interface SqlType {
  readonly name: string;
  readonly family: TypeFamily;
}

const types: ReadonlyMap<string, SqlType> = new Map<string, SqlType>([
  ['1', { name: 'Char', family: 'string' }],
  ['2', { name: 'Numeric', family: 'decimal' }],
  ['3', { name: 'Decimal', family: 'decimal' }],
  ['4', { name: 'Integer', family: 'integer' }],
  ['5', { name: 'SmallInt', family: 'integer' }],
  ['6', { name: 'Float', family: 'float' }],
  ['7', { name: 'Real', family: 'float' }],
  ['8', { name: 'Double', family: 'float' }],
  ['9', { name: 'Date', family: 'date' }],
  ['10', { name: 'Time', family: 'time' }],
  ['11', { name: 'Timestamp', family: 'timestamp' }],
  ['12', { name: 'VarChar', family: 'string' }],
  ['91', { name: 'Date', family: 'date' }],
  ['92', { name: 'Time', family: 'time' }],
  ['93', { name: 'Timestamp', family: 'timestamp' }],
  ['-1', { name: 'LongVarChar', family: 'string' }],
  ['-2', { name: 'Binary', family: 'binary' }],
  ['-3', { name: 'VarBinary', family: 'binary' }],
  ['-4', { name: 'LongVarBinary', family: 'binary' }],
  ['-5', { name: 'BigInt', family: 'integer' }],
  ['-6', { name: 'TinyInt', family: 'integer' }],
  ['-7', { name: 'Bit', family: 'integer' }],
  ['-8', { name: 'NChar', family: 'string' }],
  ['-9', { name: 'NVarChar', family: 'string' }],
  ['-10', { name: 'LongNVarChar', family: 'string' }],
]);

const digits: ReadonlyMap<string, number> = new Map([
  ['Integer', 10],
  ['SmallInt', 5],
  ['TinyInt', 3],
  ['Bit', 1],
  ['BigInt', 19],
]);
const byName = new Map([...types.values()].map((type) => [type.name, type]));

/** The name of a type number; `Unknown` where it is none. */
export function typeName(code: string | null): string {
  return types.get(code ?? '')?.name ?? 'Unknown';
}

/** A column's type in the schema model. */
export function columnType(
  name: string,
  precision: number | null,
  scale: number | null,
): Pick<Column, 'rawType' | 'type' | 'length' | 'precision' | 'scale' | 'timeZone'> {
  const family = byName.get(name)?.family ?? 'other';
  const size = precision !== null && precision > 0 ? precision : null;
  const shared = { type: family, timeZone: false };
  if (family === 'decimal')
    return {
      ...shared,
      rawType: size === null ? name : `${name}(${size},${scale ?? 0})`,
      length: null,
      precision: size,
      scale: scale ?? 0,
    };
  if (family === 'string' || family === 'binary')
    return {
      ...shared,
      rawType: size === null ? name : `${name}(${size})`,
      length: size,
      precision: null,
      scale: null,
    };
  return { ...shared, rawType: name, length: null, precision: digits.get(name) ?? null, scale: null };
}

/** The DuckDB type of a column. */
export function columnSqlType(port: Pick<EtlPort, 'dataType' | 'precision' | 'scale'>): string {
  const size = port.precision ?? 0;
  switch (byName.get(port.dataType)?.family) {
    case 'string':
      return size > 0 ? `VARCHAR(${size})` : 'VARCHAR';
    case 'decimal':
      return size > 0
        ? `DECIMAL(${Math.min(size, 38)},${Math.min(Math.max(port.scale ?? 0, 0), Math.min(size, 38))})`
        : 'DECIMAL(38,10)';
    case 'integer':
      return port.dataType === 'BigInt' ? 'BIGINT' : 'INTEGER';
    case 'float':
      return 'DOUBLE';
    case 'date':
      return 'DATE';
    case 'time':
      return 'TIME';
    case 'timestamp':
      return 'TIMESTAMP';
    case 'binary':
      return 'BLOB';
    default:
      return 'VARCHAR';
  }
}

/** The type of a DuckDB column as expressions tell types apart. */
export function scalarType(sqlType: string): ScalarType {
  if (sqlType.startsWith('VARCHAR')) return 'string';
  if (sqlType.startsWith('DECIMAL')) return 'decimal';
  if (sqlType === 'INTEGER') return 'integer';
  if (sqlType === 'BIGINT') return 'bigint';
  if (sqlType === 'DOUBLE') return 'double';
  if (sqlType === 'DATE' || sqlType === 'TIMESTAMP') return 'date';
  return sqlType === 'BLOB' ? 'binary' : 'unknown';
}

const parameterTypes: ReadonlyMap<string, ScalarType> = new Map<string, ScalarType>([
  ['string', 'string'],
  ['integer', 'bigint'],
  ['double', 'double'],
  ['date', 'date'],
]);

/** What a parameter of a job is in expressions. */
export const scalarOfParameter = (dataType: string): ScalarType => parameterTypes.get(dataType) ?? 'string';
