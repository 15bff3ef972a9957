/** What a converted mapping says beside its nodes, as the head of a DataFlow document. */
import type { EtlFile, EtlMapping } from '../../shared/model/etl.ts';
import { roundTo } from '../core/rounding.ts';
import type { Pipeline, PipelineHead, PipelineTable, QualityCheck } from '../dataflow/model.ts';

export const generator = 'portolan 0.1.0';

export interface PipelineParts {
  readonly tables: readonly PipelineTable[];
  readonly macros: readonly string[];
  readonly quality: readonly QualityCheck[];
  /** Of its nodes. */
  readonly confidences: readonly number[];
  readonly warnings: number;
}

export interface PipelineOrigin {
  readonly file: EtlFile;
  readonly mapping: EtlMapping;
  /** SHA-256 of the input, where known. */
  readonly sha256: string | null;
  /** The time to write, null to leave it out. */
  readonly time: string | null;
}

/** The mean of what the nodes are worth; 0 where there are none. */
export function overallConfidence(confidences: readonly number[]): number {
  if (confidences.length === 0) return 0;
  return roundTo(confidences.reduce((sum, one) => sum + one, 0) / confidences.length, 4);
}

function connectionsOf(tables: readonly PipelineTable[]): Pipeline['connections'] {
  const found = new Map<string, { readonly id: string; readonly connector: string; readonly secret: boolean }>();
  for (const table of tables) {
    if (table.connection !== undefined)
      found.set(table.connection, {
        id: table.connection,
        connector: table.connector ?? 'unknown',
        secret: table.connector !== 'file',
      });
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** Equal parts give an equal head. */
export function pipelineHead(parts: PipelineParts, origin: PipelineOrigin): PipelineHead {
  const { file, mapping } = origin;
  const connections = connectionsOf(parts.tables) ?? [];
  const parameters = mapping.parameters.map((one) => ({
    name: one.name,
    type: one.dataType,
    ...(one.defaultValue === null ? {} : { default: one.defaultValue }),
  }));
  return {
    apiVersion: 'dataflow/v1',
    kind: 'Pipeline',
    name: mapping.name,
    ...(mapping.description === null ? {} : { description: mapping.description }),
    origin: {
      tool: file.tool,
      file: file.file,
      object: mapping.folder === null ? mapping.name : `${mapping.folder}/${mapping.name}`,
      ...(origin.sha256 === null ? {} : { sha256: origin.sha256 }),
    },
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(connections.length === 0 ? {} : { connections }),
    ...(parts.tables.length === 0 ? {} : { tables: parts.tables }),
    ...(parts.macros.length === 0 ? {} : { macros: parts.macros }),
    quality: parts.quality,
    metadata: {
      dialect: 'duckdb',
      ...(origin.time === null ? {} : { generated_at: origin.time }),
      generator,
      overall_confidence: overallConfidence(parts.confidences),
      warnings_count: parts.warnings,
    },
  };
}
