import type { InputFile } from '../../../shared/model/project.ts';
import type { SchemaFile } from '../../../shared/model/schema.ts';
import type { PreparedDataFile } from '../../ports/data-files.ts';
import type { NodeDependencies } from '../dependencies.ts';

/** Formats that DuckDB reads. */
export type DataFormat = 'csv' | 'parquet' | 'json';

/** A file of rows, ready for DuckDB: an extract, or one table of a workbook. */
export interface PreparedTable {
  readonly input: InputFile;
  readonly file: PreparedDataFile;
  readonly format: DataFormat;
  /** Which table of a workbook. */
  readonly part: string | undefined;
}

export interface PreparedTables {
  readonly tables: readonly PreparedTable[];
  /** What a workbook describes beside the rows that it holds; null for other files. */
  readonly described: SchemaFile | null;
}

/** Whether a file of this format may hold rows. */
export function holdsRows(format: string): boolean {
  return format === 'csv' || format === 'parquet' || format === 'json' || format === 'excel';
}

/** The tables of rows in a file that `holdsRows`. Dispose of each when done. */
export async function prepareTables(
  input: InputFile,
  { dataFiles, reader }: Pick<NodeDependencies, 'dataFiles' | 'reader'>,
  signal?: AbortSignal,
): Promise<PreparedTables> {
  const { path, name, format, dialect, role } = input;
  if (format !== 'excel') {
    const file = await dataFiles.prepare(path, name, signal);
    return { tables: [{ input, file, format: format as DataFormat, part: undefined }], described: null };
  }
  const side = role === 'target' ? 'target' : 'source';
  const { schema, data } = await reader.readWorkbook({ path, name, dialect, side }, signal);
  const tables: PreparedTable[] = [];
  try {
    for (const table of data)
      tables.push({ input, file: await dataFiles.hold(name, table), format: 'csv', part: table.part });
  } catch (thrown) {
    await disposeAll(tables);
    throw thrown;
  }
  return { tables, described: schema };
}

export async function disposeAll(tables: readonly PreparedTable[]): Promise<void> {
  for (const { file } of tables) await file.dispose();
}
