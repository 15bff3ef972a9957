import { describe, expect, it } from 'vitest';
import { detectDialect } from './detect-dialect.ts';

describe('detectDialect', () => {
  it.each([
    ['oracle', 'CREATE TABLE a (b NUMBER(10) NOT NULL ENABLE, c VARCHAR2(5));\n/\n'],
    ['sqlserver', 'CREATE TABLE [dbo].[a]([b] [int] IDENTITY(1,1) NOT NULL)\nGO\n'],
    ['mysql', 'CREATE TABLE `a` (`b` int(11) NOT NULL AUTO_INCREMENT) ENGINE=InnoDB DEFAULT CHARSET=utf8;'],
    [
      'postgres',
      "CREATE TABLE a (b bigserial, c character varying(5) DEFAULT 'x'::character varying);\nALTER TABLE ONLY a OWNER TO me;",
    ],
    ['teradata', 'CREATE MULTISET TABLE a, NO FALLBACK (b BYTEINT) PRIMARY INDEX (b);'],
    ['db2', '--#SET TERMINATOR @\nCREATE TABLE a (b CHAR(5) FOR BIT DATA)@'],
    ['snowflake', 'CREATE OR REPLACE TRANSIENT TABLE a (b VARIANT, c TIMESTAMP_NTZ);'],
    ['redshift', 'CREATE TABLE a (b INTEGER ENCODE zstd) DISTSTYLE EVEN SORTKEY (b);'],
    ['spark', "CREATE TABLE a (b STRING, c ARRAY<INT>) USING DELTA LOCATION '/x';"],
    ['sqlite', 'PRAGMA foreign_keys=ON;\nCREATE TABLE a (b INTEGER PRIMARY KEY AUTOINCREMENT);'],
    ['sybase', 'CREATE TABLE a (b univarchar(5), c unichar(1)) lock datarows\nGO\n'],
    ['duckdb', 'CREATE TABLE a (b HUGEINT, c UBIGINT);'],
  ] as const)('recognises %s', (dialect, text) => {
    expect(detectDialect(text)).toBe(dialect);
  });

  it('says nothing where the script would run anywhere', () => {
    expect(detectDialect('CREATE TABLE a (b INTEGER NOT NULL, c VARCHAR(5), PRIMARY KEY (b));')).toBeNull();
    expect(detectDialect('')).toBeNull();
  });
});
