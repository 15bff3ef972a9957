import { describe, expect, it } from 'vitest';
import { selectedColumns } from './select-list.ts';

describe('the columns of a query', () => {
  it.each([
    ['SELECT A, B FROM T', 2],
    ["SELECT DISTINCT NVL(A, 'x, y'), (SELECT MAX(B), 1 FROM U), C * 2 FROM T, U", 3],
    ['SELECT A FROM T UNION SELECT B FROM U', 1],
    ['SELECT T.* FROM T', null],
    ['SELECT A, * FROM T', null],
    ['SELECT COUNT(*), A FROM T', 2],
    ['WITH q AS (SELECT 1) SELECT A FROM q', null],
    ['EXEC p', null],
    ['', null],
  ])('%s', (text, count) => {
    expect(selectedColumns(text)).toBe(count);
  });
});
