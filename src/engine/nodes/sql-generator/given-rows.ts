import type { Discovery, InputFile } from '../../../shared/model/project.ts';
import { keyOfTable, tablesOf } from '../../core/sides.ts';
import { type GivenData, type GivenFile, givenFiles, tableOfFile } from '../../etl/given-files.ts';
import type { NodeDependencies } from '../dependencies.ts';
import { type PreparedTable, disposeAll, holdsRows, prepareTables } from '../discovery/prepare-tables.ts';

/**
 * Rows for the raw tables of pipelines, found by table name: data files given with the legacy ETL, and the extracts of the
 * source. Call `dispose` when done.
 */
export async function givenRows(
  discovery: Discovery,
  inputs: readonly InputFile[],
  dependencies: Pick<NodeDependencies, 'dataFiles' | 'reader'>,
  signal: AbortSignal,
): Promise<{ readonly data: GivenData; readonly dispose: () => Promise<void> }> {
  const byTable = new Map<string, GivenFile>();
  const opened: PreparedTable[] = [];
  try {
    for (const { input, reference } of filesWithRows(discovery, inputs)) {
      const { tables } = await prepareTables(input, dependencies, signal);
      opened.push(...tables);
      for (const table of tables) {
        const name = reference ? nameOfFile(table) : nameInSource(discovery, table);
        if (name !== null && !byTable.has(name))
          byTable.set(name, { file: table.file, format: table.format, fillsTargets: reference });
      }
    }
  } catch (thrown) {
    await disposeAll(opened);
    throw thrown;
  }
  return { data: givenFiles(byTable), dispose: () => disposeAll(opened) };
}

/** Files given with the legacy ETL come first. */
function filesWithRows(
  discovery: Discovery,
  inputs: readonly InputFile[],
): readonly { readonly input: InputFile; readonly reference: boolean }[] {
  const unreadable = new Set(
    discovery.diagnostics.flatMap(({ severity, file }) => (severity === 'error' ? [file] : [])),
  );
  const withRows = inputs.filter(({ format }) => holdsRows(format));
  const extracts = new Set(discovery.data.map(({ inputId }) => inputId));
  return [
    ...withRows
      .filter(({ role, name }) => role === 'etl' && !unreadable.has(name))
      .map((input) => ({ input, reference: true })),
    ...withRows
      .filter(({ role, id }) => role === 'source' && extracts.has(id))
      .map((input) => ({ input, reference: false })),
  ];
}

/** A workbook's tables have names of their own. */
function nameOfFile({ input, file }: PreparedTable): string {
  return file.known === undefined ? tableOfFile(input.name) : file.known.table.toLowerCase();
}

function nameInSource(discovery: Discovery, { input, part }: PreparedTable): string | null {
  const entry = discovery.data.find((candidate) => candidate.inputId === input.id && candidate.part === part);
  if (entry === undefined) return null;
  const table = tablesOf(discovery, 'source').find((candidate) => keyOfTable(candidate) === entry.table);
  return (table?.name ?? entry.table).toLowerCase();
}
