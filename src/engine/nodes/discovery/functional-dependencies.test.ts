import { describe, expect, it } from 'vitest';
import { aColumn, aTable, withTables } from '../../../../test/support/data-session.ts';
import { profileTable } from './profile-table.ts';

describe('functional dependencies', () => {
  it('finds the column that another one decides, and neither keys, constants nor what a single row contradicts', async () => {
    const table = aTable(
      'T',
      ['ID', 'RATE_CD', 'RATE_NAME', 'CITY', 'SAME'].map((name) => aColumn(name)),
    );
    const rows = `CREATE TABLE t AS SELECT i AS id, 'R' || (i % 4) AS rate_cd, 'Rate ' || (i % 4) AS rate_name,
      CASE WHEN i = 39 THEN 'X' ELSE 'C' || (i % 4) END AS city, 'x' AS same FROM range(40) AS r(i)`;
    const found = await withTables(rows, (session) => profileTable(session, { table, sqlName: '"t"', file: 't.csv' }));
    expect(found.dependencies).toEqual([
      { from: 'RATE_CD', to: 'RATE_NAME' },
      { from: 'RATE_NAME', to: 'RATE_CD' },
      { from: 'CITY', to: 'RATE_CD' },
      { from: 'CITY', to: 'RATE_NAME' },
    ]);
  });
});
