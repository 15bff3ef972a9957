/** What each dialect calls the normalised types: a base and what differs from it. */
import type { Dialect } from '../../../shared/model/schema.ts';

export interface TypeNames {
  /** Whole-number types by the decimal digits that the model counts for them, ascending. */
  readonly integers: readonly (readonly [digits: number, name: string])[];
  /** `NUMBER` of Oracle and Snowflake holds whole numbers of any width. */
  readonly number: boolean;
  readonly decimal: string;
  readonly maxDigits: number;
  /** A decimal without bounds; null where the database has none. */
  readonly bareDecimal: string | null;
  readonly float: string;
  readonly boolean: string;
  readonly varchar: string;
  readonly maxLength: number;
  readonly text: string;
  /** Null where binary types have no length. */
  readonly varbinary: string | null;
  readonly maxBytes: number;
  readonly blob: string;
  readonly date: string;
  readonly time: string;
  readonly timeTz: string;
  readonly timestamp: string;
  readonly timestampTz: string;
  readonly interval: string;
  readonly uuid: string;
  readonly json: string;
  readonly xml: string;
  readonly geometry: string;
  readonly array: string;
  readonly struct: string;
}

const whole = [
  [5, 'SMALLINT'],
  [10, 'INTEGER'],
  [19, 'BIGINT'],
] as const;

const base: TypeNames = {
  integers: whole,
  number: false,
  decimal: 'DECIMAL',
  maxDigits: 38,
  bareDecimal: null,
  float: 'DOUBLE PRECISION',
  boolean: 'BOOLEAN',
  varchar: 'VARCHAR',
  maxLength: 32_000,
  text: 'CLOB',
  varbinary: 'VARBINARY',
  maxBytes: 32_000,
  blob: 'BLOB',
  date: 'DATE',
  time: 'TIME',
  timeTz: 'TIME WITH TIME ZONE',
  timestamp: 'TIMESTAMP',
  timestampTz: 'TIMESTAMP WITH TIME ZONE',
  interval: 'INTERVAL DAY TO SECOND',
  uuid: 'CHAR(36)',
  json: 'CLOB',
  xml: 'XML',
  geometry: 'CLOB',
  array: 'CLOB',
  struct: 'CLOB',
};

const oracle: TypeNames = {
  ...base,
  integers: [],
  number: true,
  decimal: 'NUMBER',
  bareDecimal: 'NUMBER',
  float: 'BINARY_DOUBLE',
  boolean: 'NUMBER(1)',
  varchar: 'VARCHAR2',
  maxLength: 4000,
  varbinary: 'RAW',
  maxBytes: 2000,
  time: 'VARCHAR2(18)',
  timeTz: 'VARCHAR2(24)',
  xml: 'XMLTYPE',
  geometry: 'SDO_GEOMETRY',
};

const teradata: TypeNames = {
  ...base,
  integers: [[3, 'BYTEINT'], ...whole],
  float: 'FLOAT',
  boolean: 'BYTEINT',
  varbinary: 'VARBYTE',
  json: 'JSON',
  geometry: 'ST_GEOMETRY',
};

const sqlserver: TypeNames = {
  ...base,
  integers: [
    [3, 'TINYINT'],
    [5, 'SMALLINT'],
    [10, 'INT'],
    [19, 'BIGINT'],
  ],
  float: 'FLOAT',
  boolean: 'BIT',
  varchar: 'NVARCHAR',
  maxLength: 4000,
  text: 'NVARCHAR(MAX)',
  maxBytes: 8000,
  blob: 'VARBINARY(MAX)',
  timeTz: 'NVARCHAR(24)',
  timestamp: 'DATETIME2',
  timestampTz: 'DATETIMEOFFSET',
  interval: 'NVARCHAR(40)',
  uuid: 'UNIQUEIDENTIFIER',
  json: 'NVARCHAR(MAX)',
  geometry: 'GEOMETRY',
  array: 'NVARCHAR(MAX)',
  struct: 'NVARCHAR(MAX)',
};

const sybase: TypeNames = {
  ...sqlserver,
  varchar: 'VARCHAR',
  maxLength: 16_000,
  maxBytes: 16_000,
  text: 'TEXT',
  blob: 'IMAGE',
  timeTz: 'VARCHAR(24)',
  timestamp: 'BIGDATETIME',
  timestampTz: 'BIGDATETIME',
  interval: 'VARCHAR(40)',
  uuid: 'CHAR(36)',
  json: 'TEXT',
  xml: 'TEXT',
  geometry: 'TEXT',
  array: 'TEXT',
  struct: 'TEXT',
};

const db2: TypeNames = {
  ...base,
  maxDigits: 31,
  float: 'DOUBLE',
  timeTz: 'VARCHAR(24)',
  timestampTz: 'TIMESTAMP',
  interval: 'VARCHAR(40)',
  geometry: 'ST_GEOMETRY',
};

const mysql: TypeNames = {
  ...base,
  integers: [
    [3, 'TINYINT'],
    [5, 'SMALLINT'],
    [7, 'MEDIUMINT'],
    [10, 'INT'],
    [19, 'BIGINT'],
    [20, 'BIGINT UNSIGNED'],
  ],
  maxDigits: 65,
  float: 'DOUBLE',
  boolean: 'TINYINT(1)',
  maxLength: 16_000,
  maxBytes: 16_000,
  text: 'LONGTEXT',
  blob: 'LONGBLOB',
  timeTz: 'VARCHAR(24)',
  timestamp: 'DATETIME',
  timestampTz: 'TIMESTAMP',
  interval: 'VARCHAR(40)',
  json: 'JSON',
  xml: 'LONGTEXT',
  geometry: 'GEOMETRY',
  array: 'JSON',
  struct: 'JSON',
};

const postgres: TypeNames = {
  ...base,
  decimal: 'NUMERIC',
  maxDigits: 1000,
  bareDecimal: 'NUMERIC',
  maxLength: 10_000_000,
  text: 'TEXT',
  varbinary: null,
  blob: 'BYTEA',
  interval: 'INTERVAL',
  uuid: 'UUID',
  json: 'JSONB',
  geometry: 'TEXT',
  array: 'TEXT[]',
  struct: 'JSONB',
};

const redshift: TypeNames = {
  ...postgres,
  decimal: 'DECIMAL',
  maxDigits: 38,
  bareDecimal: null,
  maxLength: 65_535,
  text: 'VARCHAR(65535)',
  varbinary: 'VARBYTE',
  maxBytes: 1_024_000,
  blob: 'VARBYTE(1024000)',
  interval: 'INTERVAL DAY TO SECOND',
  uuid: 'CHAR(36)',
  json: 'SUPER',
  xml: 'VARCHAR(65535)',
  geometry: 'GEOMETRY',
  array: 'SUPER',
  struct: 'SUPER',
};

const snowflake: TypeNames = {
  ...base,
  number: true,
  decimal: 'NUMBER',
  float: 'DOUBLE',
  maxLength: 16_000_000,
  text: 'VARCHAR',
  maxBytes: 8_000_000,
  blob: 'VARBINARY',
  timeTz: 'VARCHAR(24)',
  timestamp: 'TIMESTAMP_NTZ',
  timestampTz: 'TIMESTAMP_TZ',
  interval: 'VARCHAR(40)',
  json: 'VARIANT',
  xml: 'VARCHAR',
  geometry: 'GEOGRAPHY',
  array: 'ARRAY',
  struct: 'OBJECT',
};

const sqlite: TypeNames = {
  ...base,
  bareDecimal: 'NUMERIC',
  maxLength: 1_000_000_000,
  maxBytes: 1_000_000_000,
  text: 'TEXT',
  json: 'JSON',
  uuid: 'UUID',
  geometry: 'TEXT',
  array: 'TEXT',
  struct: 'TEXT',
};

const duckdb: TypeNames = {
  ...base,
  integers: [[3, 'TINYINT'], ...whole, [20, 'UBIGINT'], [39, 'HUGEINT']],
  float: 'DOUBLE',
  maxLength: 1_000_000_000,
  text: 'VARCHAR',
  varbinary: null,
  interval: 'INTERVAL',
  uuid: 'UUID',
  json: 'JSON',
  xml: 'VARCHAR',
  geometry: 'VARCHAR',
  array: 'VARCHAR[]',
  struct: 'MAP(VARCHAR, VARCHAR)',
};

const spark: TypeNames = {
  ...base,
  integers: sqlserver.integers,
  float: 'DOUBLE',
  maxLength: 1_000_000,
  text: 'STRING',
  varbinary: null,
  blob: 'BINARY',
  time: 'STRING',
  timeTz: 'STRING',
  timestampTz: 'TIMESTAMP',
  uuid: 'STRING',
  json: 'STRING',
  xml: 'STRING',
  geometry: 'STRING',
  array: 'ARRAY<STRING>',
  struct: 'MAP<STRING, STRING>',
};

export const typeNames: Readonly<Record<Dialect, TypeNames>> = {
  ansi: base,
  oracle,
  teradata,
  sqlserver,
  sybase,
  db2,
  mysql,
  postgres,
  redshift,
  snowflake,
  sqlite,
  duckdb,
  spark,
};
