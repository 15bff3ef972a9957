import { describe, expect, it } from 'vitest';
import { aColumn, aTable, withTables } from '../../../../test/support/data-session.ts';
import type { TableProfile } from '../../../shared/model/profile.ts';
import type { Table } from '../../../shared/model/schema.ts';
import { profileTable } from './profile-table.ts';

const customers = aTable(
  'CUSTOMER',
  [
    aColumn('CUST_ID', { type: 'integer', rawType: 'NUMBER(10)', nullable: false }),
    aColumn('FULL_NAME', { length: 10, nullable: false }),
    aColumn('BIRTH_DT', { length: 8 }),
    aColumn('BALANCE', { type: 'decimal', rawType: 'NUMBER(9,2)' }),
    aColumn('ACTIVE_FLG', { length: 1 }),
    aColumn('MISSING_IN_DATA'),
  ],
  { primaryKey: ['CUST_ID'] },
);

const rows = `CREATE TABLE t (cust_id VARCHAR, full_name VARCHAR, birth_dt VARCHAR, balance VARCHAR, active_flg VARCHAR);
  INSERT INTO t VALUES
    ('1', 'Ann', '19800229', '10.00', 'Y'), ('2', ' Bob ', '00000000', '9.5', 'N'), ('2', ' Bob ', '00000000', '9.5', 'N'),
    (NULL, 'Somebody Long', '19791345', 'N/A', 'Y'), ('10', '  ', '19990101', '-3', 'Y'), ('7', NULL, '20011231', NULL, 'Y'),
    ('8', 'Eve', '20011230', '100', 'N'), ('9', 'Fay', '20011229', '2', 'N'), ('11', 'Guy', '20011228', '3', 'N'), ('12', 'Hal', '20011227', '4', 'N')`;

function profile(table: Table, sql: string): Promise<TableProfile> {
  return withTables(sql, (session) => profileTable(session, { table, sqlName: '"t"', file: 'customer.csv' }));
}

describe('the profile of a table', () => {
  it('counts, compares numbers as numbers, and ranks values and shapes', async () => {
    const found = await profile(customers, rows);
    expect(found).toMatchObject({ table: 'CUSTOMER', file: 'customer.csv', rows: 10, duplicateRows: 1 });
    const [id, name, , balance] = found.columns;
    expect(id).toMatchObject({
      name: 'CUST_ID',
      nulls: 1,
      distinct: 8,
      min: '1',
      max: '12',
      minLength: 1,
      maxLength: 2,
    });
    expect(balance).toMatchObject({ nulls: 1, distinct: 8, min: '-3', max: '100' });
    expect(name?.top[0]).toEqual({ value: ' Bob ', count: 2 });
    expect(name?.patterns[0]).toEqual({ pattern: 'AAA', count: 5 });
    expect(found.columns.map((column) => column.name)).not.toContain('MISSING_IN_DATA');
    expect(found.sample[1]).toEqual(['2', ' Bob ', '00000000', '9.5', 'N']);
  });

  it('says what columns mean', async () => {
    const found = await profile(customers, rows);
    expect(found.columns.map((column) => column.semanticType)).toEqual([
      'number_text',
      'name',
      'date_text',
      null,
      'flag',
    ]);
  });

  it('finds the defects, each with a query that counts the same', async () => {
    await withTables(rows, async (session) => {
      const { issues } = await profileTable(session, { table: customers, sqlName: '"t"', file: 'customer.csv' });
      expect(issues.map((issue) => `${issue.column ?? '*'} ${issue.kind} ${issue.rows}`)).toEqual([
        'CUST_ID nulls_in_key 1',
        'CUST_ID duplicate_key 1',
        'FULL_NAME nulls_in_required 1',
        'FULL_NAME blank 1',
        'FULL_NAME whitespace 2',
        'FULL_NAME too_long 1',
        'BIRTH_DT bad_date 1',
        'BIRTH_DT bad_date 2',
        'BALANCE bad_number 1',
        '* duplicate_row 1',
      ]);
      for (const issue of issues) {
        const counted = await session.query(issue.query ?? '');
        expect(Number(counted.rows[0]?.[0])).toBe(issue.rows);
      }
    });
  });

  it('finds single keys, and pairs where there is none', async () => {
    const single = aTable('t', [aColumn('code'), aColumn('price', { type: 'float' }), aColumn('kind')]);
    const first = await profile(
      single,
      "CREATE TABLE t AS SELECT 'C' || range AS code, range * 1.5::DOUBLE AS price, range % 3 AS kind FROM range(50)",
    );
    expect(first.candidateKeys).toEqual([['code']]);
    const pair = aTable('t', [
      aColumn('bill_nbr', { type: 'integer' }),
      aColumn('line_nbr', { type: 'integer' }),
      aColumn('amount', { type: 'integer' }),
    ]);
    const second = await profile(
      pair,
      'CREATE TABLE t AS SELECT range // 3 AS bill_nbr, range % 3 AS line_nbr, range % 17 AS amount FROM range(60)',
    );
    expect(second.candidateKeys).toContainEqual(['bill_nbr', 'line_nbr']);
  });

  it('gives the same bytes for the same rows, run after run', async () => {
    const many =
      'CREATE TABLE t AS SELECT (range * 7919) % 1000 AS cust_id, md5((range % 300)::VARCHAR) AS full_name, (range % 11)::VARCHAR AS birth_dt FROM range(20000)';
    const [first, second] = [await profile(customers, many), await profile(customers, many)];
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  });

  it('ranks the values of many columns as those of few', async () => {
    const many = Array.from({ length: 130 }, (_, i) => `C${i}`);
    const values = many.map((name, i) => `(range // 2) % ${(i % 5) + 2} AS ${name}`).join(', ');
    const sql = `CREATE TABLE t AS SELECT ${values} FROM range(100)`;
    const tableOf = (names: readonly string[]): Table =>
      aTable(
        'WIDE',
        names.map((name) => aColumn(name)),
      );
    const wide = await profile(tableOf(many), sql);
    expect(wide.columns.map(({ name }) => name)).toEqual(many);
    const few = await profile(tableOf(['C0', 'C44', 'C129']), sql);
    const same = wide.columns.filter(({ name }) => few.columns.some((column) => column.name === name));
    expect(same).toEqual(few.columns);
    expect(few.columns[1]?.top[0]).toEqual({ value: '0', count: 18 });
  });

  it('profiles a table without rows and one without any known column', async () => {
    const empty = await profile(customers, 'CREATE TABLE t (cust_id VARCHAR)');
    expect(empty).toMatchObject({ rows: 0, duplicateRows: 0, candidateKeys: [], issues: [], sample: [] });
    const stranger = await profile(customers, 'CREATE TABLE t AS SELECT 1 AS other');
    expect(stranger).toMatchObject({ rows: 1, columns: [], issues: [] });
  });
});
