import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { columnsRead } from './columns-read.ts';

const read = (sql: string): readonly string[] =>
  columnsRead(sql).map(({ table, column, kind }) => `${table}.${column}${kind === null ? '' : `:${kind}`}`);

describe('columns that a query of the source database reads', () => {
  it('takes columns of the only table, with what they are compared with', () => {
    expect(
      read(
        "SELECT R.NAME AS NAME, CODE FROM OWN.DIM R WHERE ACTIVE = 'Y' AND R.RANK > 3 AND VALID_TO >= SYSDATE ORDER BY NAME",
      ),
    ).toEqual(['DIM.NAME', 'DIM.CODE', 'DIM.ACTIVE:text', 'DIM.RANK:number', 'DIM.VALID_TO:time']);
  });

  it('takes qualified columns of a join and leaves unqualified ones open', () => {
    expect(read('SELECT A.X, B.Y, Z FROM T1 A LEFT JOIN S.T2 B ON A.ID = B.ID, T3')).toEqual([
      'T1.X',
      'T2.Y',
      'T1.ID',
      'T2.ID',
    ]);
  });

  it('sees through subqueries, also correlated ones', () => {
    expect(
      read(
        'SELECT q.A FROM (SELECT MAX(B) A FROM T WHERE C = 1) q WHERE EXISTS (SELECT 1 FROM U WHERE U.K = q.A AND U.L IS NULL)',
      ),
    ).toEqual(['T.B', 'T.C:number', 'U.K', 'U.L']);
    expect(read('SELECT T.A FROM T WHERE T.B IN (SELECT C FROM U WHERE U.D = T.E)')).toEqual([
      'T.A',
      'T.B',
      'U.C',
      'U.D',
      'T.E',
    ]);
  });

  it('reads columns with the outer join mark of Oracle', () => {
    expect(read("SELECT 1 FROM T, U WHERE T.A = U.B(+) AND U.C (+) = 'X'")).toEqual(['T.A', 'U.B', 'U.C']);
  });

  it('keeps each query of a union to itself', () => {
    expect(read('SELECT A FROM T UNION ALL SELECT B FROM U')).toEqual(['T.A', 'U.B']);
  });

  it('passes over functions, aliases, parameters and common table expressions', () => {
    expect(
      read(
        "WITH c AS (SELECT ID, SUM(AMT) total FROM PAY GROUP BY ID) SELECT c.total, UPPER(o.NM) AS N, TO_CHAR(o.DT, 'YYYY') Y, $$P FROM c JOIN ORD o ON o.ID = c.ID WHERE o.K = :1",
      ),
    ).toEqual(['PAY.ID', 'PAY.AMT:number', 'ORD.NM:text', 'ORD.DT', 'ORD.ID', 'ORD.K']);
  });

  it('reads FROM inside of a call as no table', () => {
    expect(read('SELECT EXTRACT(YEAR FROM D) Y, TRIM(BOTH FROM E) FROM T')).toEqual(['T.D', 'T.E']);
  });

  it('takes any text', () => {
    const piece = fc.constantFrom(
      'select',
      'from',
      '(',
      ')',
      ',',
      '.',
      'a',
      'b',
      'join',
      'union',
      'as',
      "'x'",
      '1',
      '=',
      '"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
        for (const { table, column } of columnsRead(parts.join(' '))) expect(table === '' || column === '').toBe(false);
      }),
    );
  });
});
