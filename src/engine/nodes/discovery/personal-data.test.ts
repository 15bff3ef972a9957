import { describe, expect, it } from 'vitest';
import { aColumn, aTable, withTables } from '../../../../test/support/data-session.ts';
import { isPersonal, maskPersonal } from './personal-data.ts';
import { profileTable } from './profile-table.ts';

describe('personal data', () => {
  it.each([
    ['E_MAIL', 'email', true],
    ['CUST_NAME', 'name', true],
    ['lastName', 'name', true],
    ['BIRTH_DT', 'date_text', true],
    ['EMP_SSN', null, true],
    ['PRODUCT_NAME', 'name', false],
    ['BIRTH_PLACE_CD', 'code', false],
    ['AMOUNT', null, false],
  ])('%s of meaning %s: %s', (name, meaning, expected) => {
    expect(isPersonal(name, meaning)).toBe(expected);
  });

  it('is flagged in a profile, and stands in no figure or sample once masked', async () => {
    const table = aTable('P', [aColumn('CUST_NAME'), aColumn('MAIL'), aColumn('CITY')]);
    const rows = `CREATE TABLE t (cust_name VARCHAR, mail VARCHAR, city VARCHAR); INSERT INTO t VALUES
      ('Ann Lee', 'ann@example.org', 'Bern'), ('Bob Ray', 'bob@example.org', 'Bern'), (NULL, 'eve@example.org', 'Rome')`;
    const plain = await withTables(rows, (session) => profileTable(session, { table, sqlName: '"t"', file: 'p.csv' }));
    expect(plain.columns.map((column) => column.personal ?? false)).toEqual([true, true, false]);
    const masked = maskPersonal(plain);
    expect(JSON.stringify(masked)).not.toMatch(/Ann|Bob|example/);
    expect(masked.sample[0]).toEqual(['AAA AAA', 'AAA@AAAAA+.AAA'.replace('AAAAA+', 'A+'), 'Bern']);
    expect(masked.columns[0]).toMatchObject({
      top: [{ value: 'AAA AAA', count: 2 }],
      min: null,
      max: null,
      distinct: 2,
    });
    expect(masked.columns[2]).toEqual(plain.columns[2]);
  });
});
