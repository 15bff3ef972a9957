/** Rows of real files for the raw tables of pipelines, found by table name. */
import type { PipelineTable } from '../dataflow/model.ts';
import type { PreparedDataFile } from '../ports/data-files.ts';
import type { SqlSession } from '../ports/sql-runner.ts';
import { readDataSchema } from '../readers/csv/index.ts';
import type { GivenData } from './execute-job.ts';

export interface GivenFile {
  readonly file: PreparedDataFile;
  readonly format: 'csv' | 'parquet' | 'json';
  /** May fill targets too, which are looked up or changed by key; others fill sources only. */
  readonly fillsTargets: boolean;
}

/** `CUST_DIM.csv.gz` → `cust_dim`: the table whose rows a file holds. */
export function tableOfFile(fileName: string): string {
  return (fileName.split('.')[0] ?? fileName).toLowerCase();
}

/**
 * `byTable` is keyed by lower-cased table name. A file that has less than half of a table's columns is of another table.
 * `prefix` begins the names of the relations that are made.
 */
export function givenFiles(byTable: ReadonlyMap<string, GivenFile>, prefix = 'given'): GivenData {
  return {
    readable: [...byTable.values()].map(({ file }) => file.path),
    load: (session, tables) => loadRows(session, tables, { byTable, prefix }),
  };
}

async function loadRows(
  session: SqlSession,
  tables: readonly PipelineTable[],
  { byTable, prefix }: { readonly byTable: ReadonlyMap<string, GivenFile>; readonly prefix: string },
): Promise<ReadonlyMap<string, string>> {
  const relations = new Map<string, string>();
  for (const table of tables) {
    const name = table.name.toLowerCase();
    const found = byTable.get(name);
    if (found === undefined || relations.has(name) || !(found.fillsTargets || table.role === 'source')) continue;
    const { schema, load } = await readDataSchema(session, found.file, found.format);
    const have = new Set(schema.tables[0]?.columns.map((column) => column.name.toLowerCase()));
    const known = table.columns.filter((column) => have.has(column.name.toLowerCase()));
    if (load === null || known.length * 2 < table.columns.length) continue;
    const raw = `${prefix}_${relations.size}`;
    await session.run(`DROP TABLE IF EXISTS ${raw}`);
    await session.run(load.createTableSql(raw, { asText: true }));
    relations.set(name, raw);
  }
  return relations;
}
