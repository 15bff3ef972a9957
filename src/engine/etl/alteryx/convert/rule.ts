/** What a rule sees of a tool and its workflow, and what it gives back. */
import type { EtlTransformation } from '../../../../shared/model/etl.ts';
import type { PipelineNode, PipelineTable } from '../../../dataflow/model.ts';
import type { Config } from '../config.ts';
import type { Draft } from './draft.ts';
import type { Field, Stream } from './stream.ts';

export interface Inbound {
  /** The input anchor, e.g. `Input`, `Left`, `Targets`. */
  readonly anchor: string;
  /** `#1` and so on, where an anchor takes several wires. */
  readonly order: string | null;
  readonly stream: Stream;
}

export interface RuleContext {
  /** True where some tool depends on the order of records: every relation then has `__seq`. */
  readonly ordered: boolean;
  readonly inputs: readonly Inbound[];
  /** Output anchors that something is connected to. */
  readonly usedOutputs: readonly string[];
  readonly constants: ReadonlyMap<string, 'string' | 'double'>;
  /** The fields that the workflow remembers for an output; null where it does not. */
  readonly remembered: (output: string) => readonly Field[] | null;
  /** A stream whose fields are `known`, those asked for, and any others that come to be asked for. */
  readonly open: (output: string, known: readonly Field[]) => Pick<Stream, 'fields' | 'ask'>;
  readonly addTable: (table: PipelineTable) => PipelineTable;
}

export interface RuleResult {
  readonly node: PipelineNode | null;
  /** Streams by output anchor; `*` is any other anchor. */
  readonly outputs: ReadonlyMap<string, Stream>;
}

export interface Tool {
  readonly transformation: EtlTransformation;
  readonly config: Config;
  readonly draft: Draft;
  readonly context: RuleContext;
}

export interface Rule {
  readonly types: readonly string[];
  /** Whether the result hangs on the order of records. */
  readonly readsOrder?: (config: Config) => boolean;
  readonly convert: (tool: Tool) => RuleResult;
}

/** The one output of a tool, under whatever name it is connected. */
export function single(node: PipelineNode, stream: Omit<Stream, 'input'>): RuleResult {
  return { node, outputs: new Map([['*', { ...stream, input: { node: node.id } }]]) };
}
