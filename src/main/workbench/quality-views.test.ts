import { describe, expect, it } from 'vitest';
import type { ColumnProfile } from '../../shared/model/profile.ts';
import { column, columnProfile, table } from '../../../test/support/builders.ts';
import { ColumnIndex } from './column-index.ts';
import { qualityPage } from './quality-views.ts';
import { relationView } from './references.ts';

const figures = (name: string, more: Partial<ColumnProfile>): ColumnProfile =>
  columnProfile(name, { distinct: 100, ...more });
const reference = { schema: null, table: 'CUST', column: 'ID' };
const shop = new ColumnIndex(
  {
    source: [
      {
        file: 'a.sql',
        format: 'ddl',
        dialect: null,
        diagnostics: [],
        tables: [
          table('CUST', [column('ID'), column('ZIP')], { primaryKey: ['ID'] }),
          table('ORD', [column('ID'), column('CUST_ID'), column('STAT')], {
            primaryKey: ['ID'],
            foreignKeys: [
              { name: 'fk', columns: ['STAT'], references: { schema: null, table: 'stat', columns: [] } },
              { name: null, columns: ['ID'], references: { schema: null, table: 'MISSING', columns: ['X'] } },
            ],
          }),
          table('STAT', [column('CODE')], { primaryKey: ['CODE'] }),
        ],
      },
    ],
    target: [],
    etl: [],
    data: [],
    profiles: [
      {
        table: 'CUST',
        file: 'c.csv',
        rows: 100,
        columns: [
          figures('ID', { patterns: [{ pattern: '999', count: 50 }] }),
          figures('zip', { nulls: 20, distinct: 30, patterns: [{ pattern: '99999', count: 77 }] }),
        ],
        candidateKeys: [],
        duplicateRows: 2,
        sample: [],
        issues: [],
      },
      {
        table: 'ORD',
        file: 'o.csv',
        rows: 0,
        columns: [figures('CUST_ID', { distinct: 0 })],
        candidateKeys: [],
        duplicateRows: 0,
        sample: [],
        issues: [{ table: 'ORD', column: 'CUST_ID', kind: 'orphan', rows: 7, message: '', query: null }],
      },
    ],
    targetProfiles: [],
    relationships: [
      {
        from: { schema: null, table: 'ORD', column: 'CUST_ID' },
        to: reference,
        score: 0.9,
        inclusion: 1,
        evidence: '',
      },
    ],
    diagnostics: [],
  },
  'source',
  false,
);
const page = (more: object) =>
  qualityPage(shop, {
    side: 'source',
    text: '',
    level: 'columns',
    sort: 'defects',
    descending: true,
    offset: 0,
    limit: 10,
    ...more,
  });

describe('data quality by column', () => {
  it('counts what is empty, repeated, of another shape than the rule, and without its row', () => {
    const { lines, tables, profiled } = page({});
    expect([tables, profiled]).toEqual([3, 2]);
    expect(lines.find((line) => line.column === 'zip')).toMatchObject({
      nullShare: 0.2,
      duplicates: 50,
      outliers: 3,
      orphans: 0,
    });
    expect(lines.find((line) => line.key === 'CUST.ID')).toMatchObject({ outliers: null, duplicates: 0 });
    expect(lines[0]).toMatchObject({ key: 'ORD.CUST_ID', orphans: 7, defects: 1, nullShare: null });
  });

  it('is sorted either way with what was not measured last', () => {
    const keys = (descending: boolean) => page({ sort: 'nulls', descending }).lines.map((line) => line.key);
    expect(keys(true)).toEqual(['CUST.zip', 'CUST.ID', 'ORD.CUST_ID']);
    expect(keys(false)).toEqual(['CUST.ID', 'CUST.zip', 'ORD.CUST_ID']);
    expect(page({ text: 'cust.id', sort: 'name', descending: false }).lines.map((line) => line.key)).toEqual([
      'CUST.ID',
      'ORD.CUST_ID',
    ]);
  });

  it('adds up for a table', () => {
    expect(page({ level: 'tables' }).lines.map(({ key, duplicates, orphans }) => [key, duplicates, orphans])).toEqual([
      ['ORD', 0, 7],
      ['CUST', 2, 0],
    ]);
  });
});

describe('relations of a side', () => {
  it('are declared or inferred, and only between tables that are there', () => {
    const { tables, relations } = relationView(shop);
    expect(relations.map(({ from, to, toColumns, declared }) => [from, to, toColumns.join(), declared])).toEqual([
      ['ORD', 'STAT', 'CODE', true],
      ['ORD', 'CUST', 'ID', false],
    ]);
    expect(tables.find((one) => one.key === 'ORD')?.keys).toEqual([
      { name: 'ID', mark: 'primary' },
      { name: 'STAT', mark: 'declared' },
      { name: 'CUST_ID', mark: 'inferred' },
    ]);
  });
});
