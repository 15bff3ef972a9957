import type { Column, TypeFamily } from '../../../shared/model/schema.ts';

type ColumnType = Pick<Column, 'type' | 'length' | 'precision' | 'scale' | 'timeZone'>;

interface Known {
  readonly type: TypeFamily;
  readonly precision?: number;
  readonly timeZone?: boolean;
}

const known: ReadonlyMap<string, Known> = new Map<string, Known>([
  ['BOOLEAN', { type: 'boolean' }],
  ['TINYINT', { type: 'integer', precision: 3 }],
  ['SMALLINT', { type: 'integer', precision: 5 }],
  ['INTEGER', { type: 'integer', precision: 10 }],
  ['BIGINT', { type: 'integer', precision: 19 }],
  ['HUGEINT', { type: 'integer', precision: 39 }],
  ['UTINYINT', { type: 'integer', precision: 3 }],
  ['USMALLINT', { type: 'integer', precision: 5 }],
  ['UINTEGER', { type: 'integer', precision: 10 }],
  ['UBIGINT', { type: 'integer', precision: 20 }],
  ['UHUGEINT', { type: 'integer', precision: 39 }],
  ['BIGNUM', { type: 'integer' }],
  ['FLOAT', { type: 'float' }],
  ['DOUBLE', { type: 'float' }],
  ['VARCHAR', { type: 'string' }],
  ['DATE', { type: 'date' }],
  ['TIME', { type: 'time' }],
  ['TIME_NS', { type: 'time' }],
  ['TIME WITH TIME ZONE', { type: 'time', timeZone: true }],
  ['TIMESTAMP', { type: 'timestamp' }],
  ['TIMESTAMP_S', { type: 'timestamp' }],
  ['TIMESTAMP_MS', { type: 'timestamp' }],
  ['TIMESTAMP_NS', { type: 'timestamp' }],
  ['TIMESTAMP WITH TIME ZONE', { type: 'timestamp', timeZone: true }],
  ['INTERVAL', { type: 'interval' }],
  ['BLOB', { type: 'binary' }],
  ['BIT', { type: 'binary' }],
  ['UUID', { type: 'uuid' }],
  ['JSON', { type: 'json' }],
  ['GEOMETRY', { type: 'geometry' }],
]);

/** The normalised type of a type name as DuckDB prints it in a DESCRIBE. */
export function duckDbColumnType(raw: string): ColumnType {
  const plain = { length: null, precision: null, scale: null, timeZone: false };
  const decimal = /^DECIMAL\((\d{1,3}),(\d{1,3})\)$/.exec(raw);
  if (decimal !== null) return { ...plain, type: 'decimal', precision: Number(decimal[1]), scale: Number(decimal[2]) };
  if (raw.endsWith(']')) return { ...plain, type: 'array' };
  if (raw.startsWith('STRUCT(') || raw.startsWith('MAP(') || raw.startsWith('UNION('))
    return { ...plain, type: 'struct' };
  if (raw.startsWith('ENUM(')) return { ...plain, type: 'string' };
  const found = known.get(raw);
  if (found === undefined) return { ...plain, type: 'other' };
  return { ...plain, type: found.type, precision: found.precision ?? null, timeZone: found.timeZone ?? false };
}
