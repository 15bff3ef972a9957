import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../../shared/model/schema.ts';
import { normaliseType } from './normalise-type.ts';

/** `family[/length][/pP][/sS][/tz]`, so that one line states one type. */
function brief(raw: string, dialect: Dialect | null): string {
  const { type, length, precision, scale, timeZone } = normaliseType(raw, dialect);
  const parts = [
    type,
    length ?? '',
    precision === null ? '' : `p${precision}`,
    scale === null ? '' : `s${scale}`,
    timeZone ? 'tz' : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}

const cases: readonly (readonly [Dialect | null, string, string])[] = [
  ['oracle', 'NUMBER(10)', 'integer p10 s0'],
  ['oracle', 'NUMBER(10,2)', 'decimal p10 s2'],
  ['oracle', 'NUMBER(*,0)', 'integer p38 s0'],
  ['oracle', 'NUMBER', 'decimal'],
  ['oracle', 'DATE', 'timestamp'],
  ['oracle', 'VARCHAR2(10 CHAR)', 'string 10'],
  ['oracle', 'NVARCHAR2 (50)', 'string 50'],
  ['oracle', 'TIMESTAMP(6) WITH LOCAL TIME ZONE', 'timestamp tz'],
  ['oracle', 'INTERVAL DAY(2) TO SECOND(6)', 'interval'],
  ['oracle', 'LONG RAW', 'binary'],
  ['oracle', 'CLOB', 'string'],
  ['oracle', 'SYS.XMLTYPE', 'xml'],
  ['oracle', 'MDSYS.SDO_GEOMETRY', 'geometry'],
  ['sqlserver', '[bit]', 'boolean'],
  ['sqlserver', '[decimal](18, 4)', 'decimal p18 s4'],
  ['sqlserver', 'decimal', 'decimal p18 s0'],
  ['sqlserver', '[nvarchar](max)', 'string'],
  ['sqlserver', 'timestamp', 'binary 8'],
  ['sqlserver', 'datetime2(7)', 'timestamp'],
  ['sqlserver', 'datetimeoffset', 'timestamp tz'],
  ['sqlserver', 'money', 'decimal p19 s4'],
  ['sqlserver', '[uniqueidentifier]', 'uuid'],
  ['sqlserver', '[dbo].[Flag]', 'other'],
  ['mysql', 'tinyint(1)', 'boolean'],
  ['mysql', 'tinyint(4)', 'integer p3 s0'],
  ['mysql', 'bigint(20) unsigned', 'integer p20 s0'],
  ['mysql', 'bigint unsigned zerofill', 'integer p20 s0'],
  ['mysql', "enum('a','it''s','(x,y)')", 'string 5'],
  ['mysql', "set('ab','c')", 'string 4'],
  ['mysql', 'varchar(40) character set utf8mb4', 'string 40'],
  ['mysql', 'bit(16)', 'binary 2'],
  ['mysql', 'longblob', 'binary'],
  ['postgres', 'character varying(255)', 'string 255'],
  ['postgres', '"pg_catalog"."int4"', 'integer p10 s0'],
  ['postgres', 'numeric', 'decimal'],
  ['postgres', 'timestamp(3) with time zone', 'timestamp tz'],
  ['postgres', 'text[]', 'array'],
  ['postgres', 'integer[3][3]', 'array'],
  ['postgres', 'bpchar', 'string 1'],
  ['postgres', 'jsonb', 'json'],
  ['postgres', 'bigserial', 'integer p19 s0'],
  ['db2', 'CHAR(16) FOR BIT DATA', 'binary 16'],
  ['db2', 'CLOB(1M)', 'string'],
  ['db2', 'VARCHAR(20 OCTETS)', 'string 20'],
  ['teradata', 'VARBYTE(64)', 'binary 64'],
  ['teradata', 'PERIOD(DATE)', 'struct'],
  ['snowflake', 'NUMBER(38,0)', 'integer p38 s0'],
  ['snowflake', 'VARIANT', 'json'],
  ['spark', 'STRING', 'string'],
  ['spark', 'ARRAY<STRUCT<a: INT, b: STRING>>', 'array'],
  ['duckdb', 'DECIMAL(18,3)', 'decimal p18 s3'],
  ['duckdb', 'STRUCT(a INTEGER, b VARCHAR)', 'struct'],
  ['duckdb', 'UBIGINT', 'integer p20 s0'],
  ['sybase', 'unsigned int', 'integer p10 s0'],
  [null, 'double precision', 'float'],
  [null, '', 'other'],
  [null, 'no_such_type(3)', 'other'],
];

describe('normaliseType', () => {
  it.each(cases)('%s %s is %s', (dialect, raw, expected) => {
    expect(brief(raw, dialect)).toBe(expected);
  });

  it('takes any text in linear time without throwing', () => {
    for (const raw of [
      '(((((',
      ')',
      "enum('",
      'x'.repeat(300_000),
      '['.repeat(50_000),
      `a${' '.repeat(100_000)}b`,
      'numeric(999999999999999)',
    ]) {
      expect(normaliseType(raw, null).timeZone).toBe(false);
    }
  });
});
