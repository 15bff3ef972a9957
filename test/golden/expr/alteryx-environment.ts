import type { AlteryxEnvironment } from '../../../src/engine/expr/alteryx/environment.ts';
import type { ValueKind } from '../../../src/engine/expr/alteryx/value.ts';

/** The fields of the golden tests: name, type and DuckDB type. */
export const columnTypes: readonly (readonly [string, ValueKind, string])[] = [
  ['s', 'string', 'VARCHAR'],
  ['t', 'string', 'VARCHAR'],
  ['i', 'integer', 'BIGINT'],
  ['j', 'integer', 'BIGINT'],
  ['dec', 'decimal', 'DECIMAL(12,2)'],
  ['x', 'double', 'DOUBLE'],
  ['y', 'double', 'DOUBLE'],
  ['d', 'date', 'DATE'],
  ['ts', 'datetime', 'TIMESTAMP'],
  ['ts2', 'datetime', 'TIMESTAMP'],
  ['b', 'boolean', 'BOOLEAN'],
];

const fields = new Map(columnTypes.map(([name, kind]) => [name, { kind, sql: name }]));

export const typedEnvironment: AlteryxEnvironment = {
  field: (name) => fields.get(name.toLowerCase()) ?? null,
  constant: () => null,
  textComparison: 'case_sensitive',
};

export const typedTable = `CREATE TABLE typed (${columnTypes.map(([name, , type]) => `${name} ${type}`).join(', ')})`;

/** Columns whose types fit the expressions without known types. */
export const openTable = 'CREATE TABLE open (__seq BIGINT, a VARCHAR, b VARCHAR, c DOUBLE, e DOUBLE, d TIMESTAMP, name VARCHAR, "Order Date" TIMESTAMP)';
