import type { Discovery, InputFile } from '../../../shared/model/project.ts';
import { keyOfTable, tablesOf } from '../../core/sides.ts';
import type { PipelineTable } from '../../dataflow/model.ts';
import type { GivenData } from '../../etl/execute-job.ts';
import type { DataFiles, PreparedDataFile } from '../../ports/data-files.ts';
import type { SqlSession } from '../../ports/sql-runner.ts';
import { readDataSchema } from '../../readers/csv/index.ts';
import { type DataFormat, isDataFormat } from '../discovery/read-input.ts';

interface RowFile {
  readonly file: PreparedDataFile;
  readonly format: DataFormat;
  /** Given beside the legacy ETL, so that it may fill any table; an extract of the source fills sources only. */
  readonly reference: boolean;
}

/**
 * Rows for the raw tables of pipelines, found by table name: data files given with the legacy ETL, and the extracts of the
 * source. A file that has less than half of a table's columns is of another table. Call `dispose` when done.
 */
export async function givenRows(
  discovery: Discovery,
  inputs: readonly InputFile[],
  dataFiles: DataFiles,
  signal: AbortSignal,
): Promise<{ readonly data: GivenData; readonly dispose: () => Promise<void> }> {
  const byTable = new Map<string, RowFile>();
  const dispose = async (): Promise<void> => {
    for (const { file } of byTable.values()) await file.dispose();
  };
  try {
    for (const { input, name, reference } of namedFiles(discovery, inputs)) {
      if (byTable.has(name) || !isDataFormat(input.format)) continue;
      byTable.set(name, {
        file: await dataFiles.prepare(input.path, input.name, signal),
        format: input.format,
        reference,
      });
    }
  } catch (thrown) {
    await dispose();
    throw thrown;
  }
  const readable = [...byTable.values()].map(({ file }) => file.path);
  return { data: { readable, load: (session, tables) => loadRows(session, tables, byTable) }, dispose };
}

interface NamedFile {
  readonly input: InputFile;
  readonly name: string;
  readonly reference: boolean;
}

function namedFiles(discovery: Discovery, inputs: readonly InputFile[]): readonly NamedFile[] {
  const unreadable = new Set(
    discovery.diagnostics.flatMap(({ severity, file }) => (severity === 'error' ? [file] : [])),
  );
  const references = inputs.filter((input) => input.role === 'etl' && !unreadable.has(input.name));
  const tableNames = new Map(tablesOf(discovery, 'source').map((table) => [keyOfTable(table), table.name]));
  const extracts = discovery.data.flatMap(({ inputId, table }) => {
    const input = inputs.find((candidate) => candidate.id === inputId);
    return input?.role !== 'source'
      ? []
      : [{ input, name: (tableNames.get(table) ?? table).toLowerCase(), reference: false }];
  });
  return [...references.map((input) => ({ input, name: stemOf(input.name), reference: true })), ...extracts];
}

/** `CUST_DIM.csv.gz` → `cust_dim`. */
const stemOf = (fileName: string): string => (fileName.split('.')[0] ?? fileName).toLowerCase();

async function loadRows(
  session: SqlSession,
  tables: readonly PipelineTable[],
  byTable: ReadonlyMap<string, RowFile>,
): Promise<ReadonlyMap<string, string>> {
  const relations = new Map<string, string>();
  for (const table of tables) {
    const name = table.name.toLowerCase();
    const found = byTable.get(name);
    if (found === undefined || relations.has(name) || !(found.reference || table.role === 'source')) continue;
    const { schema, load } = await readDataSchema(session, found.file, found.format);
    const have = new Set(schema.tables[0]?.columns.map((column) => column.name.toLowerCase()));
    const known = table.columns.filter((column) => have.has(column.name.toLowerCase()));
    if (load === null || known.length * 2 < table.columns.length) continue;
    const raw = `given_${relations.size}`;
    await session.run(load.createTableSql(raw, { asText: true }));
    relations.set(name, raw);
  }
  return relations;
}
