/** What a tool is converted within: what comes in, what is asked for, and what the workflow knows. */
import type { EtlSettings } from '../../../../shared/model/etl.ts';
import type { PipelineTable } from '../../../dataflow/model.ts';
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
  /** What is known of the system that the workflow ran on. */
  readonly settings: EtlSettings;
  readonly addTable: (table: PipelineTable) => PipelineTable;
}
