import type { Column } from '../../../../shared/model/schema.ts';
import { assertNever } from '../../../../shared/errors.ts';

type Typed = Pick<Column, 'type' | 'precision' | 'scale' | 'timeZone'>;

/** DuckDB's DECIMAL holds 38 digits at most. */
const MAX_DIGITS = 38;
const SCALE_OF_UNBOUNDED = 10;

/** The DuckDB type that holds every value of a normalised type; what DuckDB lacks is held as text. */
export function duckDbType(column: Typed): string {
  switch (column.type) {
    case 'integer':
      return integerType(column.precision);
    case 'decimal':
      return decimalType(column.precision, column.scale);
    case 'float':
      return 'DOUBLE';
    case 'boolean':
      return 'BOOLEAN';
    case 'date':
      return 'DATE';
    case 'time':
      return 'TIME';
    case 'timestamp':
      return column.timeZone ? 'TIMESTAMPTZ' : 'TIMESTAMP';
    case 'interval':
      return 'INTERVAL';
    case 'binary':
      return 'BLOB';
    case 'uuid':
      return 'UUID';
    case 'string':
    case 'json':
    case 'xml':
    case 'geometry':
    case 'array':
    case 'struct':
    case 'other':
      return 'VARCHAR';
    default:
      return assertNever(column.type);
  }
}

function integerType(digits: number | null): string {
  if (digits === null || (digits > 9 && digits <= 18)) return 'BIGINT';
  if (digits <= 9) return 'INTEGER';
  // 19 digits is how BIGINT itself is normalised.
  return digits === 19 ? 'BIGINT' : `DECIMAL(${Math.min(digits, MAX_DIGITS)},0)`;
}

function decimalType(precision: number | null, scale: number | null): string {
  if (precision === null) return `DECIMAL(${MAX_DIGITS},${scale ?? SCALE_OF_UNBOUNDED})`;
  const digits = Math.min(Math.max(precision, scale ?? 0, 1), MAX_DIGITS);
  return `DECIMAL(${digits},${Math.min(Math.max(scale ?? 0, 0), digits)})`;
}
