import { describe, expect, it } from 'vitest';
import { rewriteSourceSql } from './rewrite-sql.ts';

const rewritten = (sql: string): string => rewriteSourceSql(sql, { resolve: () => null }).sql;

describe('queries of the source database', () => {
  it('says AS before an alias, which DuckDB wants for words like NAME and YEAR', () => {
    expect(
      rewritten("SELECT NVL(C.N, '?') NAME, C.Y YEAR_NO, 'x' TYPE, CASE WHEN 1 = 1 THEN 2 END \"Value\" FROM C"),
    ).toBe(
      "SELECT coalesce(C.N, '?') AS NAME, C.Y AS YEAR_NO, 'x' AS TYPE, CASE WHEN 1 = 1 THEN 2 END AS Value FROM src.C",
    );
    expect(rewritten('SELECT A, B FROM T ORDER BY A DESC, B NULLS LAST')).toBe(
      'SELECT A, B FROM src.T ORDER BY A DESC, B NULLS LAST',
    );
    expect(rewritten('SELECT COUNT(DISTINCT A) N FROM T WHERE B IN (SELECT C FROM U)')).toBe(
      'SELECT COUNT(DISTINCT A) AS N FROM src.T WHERE B IN (SELECT C FROM src.U)',
    );
  });

  it('takes a parameter that stands alone in a list for the text of the list', () => {
    expect(rewritten('SELECT A FROM T WHERE A IN ($$CODES) AND B = $$DAY')).toBe(
      "SELECT A FROM src.T WHERE A IN (SELECT trim(item, ' ''') FROM unnest(string_split(CAST(getvariable('$$CODES') AS VARCHAR), ',')) AS list(item)) AND B = getvariable('$$DAY')",
    );
  });

  it('adds days to the begin of a day', () => {
    expect(rewritten('SELECT A FROM T WHERE D >= TRUNC(SYSDATE) - 7 AND N > TRUNC(M) - 1')).toBe(
      "SELECT A FROM src.T WHERE D >= (date_trunc('day', pc_run_ts()) + to_days(-7)) AND N > trunc(m) - 1",
    );
  });

  it('marks what is left of joins with (+)', () => {
    expect(
      rewriteSourceSql('SELECT 1 FROM A, B WHERE A.X = B.X(+) OR B.Y = 1', { resolve: () => null }).foreign,
    ).toEqual(['(+)']);
  });
});
