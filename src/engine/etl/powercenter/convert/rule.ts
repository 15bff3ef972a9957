/** What a conversion rule is given and what it gives back. One rule a transformation type, in `../rules`. */
import type { EtlFile, EtlMapping, EtlTransformation } from '../../../../shared/model/etl.ts';
import type { JobIssue } from '../../../../shared/model/conversion.ts';
import type { PipelineNode } from '../../../dataflow/model.ts';
import type { InputRelation, Stream } from './stream.ts';
import type { MappingGraph } from './mapping-graph.ts';
import type { TableRegistry } from './tables.ts';
import type { SessionSettings } from './session.ts';

export interface RuleContext {
  readonly file: EtlFile;
  readonly mapping: EtlMapping;
  readonly graph: MappingGraph;
  readonly session: SessionSettings;
  readonly tables: TableRegistry;
  /** Whether rows leaving this transformation have to carry `__seq`. */
  readonly ordered: boolean;
  /** The node id of an instance: its own name unless that is taken. */
  readonly nodeId: (instance: string) => string;
  /** The rows that reach the input ports with these names (all input ports where absent). */
  readonly input: (transformation: EtlTransformation, ports?: readonly string[]) => InputRelation;
  /** An instance of the mapping or a reusable transformation of the file, by name, without case. */
  readonly lookupNamed: (name: string) => EtlTransformation | null;
}

export interface RuleResult {
  readonly nodes: readonly PipelineNode[];
  /** Rows for the transformations after this one; `group` names the port group where there are several. */
  readonly streams: readonly { readonly group: string | null; readonly stream: Stream }[];
  readonly issues: readonly Omit<JobIssue, 'where' | 'line'>[];
  readonly macros: readonly string[];
}

export interface Rule {
  /** The tool's type names that this rule converts. */
  readonly types: readonly string[];
  /** Whether the result depends on the order of the rows that come in. */
  readonly readsOrder: (
    transformation: EtlTransformation,
    context: { readonly graph: MappingGraph; readonly session: SessionSettings },
  ) => boolean;
  readonly convert: (transformation: EtlTransformation, context: RuleContext) => RuleResult;
}
