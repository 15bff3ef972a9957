import { defaultSettings, type ExpressionEnv, type PortInfo, type ScalarType } from '../../../src/engine/expr/environment.ts';

/** The columns of the golden tests: name, type, DuckDB type, precision and scale. */
const columns: readonly (readonly [string, ScalarType, string, number | null, number | null])[] = [
  ['s', 'string', 'VARCHAR', 40, 0],
  ['s1', 'string', 'VARCHAR', 40, 0],
  ['s2', 'string', 'VARCHAR', 40, 0],
  ['i', 'integer', 'INTEGER', 10, 0],
  ['j', 'integer', 'INTEGER', 10, 0],
  ['big', 'bigint', 'BIGINT', 19, 0],
  ['dec', 'decimal', 'DECIMAL(12,2)', 12, 2],
  ['rate', 'decimal', 'DECIMAL(9,4)', 9, 4],
  ['wide', 'decimal', 'DECIMAL(38,10)', 38, 10],
  ['dbl', 'double', 'DOUBLE', 15, 0],
  ['d', 'date', 'TIMESTAMP', 29, 9],
  ['d1', 'date', 'TIMESTAMP', 29, 9],
  ['bin', 'binary', 'BLOB', 100, 0],
];

export const typedTable = `CREATE TABLE typed (__seq BIGINT, ${columns.map(([name, , sqlType]) => `${name} ${sqlType}`).join(', ')})`;

/** Columns whose types fit the untyped expressions. */
export const openTable =
  'CREATE TABLE open (__seq BIGINT, a VARCHAR, b VARCHAR, c DOUBLE, e DOUBLE, d TIMESTAMP, updated_at TIMESTAMP, first_name VARCHAR, last_name VARCHAR, ' +
  'subtotal_cents INTEGER, "Order Total" DOUBLE, "SELECT" VARCHAR)';

export const typedEnvironment: ExpressionEnv = {
  ports: new Map(columns.map(([name, type, , precision, scale]): [string, PortInfo] => [name, { type, precision, scale, sqlName: name }])),
  parameters: new Map([
    ['$$last_run', { type: 'date' }],
    ['$$rows', { type: 'integer' }],
  ]),
  mode: 'aggregate',
  settings: defaultSettings,
};

/** Name and DuckDB type of each column. */
export const columnTypes: readonly (readonly [string, string])[] = columns.map(([name, , sqlType]) => [name, sqlType]);
