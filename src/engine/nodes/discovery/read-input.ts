import { PortolanError } from '../../../shared/errors.ts';
import type { EtlFile } from '../../../shared/model/etl.ts';
import type { InputFile } from '../../../shared/model/project.ts';
import type { SchemaFile } from '../../../shared/model/schema.ts';
import { readDataSchema } from '../../readers/csv/index.ts';
import type { NodeDependencies } from '../dependencies.ts';

export type ReadInput =
  | { readonly kind: 'schema'; readonly schema: SchemaFile; readonly rows: number | null }
  | { readonly kind: 'etl'; readonly etl: EtlFile };

export const dataFormats = ['csv', 'parquet', 'json'] as const;
export type DataFormat = (typeof dataFormats)[number];

export function isDataFormat(format: string): format is DataFormat {
  return (dataFormats as readonly string[]).includes(format);
}

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
      hint: 'Portolan reads SQL DDL, CSV, Parquet, JSON and exports of PowerCenter, SSIS, Alteryx and DataStage.',
      where: { file: name },
    });
  }
  if (isDataFormat(format)) return readData(input, format, dependencies, signal);
  const result = await dependencies.reader.read({ path, name, format, dialect }, signal);
  return result.kind === 'etl' ? result : { ...result, rows: null };
}

async function readData(
  input: InputFile,
  format: DataFormat,
  { dataFiles, sql }: Pick<NodeDependencies, 'dataFiles' | 'sql'>,
  signal: AbortSignal | undefined,
): Promise<ReadInput> {
  const prepared = await dataFiles.prepare(input.path, input.name, signal);
  try {
    const session = await sql.open({ readable: [prepared.path], ...(signal === undefined ? {} : { signal }) });
    try {
      const { schema, load } = await readDataSchema(session, prepared, format);
      return { kind: 'schema', schema, rows: load?.rows ?? null };
    } finally {
      await session.close();
    }
  } finally {
    await prepared.dispose();
  }
}
