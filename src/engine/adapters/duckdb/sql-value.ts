import type { DuckDBValue } from '@duckdb/node-api';
import type { SqlValue } from '../../ports/sql-runner.ts';

/** A DuckDB value as plain data: numbers, booleans and null as such, every other type as DuckDB's own text for it. */
export function toSqlValue(value: DuckDBValue): SqlValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'string' || typeof value === 'bigint')
    return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : nonFinite(value);
  return String(value);
}

function nonFinite(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  return value > 0 ? 'inf' : '-inf';
}
