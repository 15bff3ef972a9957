import type { Diagnostic } from '../../shared/model/schema.ts';
import type { EtlFile } from '../../shared/model/etl.ts';

/** An export in which nothing was found, or in which nothing was looked for yet. */
export function emptyFile(tool: EtlFile['tool'], file: string, diagnostics: readonly Diagnostic[]): EtlFile {
  return {
    file,
    tool,
    version: null,
    exportedAt: null,
    definitions: [],
    mappings: [],
    workflows: [],
    reusable: [],
    tasks: [],
    configurations: [],
    diagnostics,
  };
}
