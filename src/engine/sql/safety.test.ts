import { describe, expect, it } from 'vitest';
import { dangerousWords, findSqlProblems } from './safety.ts';

describe('dangerousWords', () => {
  it.each([
    ['DROP TABLE t', 'drop'],
    ["SELECT 1; copy t TO 'x.csv'", 'copy'],
    ["SELECT * FROM read_csv('/etc/passwd')", 'read_csv'],
    ['SELECT TRIM(a)); DROP TABLE t; --', 'drop'],
    ['WITH x AS (SELECT 1) DELETE FROM t', 'delete'],
    ['-- harmless\nUPDATE t SET a = 1', 'update'],
    ["/* ; */ SET x = 'y'", 'set'],
    ["SELECT getenv ('HOME')", 'getenv'],
  ])('finds what is dangerous in %s', (sql, word) => {
    expect(dangerousWords(sql)).toEqual([word]);
  });

  it.each([
    'INSERT INTO t SELECT TRIM(READ_TM), LOAD, "DROP" FROM s ON CONFLICT DO UPDATE SET a = 1',
    "SELECT 'a; DROP TABLE t' -- ; DROP TABLE t",
    'SELECT READ_TM, CHECKPOINT FROM t',
    "SELECT json_extract(a, '$.b'), exec_date FROM t",
    'SELECT \'it\'\'s; COPY\' || "x;""COPY" FROM t',
  ])('lets %s pass', (sql) => {
    expect(dangerousWords(sql)).toEqual([]);
  });
});

describe('findSqlProblems', () => {
  it.each([
    'SELECT a, "DROP" AS "Delete" FROM src.t WHERE note = \'drop table x; --\'',
    'WITH s AS (SELECT 1 AS n) SELECT t.set FROM s AS t -- delete everything',
    'SELECT 1;',
    "SELECT a IS DISTINCT FROM 'x', b IS NOT DISTINCT FROM 'y' FROM t",
  ])('accepts a plain SELECT: %s', (sql) => {
    expect(findSqlProblems(sql)).toEqual([]);
  });

  it.each([
    ['DROP TABLE t', 'is not a SELECT'],
    ['SELECT 1; DELETE FROM t', 'holds more than one statement'],
    ["SELECT * FROM read_csv('/etc/passwd')", 'calls read_csv(), which reaches outside the pipeline'],
    ["SELECT * FROM '/etc/passwd'", "reads the file '/etc/passwd'"],
    ['SELECT * FROM "data.parquet"', 'reads the file "data.parquet"'],
    ["SELECT getenv('HOME')", 'calls getenv(), which reaches outside the pipeline'],
    ["COPY t TO 'x'", 'uses COPY'],
    ["ATTACH 'x.db'", 'uses ATTACH'],
    ['INSTALL httpfs', 'uses INSTALL'],
    ["SELECT * FROM query('DROP TABLE t')", 'calls query(), which reaches outside the pipeline'],
  ])('refuses %s', (sql, problem) => {
    expect(findSqlProblems(sql)).toContain(problem);
  });
});
