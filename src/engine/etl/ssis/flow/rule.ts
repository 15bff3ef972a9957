/** What a conversion rule is given and what it gives back. One rule a component type, in `../rules`. */
import type { JobIssue } from '../../../../shared/model/conversion.ts';
import type { EtlFile, EtlMapping } from '../../../../shared/model/etl.ts';
import type { PipelineNode } from '../../../dataflow/model.ts';
import type { ExpressionEnv, ParameterInfo } from '../../../expr/environment.ts';
import type { Component, Output } from './component.ts';
import type { Stream } from './stream.ts';
import type { FlowTables } from './tables.ts';

export interface FlowContext {
  readonly file: EtlFile;
  readonly mapping: EtlMapping;
  readonly tables: FlowTables;
  readonly parameters: ReadonlyMap<string, ParameterInfo>;
  /** The node id of a component: its name, made safe and unique. */
  readonly id: string;
  /** The rows that reach an input; null where nothing is connected. */
  readonly input: (component: Component, input?: string) => Stream | null;
  /** Whether anything reads an output. */
  readonly isConnected: (component: Component, output: Output) => boolean;
  /** Whether a destination of the flow writes this table. */
  readonly isTarget: (table: { readonly schema: string | null; readonly name: string }) => boolean;
}

export interface RuleResult {
  readonly nodes: readonly PipelineNode[];
  /** Rows by the name of the output that they leave by. */
  readonly streams: readonly { readonly output: string; readonly stream: Stream }[];
  readonly issues: readonly Omit<JobIssue, 'where' | 'line'>[];
  readonly macros: readonly string[];
}

export interface Rule {
  readonly types: readonly string[];
  readonly convert: (component: Component, context: FlowContext) => RuleResult;
}

/** What an expression is translated against. */
export function environmentOf(context: FlowContext, ports: ExpressionEnv['ports']): ExpressionEnv {
  return {
    ports,
    parameters: context.parameters,
    mode: 'row',
    settings: { nullComparison: 'NULL', dateFormat: '', macros: 'call', said: context.mapping.settings ?? {} },
  };
}
