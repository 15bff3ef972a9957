import { PortolanError } from '../../../shared/errors.ts';
import type { EtlOutline } from '../../../shared/model/etl.ts';
import type { InputFile } from '../../../shared/model/project.ts';
import type { SchemaFile } from '../../../shared/model/schema.ts';
import { type DataSource, readDataSchema } from '../../readers/csv/index.ts';
import type { NodeDependencies } from '../dependencies.ts';
import { disposeAll, holdsRows, prepareTables } from './prepare-tables.ts';

export type ReadInput =
  | { readonly kind: 'schema'; readonly schema: SchemaFile; readonly rows: number | null }
  | { readonly kind: 'etl'; readonly etl: EtlOutline };

/** What one input says. Defects are diagnostics; throws where nothing of the file can be used. */
export async function readInput(
  input: InputFile,
  dependencies: Pick<NodeDependencies, 'reader' | 'dataFiles' | 'sql'>,
  signal?: AbortSignal,
): Promise<ReadInput> {
  const { path, name, format, dialect } = input;
  if (input.bytes === 0)
    throw new PortolanError('INPUT_INVALID', `${name} is empty`, { hint: 'Export it again.', where: { file: name } });
  if (format === 'unknown') {
    throw new PortolanError('INPUT_INVALID', `${name} is of no known format`, {
      hint: 'Portolan reads SQL DDL, CSV, Excel, Parquet, JSON and exports of PowerCenter, SSIS, Alteryx and DataStage.',
      where: { file: name },
    });
  }
  if (holdsRows(format)) return readData(input, dependencies, signal);
  const side = input.role === 'target' ? 'target' : 'source';
  const result = await dependencies.reader.read({ path, name, format, dialect, side, sha256: input.sha256 }, signal);
  return result.kind === 'etl' ? result : { ...result, rows: null };
}

async function readData(
  input: InputFile,
  dependencies: Pick<NodeDependencies, 'reader' | 'dataFiles' | 'sql'>,
  signal: AbortSignal | undefined,
): Promise<ReadInput> {
  const { tables, described } = await prepareTables(input, dependencies, signal);
  try {
    const read: DataSource[] = [];
    if (tables.length > 0) {
      const session = await dependencies.sql.open({
        readable: tables.map(({ file }) => file.path),
        ...(signal === undefined ? {} : { signal }),
      });
      try {
        for (const { file, format } of tables) read.push(await readDataSchema(session, file, format));
      } finally {
        await session.close();
      }
    }
    const loads = read.flatMap(({ load }) => (load === null ? [] : [load]));
    const rows = loads.length === 0 ? null : loads.reduce((sum, load) => sum + load.rows, 0);
    return { kind: 'schema', schema: asOneFile(described, read), rows };
  } finally {
    await disposeAll(tables);
  }
}

/** A workbook's descriptions and data as one file. */
function asOneFile(described: SchemaFile | null, read: readonly DataSource[]): SchemaFile {
  if (described === null) return (read[0] as DataSource).schema;
  return {
    ...described,
    tables: [...described.tables, ...read.flatMap(({ schema }) => schema.tables)],
    diagnostics: [...described.diagnostics, ...read.flatMap(({ schema }) => schema.diagnostics)],
  };
}
