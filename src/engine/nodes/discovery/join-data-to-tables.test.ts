import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aColumn, aTable } from '../../../../test/support/data-session.ts';
import { joinDataToTables } from './join-data-to-tables.ts';

const table = (name: string, columns: readonly string[], schema: string | null = null) =>
  aTable(
    name,
    columns.map((column) => aColumn(column)),
    { schema },
  );

describe('pairing declared tables with data files', () => {
  it('matches names and columns without case and lists what either side lacks', () => {
    const declared = table('CUST_MSTR', ['ID', 'NM', 'DT']);
    const data = table('cust_mstr', ['id', 'nm', 'extra']);
    expect(joinDataToTables([declared], [data])).toEqual({
      matched: [{ table: declared, data, missingColumns: ['DT'], extraColumns: ['extra'] }],
      dataOnly: [],
      tablesOnly: [],
    });
  });

  it('does not pair a file that merely has the same name', () => {
    const result = joinDataToTables([table('orders', ['id', 'total', 'placed'])], [table('orders', ['x', 'y', 'z'])]);
    expect([result.matched.length, result.dataOnly.length, result.tablesOnly.length]).toEqual([0, 1, 1]);
  });

  it('tells tables of the same name in two schemas apart by the file name', () => {
    const [sales, stock] = [table('item', ['id'], 'sales'), table('item', ['id'], 'stock')];
    const [stockData, salesData] = [table('stock.item', ['id']), table('sales_item', ['id'])];
    expect(
      joinDataToTables([sales, stock], [stockData, salesData]).matched.map((pair) => [pair.table, pair.data]),
    ).toEqual([
      [sales, salesData],
      [stock, stockData],
    ]);
  });

  it('uses every table and every file exactly once', () => {
    const name = fc.constantFrom('a', 'A', 'b', 'a_b', 'AB', 'c');
    fc.assert(
      fc.property(fc.array(name, { maxLength: 8 }), fc.array(name, { maxLength: 8 }), (names, files) => {
        const tables = names.map((value) => table(value, ['id']));
        const data = files.map((value) => table(value, ['ID']));
        const result = joinDataToTables(tables, data);
        expect(result.matched.length + result.tablesOnly.length).toBe(tables.length);
        expect(new Set([...result.matched.map((pair) => pair.data), ...result.dataOnly]).size).toBe(data.length);
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});
