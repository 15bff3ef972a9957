/** What a legacy ETL tool brings: one folder and one line in the registry. */
import type { ConvertedTransformation, JobIssue } from '../../shared/model/conversion.ts';
import type { EtlFile, EtlMapping } from '../../shared/model/etl.ts';
import type { ControlRules } from './control/control-rules.ts';
import type { PipelineNode, PipelineTable } from '../dataflow/model.ts';

export interface MappingConversion {
  readonly nodes: readonly PipelineNode[];
  readonly tables: readonly PipelineTable[];
  readonly macros: readonly string[];
  readonly transformations: readonly ConvertedTransformation[];
  readonly issues: readonly JobIssue[];
}

export interface EtlToolAdapter {
  /** Everything the export holds; defects of the file are diagnostics. Never throws on bad input. */
  readonly parse: (text: string, options: { readonly file: string }) => EtlFile;
  /** The file with what it uses of the other files of the import put in; left out where a tool has no such uses. */
  readonly link?: (file: EtlFile, files: readonly EtlFile[]) => EtlFile;
  /** How tasks and links of its workflows are converted; left out where the tool has none. */
  readonly control?: ControlRules;
  /** One mapping as the parts of a pipeline. Null where the tool's mappings cannot be converted yet. */
  readonly convertMapping: ((file: EtlFile, mapping: EtlMapping) => MappingConversion) | null;
}
