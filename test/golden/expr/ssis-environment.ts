import { defaultSettings, type ExpressionEnv, type PortInfo, type ScalarType } from '../../../src/engine/expr/environment.ts';

/** The columns of the golden tests: name, type, type of the tool, DuckDB type, precision and scale. */
const columns: readonly (readonly [string, ScalarType, string, string, number | null, number | null])[] = [
  ['s', 'string', 'wstr', 'VARCHAR', 40, 0],
  ['s1', 'string', 'wstr', 'VARCHAR', 40, 0],
  ['s2', 'string', 'str', 'VARCHAR', 40, 0],
  ['i', 'integer', 'i4', 'INTEGER', 10, 0],
  ['j', 'integer', 'i4', 'INTEGER', 10, 0],
  ['big', 'bigint', 'i8', 'BIGINT', 19, 0],
  ['dec', 'decimal', 'numeric', 'DECIMAL(12,2)', 12, 2],
  ['rate', 'decimal', 'numeric', 'DECIMAL(9,4)', 9, 4],
  ['dbl', 'double', 'r8', 'DOUBLE', null, null],
  ['d', 'date', 'dbtimestamp', 'TIMESTAMP', null, null],
  ['d1', 'date', 'dbtimestamp', 'TIMESTAMP', null, null],
  ['dd', 'date', 'dbdate', 'DATE', null, null],
  ['flag', 'boolean', 'bool', 'BOOLEAN', null, null],
  ['Order Total', 'decimal', 'cy', 'DECIMAL(19,4)', 19, 4],
];

const sqlName = (name: string): string => (name.includes(' ') ? `"${name}"` : name);

export const ssisTyped: ExpressionEnv = {
  ports: new Map(columns.map(([name, type, native, , precision, scale]): [string, PortInfo] => [name.toLowerCase(), { type, precision, scale, native, sqlName: sqlName(name) }])),
  parameters: new Map([
    ['user::rows', { type: 'integer' }],
    ['user::prefix', { type: 'string' }],
    ['$package::loaddate', { type: 'date' }],
  ]),
  mode: 'row',
  settings: defaultSettings,
};

export const ssisTables = [
  `CREATE TABLE typed (${columns.map(([name, , , sqlType]) => `${sqlName(name)} ${sqlType}`).join(', ')})`,
  'CREATE TABLE open (firstname VARCHAR, lastname VARCHAR, a VARCHAR, b VARCHAR, c DOUBLE, e DOUBLE, "Order Total" DOUBLE, "#12" VARCHAR, "#{Package\\Flow\\Source.Outputs[Out].Columns[A]}" VARCHAR)',
  "SET VARIABLE run_ts = TIMESTAMP '2024-05-06 07:08:09'",
];

/** Name and DuckDB type of each column. */
export const ssisColumns: readonly (readonly [string, string])[] = columns.map(([name, , , sqlType]) => [name, sqlType]);
