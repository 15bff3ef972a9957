/** The main job on schemas and exports that were not written for this project. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { portolan } from './command-line.ts';

const shared = resolve('../shared');
const absent = existsSync(shared) ? '' : ' (skipped: ../shared is absent)';
const within = (folder: string): readonly string[] =>
  readdirSync(join(shared, folder))
    .toSorted()
    .map((name) => join(shared, folder, name));

const jobs = [
  {
    name: 'a benchmark of two banks',
    source: () => within('benchmarks/schemanet_bank1_bank2/source'),
    target: () => within('benchmarks/schemanet_bank1_bank2/target'),
    etl: () => [],
  },
  {
    name: 'SQL Server to PostgreSQL with a PowerCenter export',
    source: () => [join(shared, 'ddl/sqlserver/northwind.sql')],
    target: () => [join(shared, 'ddl/postgres/northwind_pg.sql')],
    etl: () => within('corpus/powercenter').filter((path) => path.endsWith('m-EMP-Rnk.xml')),
  },
  {
    name: 'Oracle to PostgreSQL with a PowerCenter export',
    source: () => [join(shared, 'ddl/oracle/sakila_oracle.sql')],
    target: () => [join(shared, 'ddl/postgres/sakila_postgres.sql')],
    etl: () => within('corpus/powercenter').filter((path) => path.endsWith('m-PRO-SALES.xml')),
  },
];

describe.skipIf(absent !== '')(`run on real input${absent}`, () => {
  it.each(jobs)(
    'gives a bundle that verifies, with SQL that ran in DuckDB: $name',
    async ({ source, target, etl }) => {
      const out = join(temporaryFolder(), 'bundle');
      const exports = etl();
      const run = [
        'run',
        '--source',
        ...source(),
        '--target',
        ...target(),
        ...(exports.length === 0 ? [] : ['--etl', ...exports]),
        '--out',
        out,
        '--json',
      ];
      const result = await portolan(run);
      expect(result).toMatchObject({ status: 0 });
      const { stdout } = result;
      const summary = JSON.parse(stdout) as {
        sql: { statements: number; failed: number };
        mappings: { total: number; accepted: number };
        jobs: readonly unknown[];
      };
      expect(summary).toMatchObject({
        status: 'finished',
        verified: true,
        sql: { failed: 0 },
        jobs: exports.map(() => ({ execution: 'passed' })),
      });
      expect(summary.sql.statements).toBeGreaterThan(10);
      expect(summary.mappings.accepted).toBeGreaterThan(summary.mappings.total / 4);
      expect(readFileSync(join(out, 'sql/duckdb/02_load.sql'), 'utf8')).toContain('INSERT INTO');
      expect((await portolan(['bundle', out, '--verify'])).status).toBe(0);
    },
    120_000,
  );
});
