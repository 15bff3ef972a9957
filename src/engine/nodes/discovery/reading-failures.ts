import type { Discovery, InputFile } from '../../../shared/model/project.ts';
import type { Diagnostic } from '../../../shared/model/schema.ts';

type Found = Pick<Discovery, 'source' | 'target' | 'data' | 'diagnostics'>;

/**
 * For each input that could not be used, or of which a part is missing, what is wrong with it. A script with one statement
 * that is not understood is used; a truncated export or a file without a readable table is not.
 */
export function readingFailures(discovery: Found, inputs: readonly InputFile[]): readonly Diagnostic[] {
  const withTables = new Set(
    [...discovery.source, ...discovery.target].flatMap(({ file, tables }) => (tables.length > 0 ? [file] : [])),
  );
  const withData = new Set(discovery.data.map(({ inputId }) => inputId));
  return inputs.flatMap((input) => {
    const errors = discovery.diagnostics.filter(({ severity, file }) => severity === 'error' && file === input.name);
    const used = input.role !== 'etl' && (withTables.has(input.name) || withData.has(input.id));
    return used ? [] : errors.slice(0, 1);
  });
}
