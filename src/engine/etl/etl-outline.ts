import type { EtlFile, EtlOutline } from '../../shared/model/etl.ts';
import type { InputFile } from '../../shared/model/project.ts';
import type { ExportFile } from '../ports/etl-converter.ts';

/** What lists and schemas need of an export. */
export function outlineOf(model: EtlFile, sha256: string): EtlOutline {
  const { file, tool, mappings, workflows, definitions, diagnostics } = model;
  return {
    file,
    sha256,
    tool,
    mappings: mappings.map(({ name, line }) => ({ name, line })),
    transformations: mappings.reduce((sum, mapping) => sum + mapping.transformations.length, 0),
    workflows: workflows.length,
    definitions: definitions.map(({ role, table }) => ({ role, table })),
    diagnostics,
  };
}

/** Where the export is that `outline` tells of; null where it is no longer among the inputs. */
export function exportFileOf(outline: EtlOutline, inputs: readonly InputFile[]): ExportFile | null {
  const { file, sha256, tool } = outline;
  const input = inputs.find((one) => one.name === file && one.sha256 === sha256);
  return input === undefined ? null : { path: input.path, name: file, tool, sha256 };
}
