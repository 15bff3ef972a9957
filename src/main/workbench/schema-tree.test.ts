import { describe, expect, it } from 'vitest';
import type { TreeRow } from '../../shared/ipc/contract.ts';
import type { Table } from '../../shared/model/schema.ts';
import { column, table } from '../../../test/support/builders.ts';
import { ColumnIndex } from './column-index.ts';
import { treePage } from './schema-tree.ts';

const discovery = (tables: readonly Table[]) => ({
  source: [{ file: 'a.sql', format: 'ddl' as const, dialect: null, tables, diagnostics: [] }],
  target: [],
  etl: [],
  data: [],
  profiles: [],
  targetProfiles: [],
  relationships: [],
  diagnostics: [],
});
const index = (tables: readonly Table[]) => new ColumnIndex(discovery(tables), 'source', false);
const say = (row: TreeRow): string =>
  `${' '.repeat(row.level - 1)}${row.name}${row.open === null ? '' : row.open ? ' -' : ' +'}`;
const rowsOf = (one: ColumnIndex, text: string, toggled: readonly string[] = []): readonly string[] =>
  treePage(one, { side: 'source', text, toggled: [...toggled], offset: 0, limit: 1000 }).rows.map(say);

const shop = index([
  table('CUST', [column('CUST_ID'), column('NM', { comment: 'Name of the customer' })]),
  table('ORD', [column('ORD_ID'), column('CUST_ID')]),
]);

describe('the tree of a side', () => {
  it('shows tables closed, and the columns of those that were opened', () => {
    expect(rowsOf(shop, '')).toEqual(['CUST +', 'ORD +']);
    expect(rowsOf(shop, '', ['ORD'])).toEqual(['CUST +', 'ORD -', ' ORD_ID', ' CUST_ID']);
  });

  it('shows with words the columns that hold them, also in comments, and tables that hold them closed with all columns', () => {
    expect(rowsOf(shop, 'ord_id')).toEqual(['ORD -', ' ORD_ID']);
    expect(rowsOf(shop, 'name OF')).toEqual(['CUST -', ' NM']);
    expect(rowsOf(shop, 'cust')).toEqual(['CUST +', 'ORD -', ' CUST_ID']);
    expect(rowsOf(shop, 'cust', ['CUST'])).toEqual(['CUST -', ' CUST_ID', ' NM', 'ORD -', ' CUST_ID']);
    expect(rowsOf(shop, 'ord.cust_id')).toEqual(['ORD -', ' CUST_ID']);
    expect(rowsOf(shop, 'nothing like it')).toEqual([]);
  });

  it('has a level for schemas where tables name them', () => {
    const two = index([table('T', [], { schema: 'A' }), table('T', [], { schema: 'B' })]);
    expect(rowsOf(two, '').map((row) => row.trim())).toEqual(['A -', 'T +', 'B -', 'T +']);
    expect(rowsOf(two, '', ['schema A']).map((row) => row.trim())).toEqual(['A +', 'B -', 'T +']);
  });

  it('gives any page of a hundred thousand columns and counts them all', () => {
    const wide = index(
      Array.from({ length: 1000 }, (_, t) =>
        table(
          `T${t}`,
          Array.from({ length: 100 }, (_column, c) => column(`C${c}_${t}`)),
        ),
      ),
    );
    const page = treePage(wide, { side: 'source', text: 'c', toggled: [], offset: 100_000, limit: 50 });
    expect([page.total, page.tables, page.columns]).toEqual([101_000, 1000, 100_000]);
    expect(page.rows.map((row) => row.position)).toEqual(
      // 101 lines a table: line 100,000 is the tenth column of the 991st.
      Array.from({ length: 50 }, (_, i) => 10 + i),
    );
    expect(treePage(wide, { side: 'source', text: 'c7_999', toggled: [], offset: 0, limit: 10 }).rows.map(say)).toEqual(
      ['T999 -', ' C7_999'],
    );
  });
});
