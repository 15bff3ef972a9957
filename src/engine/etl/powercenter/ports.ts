/** What a port is and which types its values have. */
import type { EtlPort } from '../../../shared/model/etl.ts';
import type { ScalarType } from '../../expr/environment.ts';
import { toDuckDbType, toFieldType } from './field-types.ts';
import { propertyOf } from './properties.ts';

function portType(port: EtlPort): string {
  return (propertyOf(port.properties, 'PORTTYPE') ?? port.direction.replace('_', '/')).toUpperCase();
}

export function isInputPort(port: EtlPort): boolean {
  return portType(port).includes('INPUT');
}

export function isOutputPort(port: EtlPort): boolean {
  return portType(port).includes('OUTPUT') || port.direction === 'return';
}

export function isVariablePort(port: EtlPort): boolean {
  return port.direction === 'variable';
}

/** A column of the looked-up table. */
export function isLookupPort(port: EtlPort): boolean {
  return portType(port).includes('LOOKUP');
}

export function isMasterPort(port: EtlPort): boolean {
  return portType(port).includes('MASTER');
}

/** `GROUPBY`, `RANKPORT`, `GENERAL` …: the part a port plays in its transformation. */
export function expressionKind(port: EtlPort): string {
  return (propertyOf(port.properties, 'EXPRESSIONTYPE') ?? 'GENERAL').toUpperCase();
}

export function isGeneratedKey(port: EtlPort): boolean {
  return portType(port).includes('GENERATED KEY');
}

export function isGeneratedColumnId(port: EtlPort): boolean {
  return portType(port).includes('GENERATED COLUMN ID');
}

/** The type of a port's values as the expression translator tells types apart. */
export function toScalarType(port: Pick<EtlPort, 'dataType' | 'precision' | 'scale'>): ScalarType {
  const name = port.dataType.toLowerCase();
  if (name.startsWith('bigint')) return 'bigint';
  const { type } = toFieldType(port.dataType, port.precision, port.scale);
  switch (type) {
    case 'string':
    case 'uuid':
    case 'xml':
      return 'string';
    case 'integer':
      return /^(?:num|dec)/.test(name) ? 'decimal' : 'integer';
    case 'decimal':
      return 'decimal';
    case 'float':
      return 'double';
    case 'date':
    case 'timestamp':
    case 'time':
      return 'date';
    case 'binary':
      return 'binary';
    case 'boolean':
      return 'boolean';
    default:
      return 'unknown';
  }
}

/** The DuckDB type that a port's column has; dates of PowerCenter always have a time of day. */
export function toColumnSqlType(port: Pick<EtlPort, 'dataType' | 'precision' | 'scale'>): string {
  const scalar = toScalarType(port);
  if (scalar === 'date') return 'TIMESTAMP';
  if (scalar === 'double') return 'DOUBLE';
  if (scalar === 'bigint') return 'BIGINT';
  if (scalar === 'integer') return 'INTEGER';
  return toDuckDbType(toFieldType(port.dataType, port.precision, port.scale));
}

/** The scalar type of values of a DuckDB column type. */
export function scalarOfSqlType(sqlType: string): ScalarType {
  const upper = sqlType.toUpperCase();
  if (upper.startsWith('DECIMAL')) return 'decimal';
  if (upper === 'BIGINT' || upper === 'HUGEINT') return 'bigint';
  if (/^(?:INTEGER|SMALLINT|TINYINT)$/.test(upper)) return 'integer';
  if (upper === 'DOUBLE' || upper === 'FLOAT') return 'double';
  if (upper === 'DATE' || upper.startsWith('TIMESTAMP')) return 'date';
  if (upper === 'BOOLEAN') return 'boolean';
  if (upper === 'BLOB') return 'binary';
  return upper.startsWith('VARCHAR') ? 'string' : 'unknown';
}
