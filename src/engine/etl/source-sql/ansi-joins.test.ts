import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { withAnsiJoins } from './ansi-joins.ts';

const translated = (sql: string): string => withAnsiJoins(sql).replaceAll(/\s+/g, ' ').trim();

describe('joins and limits of Oracle', () => {
  it('makes left joins of marked columns, behind the tables that they need', () => {
    expect(
      translated(
        "SELECT a.x, c.y FROM t a, u b, v c WHERE a.id = b.id(+) AND b.k = c.k(+) AND c.f(+) = 'Y' AND a.n BETWEEN 1 AND 5",
      ),
    ).toBe(
      "SELECT a.x, c.y FROM t a LEFT JOIN u b ON a.id = b.id LEFT JOIN v c ON b.k = c.k AND c.f = 'Y' WHERE a.n BETWEEN 1 AND 5",
    );
  });

  it('keeps other tables as a cross join, their conditions in WHERE', () => {
    expect(translated('SELECT 1 FROM a, b, c WHERE a.i = b.i AND b.j = c.j (+) ORDER BY 1')).toBe(
      'SELECT 1 FROM a CROSS JOIN b LEFT JOIN c ON b.j = c.j WHERE a.i = b.i ORDER BY 1',
    );
  });

  it('makes a limit of ROWNUM, also around a sorted subquery', () => {
    expect(translated('SELECT * FROM (SELECT x FROM t ORDER BY x) WHERE ROWNUM <= 10')).toBe(
      'SELECT * FROM (SELECT x FROM t ORDER BY x) LIMIT 10',
    );
    expect(translated('SELECT x FROM t WHERE x > 1 AND rownum < 3')).toBe('SELECT x FROM t WHERE x > 1 LIMIT 2');
  });

  it('translates queries within queries and in unions', () => {
    expect(
      translated(
        'SELECT 1 FROM z WHERE i IN (SELECT a.i FROM a, b WHERE a.i = b.i(+)) UNION SELECT 2 FROM c, d WHERE c.i(+) = d.i',
      ),
    ).toBe(
      'SELECT 1 FROM z WHERE i IN (SELECT a.i FROM a LEFT JOIN b ON a.i = b.i) UNION SELECT 2 FROM d LEFT JOIN c ON c.i = d.i',
    );
  });

  it('leaves what it cannot translate for certain', () => {
    for (const sql of [
      'SELECT 1 FROM a, b WHERE a.i = b.i(+) OR b.j = 1',
      'SELECT 1 FROM a, b WHERE a.i = j(+)',
      'SELECT 1 FROM a, b WHERE a.i(+) = b.i AND b.j(+) = a.j',
      'SELECT x FROM t WHERE ROWNUM <= 3 ORDER BY x',
      'SELECT x FROM t WHERE ROWNUM > 3',
      'SELECT x FROM t',
    ])
      expect(translated(sql)).toBe(sql);
  });

  it('takes any text', () => {
    const piece = fc.constantFrom(
      'select',
      'from',
      'where',
      'and',
      'or',
      '(',
      ')',
      ',',
      '.',
      'a',
      'b',
      '(+)',
      'union',
      'rownum',
      '<=',
      '1',
    );
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }), (parts) => void withAnsiJoins(parts.join(' '))));
  });
});
