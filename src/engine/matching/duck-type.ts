/** The DuckDB type that holds a target column's values. */
import type { Column } from '../../shared/model/schema.ts';

export function duckType(column: Column): string {
  switch (column.type) {
    case 'integer':
      return column.precision !== null && column.precision <= 16
        ? 'SMALLINT'
        : column.precision !== null && column.precision <= 32
          ? 'INTEGER'
          : 'BIGINT';
    case 'decimal':
      return `DECIMAL(${Math.min(38, column.precision ?? 38)},${Math.min(38, column.scale ?? (column.precision === null ? 10 : 0))})`;
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
    case 'json':
      return 'JSON';
    default:
      return 'VARCHAR';
  }
}
