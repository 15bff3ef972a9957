import { describe, expect, it } from 'vitest';
import { selectedNames } from './selected-names.ts';

describe('the columns of a query', () => {
  it.each([
    ['select A, t.B, "c d" from x t', ['A', 'B', 'c d']],
    ['SELECT DISTINCT count(*) AS n, max(a, b) m, 5 five', ['n', 'm', 'five']],
    ["with q as (select z, y from w) select y, case when z = ',' then 1 end k from q where 1 = 1", ['y', 'k']],
    ['select (select max(i) from o) last_one, b from x union select 1, 2', ['last_one', 'b']],
  ])('%s', (query, names) => {
    expect(selectedNames(query)).toEqual(names);
  });

  it.each([
    'select * from x',
    'select t.*, a from x t',
    'select a + 1 from x',
    'select a + b from x',
    'select count(*) from x',
    'select case when a then b end from x',
    'select a, A from x',
    'delete from x',
    '',
  ])('are not known in %s', (query) => {
    expect(selectedNames(query)).toBeNull();
  });
});
