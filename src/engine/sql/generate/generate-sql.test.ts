import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { column, integer, mapping, table } from '../../../../test/support/builders.ts';
import type { SqlArtifacts } from '../../../shared/model/artifacts.ts';
import { createDuckDbRunner } from '../../adapters/duckdb/duckdb-runner.ts';
import { runSql } from '../../nodes/sql-generator/run-sql.ts';
import type { SqlSession } from '../../ports/sql-runner.ts';
import { generateSql } from './generate-sql.ts';

const source = [
  table('CUST', [integer('CUST_ID'), column('NM', { length: 40 }), column('OPEN_DT')], { primaryKey: ['CUST_ID'] }),
  table('ACCT', [integer('ACCT_ID'), integer('CUST_ID'), column('BAL')], {
    foreignKeys: [
      { name: null, columns: ['CUST_ID'], references: { schema: null, table: 'CUST', columns: ['CUST_ID'] } },
    ],
  }),
];
const target = [
  table(
    'account',
    [
      integer('account_id', { nullable: false }),
      integer('customer_id', { nullable: false }),
      column('balance', { type: 'decimal', precision: 10, scale: 2, length: null }),
      column('holder'),
    ],
    {
      primaryKey: ['account_id'],
      foreignKeys: [
        {
          name: null,
          columns: ['customer_id'],
          references: { schema: null, table: 'customer', columns: ['customer_id'] },
        },
      ],
    },
  ),
  table(
    'customer',
    [
      integer('customer_id', { nullable: false }),
      column('name', { nullable: false, length: 10 }),
      column('opened', { type: 'date', length: null }),
    ],
    { primaryKey: ['customer_id'] },
  ),
];
const mappings = [
  mapping('CUST.CUST_ID', 'customer.customer_id'),
  mapping('CUST.NM', 'customer.name', { transformation: { type: 'calculated', expression: 'trim(NM)' } }),
  mapping('CUST.OPEN_DT', 'customer.opened', {
    transformation: { type: 'cast', expression: "try_strptime(OPEN_DT, '%Y%m%d')::DATE" },
  }),
  mapping('ACCT.ACCT_ID', 'account.account_id'),
  mapping('ACCT.CUST_ID', 'account.customer_id'),
  mapping('ACCT.BAL', 'account.balance', { transformation: { type: 'cast', expression: 'BAL' } }),
];

let session: SqlSession;
beforeEach(async () => {
  session = await createDuckDbRunner().open({ readable: [] });
});
afterEach(async () => session.close());

async function load(artifacts: Omit<SqlArtifacts, 'runs'>, inserts: string): Promise<readonly unknown[]> {
  const statements = artifacts.statements.filter((statement) => statement.kind !== 'rollback');
  const runs = await runSql(
    { statements },
    session,
    () => session.run(inserts),
    () => undefined,
  );
  return runs.filter((run) => run.status === 'failed').map((run) => `${run.name}: ${run.detail}`);
}

const rows = async (sql: string): Promise<readonly unknown[]> =>
  (await session.query(sql)).rows.map((row) => row.map((value) => (typeof value === 'bigint' ? Number(value) : value)));

const data = `
  INSERT INTO legacy."CUST" VALUES (1, ' Ada ', '20240131'), (2, NULL, '20240101'), (1, 'Again', NULL), (3, 'Bo', '19791345'), (4, 'A name far too long', NULL);
  INSERT INTO legacy."ACCT" VALUES (10, 1, '12.50'), (11, 9, '1'), (12, 3, 'N/A');`;

describe('generated SQL', () => {
  it('loads good rows, and keeps every bad row with its reason, so that none is lost', async () => {
    expect(await load(generateSql({ source, target, mappings, relationships: [] }), data)).toEqual([]);
    expect(await rows('SELECT customer_id, name, opened FROM target.customer ORDER BY 1')).toEqual([
      [1, 'Ada', '2024-01-31'],
      [3, 'Bo', null],
    ]);
    expect(await rows('SELECT __row, __reason FROM rejects.customer ORDER BY 1')).toEqual([
      [2, 'name is required'],
      [3, 'customer_id is there already'],
      [5, 'name is longer than 10'],
    ]);
    expect(await rows('SELECT account_id, balance FROM target.account ORDER BY 1')).toEqual([
      [10, '12.50'],
      [12, null],
    ]);
    expect(await rows('SELECT __reason FROM rejects.account')).toEqual([['no customer for customer_id']]);
  });

  it('counts in its checks what was rejected and what lost its value on the way', async () => {
    const artifacts = generateSql({ source, target, mappings, relationships: [] });
    const statements = artifacts.statements.filter((statement) => statement.kind !== 'rollback');
    const runs = await runSql(
      { statements },
      session,
      () => session.run(data),
      () => undefined,
    );
    const findings = Object.fromEntries(
      runs.filter((run) => run.kind === 'check' && run.rows !== 0).map((run) => [run.name, run.rows]),
    );
    expect(findings).toEqual({
      'customer: no row was rejected': 3,
      'customer: no value of OPEN_DT was lost in opened': 1,
      'account: no row was rejected': 1,
      'account: no value of BAL was lost in balance': 1,
    });
  });

  it('joins a second source table along its foreign key without multiplying rows, even where the parent key is not unique', async () => {
    const joined = [...mappings.filter((entry) => entry.id !== 'CUST.NM'), mapping('CUST.NM', 'account.holder')];
    expect(await load(generateSql({ source, target, mappings: joined, relationships: [] }), data)).toEqual([]);
    expect(await rows('SELECT account_id, holder FROM target.account ORDER BY 1')).toEqual([
      [10, ' Ada '],
      [12, 'Bo'],
    ]);
  });

  it('says which columns cannot be joined instead of guessing a join', () => {
    const apart = [
      mapping('CUST.CUST_ID', 'account.account_id'),
      mapping('CUST.NM', 'account.holder'),
      mapping('ACCT.BAL', 'account.balance'),
    ];
    const { statements } = generateSql({ source, target, mappings: apart, relationships: [] });
    const notes = statements.find((statement) => statement.kind === 'load')?.notes;
    expect(notes).toContainEqual(
      'ACCT (BAL) has no relationship to CUST and is not joined: add a foreign key or map these columns by hand',
    );
  });

  it('numbers an integer key that nothing feeds, and leaves out a required column that nothing feeds, saying both', async () => {
    const partial = [mapping('CUST.NM', 'customer.opened', { transformation: { type: 'cast', expression: 'NM' } })];
    const artifacts = generateSql({ source, target, mappings: partial, relationships: [] });
    expect(await load(artifacts, data)).toEqual([]);
    expect(await rows('SELECT customer_id FROM target.customer ORDER BY 1')).toEqual([[1], [2], [3], [4], [5]]);
    const notes = artifacts.statements.flatMap((statement) => statement.notes);
    expect(notes).toEqual(
      expect.arrayContaining([
        expect.stringContaining('name is NOT NULL in the target and nothing feeds it'),
        expect.stringContaining('customer_id is a surrogate key'),
      ]),
    );
  });

  it('gives a required column its default where the source has no value, and says so', async () => {
    const flagged = [
      table(
        'customer',
        [integer('customer_id', { nullable: false }), column('name', { nullable: false, default: "'unknown'" })],
        { primaryKey: ['customer_id'] },
      ),
    ];
    const artifacts = generateSql({ source, target: flagged, mappings: mappings.slice(0, 2), relationships: [] });
    expect(await load(artifacts, data)).toEqual([]);
    expect(await rows('SELECT name FROM target.customer WHERE customer_id = 2')).toEqual([['unknown']]);
    expect(artifacts.statements.find((statement) => statement.kind === 'load')?.notes).toContain(
      "name takes its default 'unknown' where NM has no value",
    );
  });

  it('makes up no key that other tables refer to: rows would be linked to the wrong parent', async () => {
    const unkeyed = mappings.filter((entry) => entry.id !== 'CUST.CUST_ID');
    expect(await load(generateSql({ source, target, mappings: unkeyed, relationships: [] }), data)).toEqual([]);
    expect(await rows('SELECT count(*) FROM target.customer')).toEqual([[0]]);
    expect(await rows('SELECT DISTINCT __reason FROM rejects.customer')).toEqual([
      ['customer_id is part of the key and nothing feeds it'],
    ]);
  });

  it('is the same text for the same schema, whatever the order of tables and mappings', () => {
    const one = generateSql({ source, target, mappings, relationships: [] });
    const two = generateSql({
      source: source.toReversed(),
      target: target.toReversed(),
      mappings: mappings.toReversed(),
      relationships: [],
    });
    expect(two.statements.map((statement) => statement.name)).toEqual(
      one.statements.map((statement) => statement.name),
    );
    expect(two.loadOrder).toEqual(['customer', 'account']);
  });

  it('survives names that try to end a quotation', async () => {
    const evil = 'x"; DROP TABLE y; --';
    const hostile = [table(evil, [column(`c'${evil}`)])];
    const goal = [table(`t${evil}`, [column(`d${evil}`)])];
    const from = { schema: null, table: evil, column: `c'${evil}` };
    const entry = mapping('a.b', 'c.d', {
      source: from,
      target: { schema: null, table: `t${evil}`, column: `d${evil}` },
      transformation: { type: 'direct', expression: `"${from.column.replaceAll('"', '""')}"` },
    });
    expect(
      await load(
        generateSql({ source: hostile, target: goal, mappings: [entry], relationships: [] }),
        `INSERT INTO legacy."${evil.replaceAll('"', '""')}" VALUES ('v')`,
      ),
    ).toEqual([]);
  });
});
