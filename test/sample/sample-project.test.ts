/** The sample project is what its README says, and discovery finds in it what was put there. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { createDuckDbRunner } from '../../src/engine/adapters/duckdb/duckdb-runner.ts';
import { nodeDataFiles } from '../../src/engine/adapters/duckdb/node-data-files.ts';
import { inferRelationships } from '../../src/engine/nodes/discovery/infer-relationships.ts';
import { joinDataToTables } from '../../src/engine/nodes/discovery/join-data-to-tables.ts';
import { orphanIssues } from '../../src/engine/nodes/discovery/orphan-issues.ts';
import { profileTable } from '../../src/engine/nodes/discovery/profile-table.ts';
import { readDataSchema } from '../../src/engine/readers/csv/index.ts';
import { readDdl } from '../../src/engine/readers/ddl/index.ts';
import type { InferredRelationship, QualityIssue, TableProfile } from '../../src/shared/model/profile.ts';
import type { Table } from '../../src/shared/model/schema.ts';

const folder = (name: string): string => fileURLToPath(new URL(`../../resources/sample/${name}`, import.meta.url));
const ddl = async (side: string): Promise<readonly Table[]> => {
  const schema = readDdl(await readFile(folder(`${side}/schema.sql`), 'utf8'), { file: `${side}/schema.sql` });
  expect(schema.diagnostics.filter((diagnostic) => diagnostic.severity !== 'info')).toEqual([]);
  return schema.tables;
};

interface Found {
  readonly legacy: readonly Table[];
  readonly profiles: ReadonlyMap<string, TableProfile>;
  readonly relationships: readonly InferredRelationship[];
  readonly issues: readonly QualityIssue[];
  readonly missing: readonly string[];
}

async function discovered(): Promise<Found> {
  const legacy = await ddl('legacy');
  const names = (await readdir(folder('legacy/extracts'))).toSorted();
  const prepared = await Promise.all(
    names.map((name) => nodeDataFiles.prepare(folder(`legacy/extracts/${name}`), name)),
  );
  const session = await createDuckDbRunner().open({ readable: prepared.map((file) => file.path) });
  try {
    const sources = [];
    for (const file of prepared) sources.push(await readDataSchema(session, file, 'csv'));
    const joined = joinDataToTables(
      legacy,
      sources.flatMap((source) => source.schema.tables),
    );
    const loaded = [];
    for (const { table, data } of joined.matched) {
      const source = sources.find((candidate) => candidate.schema.tables[0] === data);
      await session.run(source?.load?.createTableSql(table.name, { asText: true }) ?? '');
      const sqlName = `"${table.name}"`;
      loaded.push({
        table,
        sqlName,
        file: `${data.name}.csv`,
        profile: await profileTable(session, { table, sqlName, file: `${data.name}.csv` }),
      });
    }
    const relationships = await inferRelationships(session, loaded);
    const issues = [
      ...loaded.flatMap((entry) => entry.profile.issues),
      ...(await orphanIssues(session, loaded, relationships)),
    ];
    return {
      legacy,
      profiles: new Map(loaded.map((entry) => [entry.table.name, entry.profile])),
      relationships,
      issues,
      missing: [
        ...joined.tablesOnly.map((table) => table.name),
        ...joined.dataOnly.map((table) => table.name),
        ...joined.matched.flatMap((match) => [...match.missingColumns, ...match.extraColumns]),
      ],
    };
  } finally {
    await session.close();
    for (const file of prepared) await file.dispose();
  }
}

let found: Found;
beforeAll(async () => {
  found = await discovered();
});

describe('the sample project', () => {
  it('has an extract for each legacy table, column by column', () => {
    expect(found.legacy).toHaveLength(10);
    expect(found.legacy.flatMap((table) => table.columns)).toHaveLength(122);
    expect(found.missing).toEqual([]);
  });

  it('has a truth for each legacy column, whose targets exist', async () => {
    const target = await ddl('target');
    const targets = new Set(target.flatMap((table) => table.columns.map((column) => `${table.name}.${column.name}`)));
    const lines = (await readFile(folder('truth.csv'), 'utf8'))
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','));
    const mapped = lines.filter((line) => line[3] !== '');
    expect(mapped.filter(([, , table, column]) => !targets.has(`${table ?? ''}.${column ?? ''}`))).toEqual([]);
    const covered = new Set(lines.map(([table, column]) => `${table ?? ''}.${column ?? ''}`));
    const legacy = found.legacy.flatMap((table) => table.columns.map((column) => `${table.name}.${column.name}`));
    expect([...covered].toSorted()).toEqual(legacy.toSorted());
  });

  it('is written by its generator, byte for byte', async () => {
    const written = await mkdtemp(join(tmpdir(), 'portolan-test-'));
    const generator = fileURLToPath(new URL('../../scripts/sample/generate.mjs', import.meta.url));
    await promisify(execFile)(process.execPath, [generator, written]);
    expect(await extracts(`${written}/`)).toEqual(await extracts(folder('')));
    await rm(written, { recursive: true });
  });

  it('shows its undeclared references', () => {
    const pairs = found.relationships.map(({ from, to }) => `${from.table}.${from.column} > ${to.table}.${to.column}`);
    expect(pairs).toEqual([
      'BILL_DTL.SVC_PNT_ID > SVC_PNT.SVC_PNT_ID',
      'MTR_READ.METER_ID > MTR.MTR_ID',
      'PMT.ACCT_ID > ACCT.ACCT_ID',
      'PMT.BILL_NBR > BILL_HDR.BILL_NBR',
      'SVC_PNT.ACCT_ID > ACCT.ACCT_ID',
    ]);
  });

  it('shows its defects', () => {
    const kinds = found.issues.map((issue) => `${issue.table}.${issue.column ?? '*'} ${issue.kind} ${issue.rows}`);
    expect(kinds).toEqual(
      expect.arrayContaining([
        'CUST_MSTR.CUST_ID duplicate_key 2',
        'CUST_MSTR.CUST_NM nulls_in_required 2',
        'CUST_MSTR.* duplicate_row 1',
        'ACCT.CUST_ID orphan 3',
        'SVC_PNT.RT_SCHD_CD orphan 1',
        'MTR_READ.READ_ID duplicate_key 4',
        'MTR_READ.METER_ID orphan 4',
        'CUST_MSTR.MAIL_ADDR_LN1 too_long 5',
        'CUST_MSTR.BRTH_DT bad_date 2',
        'BILL_HDR.DUE_DT bad_date 4',
        'BILL_DTL.BILL_NBR orphan 1',
        'PMT.ACCT_ID orphan 3',
        'PMT.PMT_AMT_CENTS bad_number 1',
        'SERV_LOC.SERV_LOC_ADDR nulls_in_required 1',
      ]),
    );
  });

  it('shows what its columns mean', () => {
    const meaning = (table: string, column: string): string | null | undefined =>
      found.profiles.get(table)?.columns.find((candidate) => candidate.name === column)?.semanticType;
    expect(meaning('CUST_MSTR', 'EMAIL_ADDR')).toBe('email');
    expect(meaning('CUST_MSTR', 'BRTH_DT')).toBe('date_text');
    expect(meaning('CUST_MSTR', 'PAPERLESS_FLG')).toBe('flag');
    expect(meaning('CUST_MSTR', 'TAX_ID_NBR')).toBe('tax_number');
    expect(meaning('SERV_LOC', 'SERV_LOC_ADDR')).toBe('address');
  });
});

async function extracts(root: string): Promise<readonly Buffer[]> {
  const names = (await readdir(`${root}legacy/extracts`)).toSorted().map((name) => `legacy/extracts/${name}`);
  return Promise.all([...names, 'etl/data/CUST_DIM.csv'].map((name) => readFile(`${root}${name}`)));
}
