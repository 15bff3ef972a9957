import type { Discovery, InputFile } from '../../../shared/model/project.ts';
import { keyOfTable, tablesOf } from '../../core/sides.ts';
import type { GivenData } from '../../etl/execute-job.ts';
import { type GivenFile, givenFiles, tableOfFile } from '../../etl/given-files.ts';
import type { DataFiles } from '../../ports/data-files.ts';
import { isDataFormat } from '../discovery/read-input.ts';

/**
 * Rows for the raw tables of pipelines, found by table name: data files given with the legacy ETL, and the extracts of the
 * source. Call `dispose` when done.
 */
export async function givenRows(
  discovery: Discovery,
  inputs: readonly InputFile[],
  dataFiles: DataFiles,
  signal: AbortSignal,
): Promise<{ readonly data: GivenData; readonly dispose: () => Promise<void> }> {
  const byTable = new Map<string, GivenFile>();
  const dispose = async (): Promise<void> => {
    for (const { file } of byTable.values()) await file.dispose();
  };
  try {
    for (const { input, name, reference } of namedFiles(discovery, inputs)) {
      if (byTable.has(name) || !isDataFormat(input.format)) continue;
      byTable.set(name, {
        file: await dataFiles.prepare(input.path, input.name, signal),
        format: input.format,
        fillsTargets: reference,
      });
    }
  } catch (thrown) {
    await dispose();
    throw thrown;
  }
  return { data: givenFiles(byTable), dispose };
}

interface NamedFile {
  readonly input: InputFile;
  readonly name: string;
  /** Given beside the legacy ETL, so that it may fill any table; an extract of the source fills sources only. */
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
  return [...references.map((input) => ({ input, name: tableOfFile(input.name), reference: true })), ...extracts];
}
