import type { Discovery, InputFile } from '../../../shared/model/project.ts';
import { PortolanError } from '../../../shared/errors.ts';
import type { Table } from '../../../shared/model/schema.ts';
import { keyOfTable, tablesOf } from '../../core/sides.ts';
import { quoteIdentifier } from '../../core/text.ts';
import type { SqlSession } from '../../ports/sql-runner.ts';
import { castableColumns, readDataSchema } from '../../readers/csv/index.ts';
import { duckDbType } from '../../sql/dialects/duckdb/print-type.ts';
import { relationNames } from '../../sql/relation-names.ts';
import type { NodeDependencies } from '../dependencies.ts';
import { type PreparedTable, prepareTables } from '../discovery/prepare-tables.ts';

export interface ImportedData extends PreparedTable {
  /** `tableKey` of the source table whose rows these are. */
  readonly table: string;
}

/** The data files of the source side, ready for DuckDB. Dispose of them when done. */
export async function prepareData(
  discovery: Discovery,
  inputs: readonly InputFile[],
  dependencies: Pick<NodeDependencies, 'dataFiles' | 'reader'>,
  signal: AbortSignal,
): Promise<readonly ImportedData[]> {
  const prepared: ImportedData[] = [];
  for (const input of inputs) {
    const wanted = discovery.data.filter(({ inputId }) => inputId === input.id);
    if (wanted.length === 0 || input.role !== 'source') continue;
    const { tables } = await prepareTables(input, dependencies, signal);
    for (const file of tables) {
      const entry = wanted.find(({ part }) => part === file.part);
      if (entry === undefined) await file.file.dispose();
      else prepared.push({ ...file, table: entry.table });
    }
  }
  return prepared;
}

/**
 * Loads the extracts into the tables of schema `legacy`. Values that do not fit the declared type become NULL there (the
 * quality report counts them), blank text of a non-text column too. Tables without data stay empty.
 */
export async function fillLegacy(
  session: SqlSession,
  discovery: Discovery,
  data: readonly ImportedData[],
): Promise<void> {
  const tables = tablesOf(discovery, 'source').filter((table) => table.kind !== 'view' && table.columns.length > 0);
  const names = relationNames(tables, []);
  const byKey = new Map(tables.map((table) => [keyOfTable(table), table]));
  for (const [i, { input, file, format, table: key }] of data.entries()) {
    const table = byKey.get(key);
    if (table === undefined) continue;
    const { load } = await readDataSchema(session, file, format);
    if (load === null)
      throw new PortolanError('INPUT_INVALID', `${input.name} can no longer be loaded`, {
        hint: 'Add it again and start a new run.',
      });
    const raw = `raw_${i}`;
    await session.run(load.createTableSql(raw, { asText: true, castable: castableColumns(table) }));
    await session.run(`INSERT INTO ${names.sql('legacy', key)} ${await selectTyped(session, raw, table)}`);
  }
}

async function selectTyped(session: SqlSession, raw: string, table: Table): Promise<string> {
  const described = await session.query(`DESCRIBE ${raw}`);
  const present = new Map(described.rows.map((row) => [String(row[0]).toLowerCase(), String(row[0])]));
  const given = table.columns.filter((column) => present.has(column.name.toLowerCase()));
  const values = given.map((column) => {
    const name = quoteIdentifier(present.get(column.name.toLowerCase()) as string);
    const type = duckDbType(column);
    return type === 'VARCHAR' ? name : `TRY_CAST(nullif(trim(${name}), '') AS ${type})`;
  });
  return `(${given.map((column) => quoteIdentifier(column.name)).join(', ')}) SELECT ${values.join(', ')} FROM ${raw} ORDER BY rowid`;
}
