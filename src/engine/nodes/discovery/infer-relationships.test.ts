import { describe, expect, it } from 'vitest';
import { aColumn, aTable, withTables } from '../../../../test/support/data-session.ts';
import type { Table } from '../../../shared/model/schema.ts';
import { type RelationshipTable, inferRelationships } from './infer-relationships.ts';
import { orphanIssues } from './orphan-issues.ts';
import { profileTable } from './profile-table.ts';
import { columnWords, referenceName, tableWords } from './reference-name.ts';

const integer = (name: string) => aColumn(name, { type: 'integer', rawType: 'BIGINT' });
const meter = aTable('MTR', [integer('MTR_ID'), aColumn('MTR_SER_NBR')], { primaryKey: ['MTR_ID'] });
const reading = aTable('MTR_READ', [integer('READ_ID'), integer('METER_ID'), integer('SEQ_NO')], {
  primaryKey: ['READ_ID'],
});
const site = aTable('sites', [integer('id'), integer('parent_id'), integer('manager_id')], { primaryKey: ['id'] });
const visit = aTable(
  'visit',
  [integer('visit_id'), integer('site_id'), integer('siteId2'), aColumn('amount', { type: 'float' })],
  { primaryKey: ['visit_id'] },
);
const tables = [meter, reading, site, visit];

const data = `CREATE TABLE "MTR" AS SELECT 5000 + range AS "MTR_ID", 'S' || range AS "MTR_SER_NBR" FROM range(100);
  CREATE TABLE "MTR_READ" AS SELECT range AS "READ_ID", CASE WHEN range = 3 THEN 1 ELSE 5000 + range % 90 END AS "METER_ID", range % 5 AS "SEQ_NO" FROM range(300);
  CREATE TABLE "sites" AS SELECT range + 1 AS id, range // 2 + 1 AS parent_id, 900 + range AS manager_id FROM range(30);
  CREATE TABLE "visit" AS SELECT range AS visit_id, range % 30 + 1 AS site_id, range + 700 AS "siteId2", 1.5::DOUBLE AS amount FROM range(60)`;

const found = (relationships: Awaited<ReturnType<typeof inferRelationships>>): readonly string[] =>
  relationships.map(
    ({ from, to, inclusion }) => `${from.table}.${from.column} > ${to.table}.${to.column} ${String(inclusion)}`,
  );

/** A word of five letters for each number, none an abbreviation of another. */
const letters = (n: number): string =>
  `${'bcdfghjklm'[n % 10]}${'bcdfghjklm'[Math.floor(n / 10) % 10]}${'bcdfghjklm'[Math.floor(n / 100) % 10]}zq`;

function withData<T>(
  declared: readonly Table[],
  use: (session: Parameters<typeof profileTable>[0], list: readonly RelationshipTable[]) => Promise<T>,
): Promise<T> {
  return withTables(data, async (session) => {
    const list: RelationshipTable[] = [];
    for (const table of declared) {
      const sqlName = `"${table.name}"`;
      list.push({
        table,
        sqlName,
        profile: await profileTable(session, { table, sqlName, file: `${table.name}.csv` }),
      });
    }
    return use(session, list);
  });
}

describe('references that nobody declared', () => {
  it('are found by name and proved by values, orphans included', async () => {
    await withData(tables, async (session, list) => {
      expect(found(await inferRelationships(session, list))).toEqual([
        'MTR_READ.METER_ID > MTR.MTR_ID 0.989',
        'visit.site_id > sites.id 1',
      ]);
    });
  });

  it('are found among a thousand tables with keys and a hundred thousand columns, and the search can be cancelled', async () => {
    const many: RelationshipTable[] = Array.from({ length: 1000 }, (_, t) => ({
      table: aTable(
        `thing_${letters(t)}`,
        [
          integer(`${letters(t)}_id`),
          ...Array.from({ length: 99 }, (_each, c) =>
            integer(c === 7 ? `first_${letters((t + 1) % 1000)}_id` : `f${letters(c)}_${t}`),
          ),
        ],
        { primaryKey: [`${letters(t)}_id`] },
      ),
      sqlName: null,
      profile: null,
    }));
    const relationships = await inferRelationships(null, many);
    expect(relationships).toHaveLength(1000);
    expect(found(relationships)).toContain(
      `thing_${letters(3)}.first_${letters(4)}_id > thing_${letters(4)}.${letters(4)}_id null`,
    );
    const cancelled = new AbortController();
    const search = inferRelationships(null, many, cancelled.signal);
    setTimeout(() => cancelled.abort(), 0);
    await expect(search).rejects.toMatchObject({ code: 'CANCELLED' });
  }, 60_000);

  it('are found by name alone where there is no data, with a lower score', async () => {
    const list = tables.map((table) => ({ table, sqlName: null, profile: null }));
    const relationships = await inferRelationships(null, list);
    expect(found(relationships)).toEqual(['MTR_READ.METER_ID > MTR.MTR_ID null', 'visit.site_id > sites.id null']);
    expect(relationships.every((relationship) => relationship.score < 0.7)).toBe(true);
  });

  it('do not repeat what is declared', async () => {
    const declared = {
      ...visit,
      foreignKeys: [
        { name: null, columns: ['SITE_ID'], references: { schema: null, table: 'sites', columns: ['id'] } },
      ],
    };
    await withData([site, declared], async (session, list) => {
      expect(found(await inferRelationships(session, list))).toEqual([]);
    });
  });

  it('come from keys that only the data shows', async () => {
    const bare = tables.map((table) => ({ ...table, primaryKey: [] }));
    await withData(bare, async (session, list) => {
      expect(found(await inferRelationships(session, list))).toContain('MTR_READ.METER_ID > MTR.MTR_ID 0.989');
    });
  });

  it('do not depend on the order of the tables', async () => {
    await withData(tables, async (session, list) => {
      expect(await inferRelationships(session, list.toReversed())).toEqual(await inferRelationships(session, list));
    });
  });
});

describe('orphans', () => {
  it('are counted over declared and inferred references', async () => {
    await withData(tables, async (session, list) => {
      const declared = {
        ...visit,
        foreignKeys: [{ name: null, columns: ['siteId2'], references: { schema: null, table: 'SITES', columns: [] } }],
      };
      const loaded = list.map(({ table, sqlName }) => ({
        table: table.name === 'visit' ? declared : table,
        sqlName: sqlName ?? '',
        file: '',
      }));
      const issues = await orphanIssues(session, loaded, await inferRelationships(session, list));
      expect(issues.map((issue) => `${issue.table}.${issue.column ?? ''} ${issue.rows}`)).toEqual([
        'visit.siteId2 60',
        'MTR_READ.METER_ID 1',
      ]);
      expect(Number((await session.query(issues[1]?.query ?? '')).rows[0]?.[0])).toBe(1);
    });
  });
});

describe('names that refer', () => {
  it.each([
    ['customer_id', 'customers', 'id', 0.9],
    ['CUST_ID', 'CUST_MSTR', 'CUST_ID', 1],
    ['bill_to_customer_id', 'customer', 'customer_id', 0.85],
    ['custid', 'cust', 'id', 0.9],
    ['categoryId', 'categories', 'id', 0.9],
    ['METER_ID', 'MTR', 'MTR_ID', 0.7],
    ['amount', 'customer', 'customer_id', 0],
    ['id', 'customer', 'id', 0],
    ['status_code', 'customer', 'customer_id', 0],
  ])('%s to %s.%s scores %d', (from, table, to, score) => {
    expect(referenceName(columnWords(from), tableWords(table), columnWords(to)).score).toBe(score);
  });
});
