/** What a legacy ETL tool brings: one folder and one line in the registry. */
import type { ConvertedTransformation, JobIssue } from '../../shared/model/conversion.ts';
import type { EtlFile, EtlMapping } from '../../shared/model/etl.ts';
import type { ControlRules } from './control/control-rules.ts';
import type { PipelineNode, PipelineTable } from '../dataflow/model.ts';

export interface MappingConversion {
  readonly tables: readonly PipelineTable[];
  readonly macros: readonly string[];
  readonly transformations: readonly ConvertedTransformation[];
  readonly issues: readonly JobIssue[];
}

/** Takes the nodes of a mapping in their order. */
export interface NodeTaker {
  take(node: PipelineNode): void;
}

/**
 * One mapping as the parts of a pipeline. `start` is asked for the taker of its nodes; where it is asked again, the nodes that
 * were handed over before are void.
 */
export type ConvertMapping = (file: EtlFile, mapping: EtlMapping, start: () => NodeTaker) => MappingConversion;

/** With all nodes of the mapping. */
export interface ConversionAtOnce extends MappingConversion {
  readonly nodes: readonly PipelineNode[];
}

export function handOver(convert: (file: EtlFile, mapping: EtlMapping) => ConversionAtOnce): ConvertMapping {
  return (file, mapping, start) => {
    const { nodes, ...conversion } = convert(file, mapping);
    const taker = start();
    for (const node of nodes) taker.take(node);
    return conversion;
  };
}

export interface EtlToolAdapter {
  /** Everything the export holds; defects of the file are diagnostics. Never throws on bad input. */
  readonly parse: (text: string, options: { readonly file: string }) => EtlFile;
  /** The file with what it uses of the other files of the import put in; left out where a tool has no such uses. */
  readonly link?: (file: EtlFile, files: readonly EtlFile[]) => EtlFile;
  /** How tasks and links of its workflows are converted; left out where the tool has none. */
  readonly control?: ControlRules;
  readonly convertMapping: ConvertMapping;
}
