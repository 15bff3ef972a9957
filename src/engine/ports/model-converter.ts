/** Converting by a language model what no rule covers. No provider is built in. */
import type { EtlTool } from '../../shared/model/etl.ts';

export interface ModelRequest {
  readonly tool: EtlTool;
  /** Node of the pipeline that the answer is for. */
  readonly node: string;
  /** The transformation as the export has it. */
  readonly original: string;
  /** Relations that the SQL may read. */
  readonly inputs: readonly string[];
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

export type ModelAnswer =
  | { readonly conversion: 'llm'; readonly sql: string; readonly confidence: number }
  | { readonly conversion: 'llm_unavailable'; readonly confidence: 0 };

export interface ModelConverter {
  /** One SELECT in DuckDB's dialect, or that there is none. */
  convert(request: ModelRequest, signal?: AbortSignal): Promise<ModelAnswer>;
}

/** What answers where no provider is connected. */
export const noModel: ModelConverter = {
  convert: () => Promise.resolve({ conversion: 'llm_unavailable', confidence: 0 }),
};
