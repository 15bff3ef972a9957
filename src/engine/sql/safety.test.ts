import { describe, expect, it } from 'vitest';
import { dangerousWords } from './safety.ts';

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
    'SELECT \'it\'\'s; COPY\' || "x;""COPY" FROM t',
  ])('lets %s pass', (sql) => {
    expect(dangerousWords(sql)).toEqual([]);
  });
});
