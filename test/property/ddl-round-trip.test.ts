import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDdl } from '../../src/engine/readers/ddl/index.ts';
import { printSchema } from '../../src/engine/sql/ddl/print-schema.ts';
import { compareText } from '../../src/engine/core/text.ts';
import { type Column, type Dialect, type Table, dialects, tableKey } from '../../src/shared/model/schema.ts';
import { anySchema, anyType, commonType } from '../support/arbitrary-schema.ts';

const runs = { numRuns: Number(process.env['PORTOLAN_PROPERTY_RUNS'] ?? 60), seed: 20_261_121 };

const keyOf = (table: Table): string => tableKey({ schema: table.schema, table: table.name });
const sorted = (tables: readonly Table[]): readonly Table[] =>
  tables.toSorted((a, b) => compareText(keyOf(a), keyOf(b)));

/** What must come back whatever the dialect: everything but the words of the types and the lines. */
const bare = (column: Column, typed: boolean) => {
  const { rawType: _raw, type, length, precision, scale, timeZone, ...rest } = column;
  return typed ? { ...rest, type, length, precision, scale, timeZone } : rest;
};

describe.each(dialects)('%s', (dialect) => {
  it('reads back the schema that was printed, and says of each type that is not exactly the same', () => {
    fc.assert(
      fc.property(anySchema({ dialect, type: anyType }), (tables) => {
        const { sql, notes } = printSchema(tables, dialect, dialect);
        const read = readDdl(sql, { file: 'x.sql', dialect });
        expect(read.diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
        const isExact = (table: Table, column: Column): boolean =>
          !notes.some((note) => note.table === keyOf(table) && note.column === column.name);
        const shape = (table: Table, original: Table) => ({
          ...table,
          line: null,
          columns: table.columns.map((column, i) => {
            const own = original.columns[i];
            return bare(column, own !== undefined && isExact(original, own));
          }),
        });
        const originals = sorted(tables);
        expect(sorted(read.tables).map((table, i) => shape(table, originals[i] ?? table))).toEqual(
          originals.map((table) => shape(table, table)),
        );
        // What was held in another type stays in it from then on.
        const again = printSchema(read.tables, dialect, dialect).sql;
        expect(printSchema(readDdl(again, { file: 'x.sql', dialect }).tables, dialect, dialect).sql).toBe(again);
      }),
      runs,
    );
  });
});

describe('one schema in several dialects', () => {
  const common = (table: Table) => ({
    ...table,
    line: null,
    comment: null,
    uniques: [],
    indexes: [],
    checks: [],
    columns: table.columns.map((column) => ({ ...bare(column, true), comment: null })),
  });

  it('gives the same normalised model', () => {
    fc.assert(
      fc.property(anySchema({ dialect: 'ansi', type: commonType }), (drawn) => {
        // Computed columns and counters are not said by all; their words are tested above.
        const tables = drawn.map((table) => ({
          ...table,
          schema: 'shop',
          foreignKeys: table.foreignKeys.map((key) => ({ ...key, references: { ...key.references, schema: 'shop' } })),
          columns: table.columns.map((column) => ({ ...column, generated: null, identity: false, default: null })),
        }));
        const expected = sorted(tables).map(common);
        for (const dialect of dialects) {
          const { sql } = printSchema(tables, dialect, 'ansi');
          const read = readDdl(sql, { file: 'x.sql', dialect });
          expect({ dialect, tables: sorted(read.tables).map(common) }).toEqual({ dialect, tables: expected });
        }
      }),
      runs,
    );
  });

  it.each([
    ['oracle', `SYSDATE`, 'postgres', 'CURRENT_TIMESTAMP'],
    ['sqlserver', `((0))`, 'mysql', '0'],
    ['sqlserver', `(N'it''s')`, 'oracle', `'it''s'`],
    ['postgres', 'true', 'sqlserver', '1'],
  ] satisfies readonly (readonly [Dialect, string, Dialect, string])[])(
    'a default of %s, %s, is said in %s as %s',
    (from, written, to, expected) => {
      const { tables } = readDdl(`CREATE TABLE t (a varchar(9) DEFAULT ${written})`, { file: 'x', dialect: from });
      const { sql, notes } = printSchema(tables, to, from);
      expect(notes).toEqual([]);
      expect(sql).toContain(`DEFAULT ${expected}`);
    },
  );

  it('leaves out what another dialect may not have, with a note', () => {
    const { tables } = readDdl(
      `CREATE TABLE t (a NUMBER(5) DEFAULT seq.NEXTVAL, b VARCHAR2(9 CHAR) CHECK (REGEXP_LIKE(b, '^x')), CHECK (a > 1 AND b IN ('x')))`,
      { file: 'x', dialect: 'oracle' },
    );
    const { sql, notes } = printSchema(tables, 'sqlserver', 'oracle');
    expect(notes.map(({ column, message }) => [column, message])).toEqual([
      ['a', 'the default seq.NEXTVAL is left out'],
      [null, `the check REGEXP_LIKE(b, '^x') is left out`],
    ]);
    expect(sql).toContain(`CHECK ([a] > 1 AND [b] IN (N'x'))`);
  });
});
