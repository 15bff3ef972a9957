/** What a rule sees of a tool and its workflow, and what it gives back. */
import type { EtlTransformation } from '../../../../shared/model/etl.ts';
import type { PipelineNode } from '../../../dataflow/model.ts';
import type { Config } from '../config.ts';
import type { Draft } from './draft.ts';
import type { RuleContext } from './rule-context.ts';
import type { Stream } from './stream.ts';

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
  /** The expression over parameters that gives the setting at a path; null where the file's value stands. */
  readonly answer: (path: string) => string | null;
}

export interface Rule {
  readonly types: readonly string[];
  /** Paths of settings that may be answers of an app; the rule asks for them by `answer`. */
  readonly answers?: RegExp;
  /** Whether the result hangs on the order of records. */
  readonly readsOrder?: (config: Config) => boolean;
  readonly convert: (tool: Tool) => RuleResult;
}

/** The one output of a tool, under whatever name it is connected. */
export function single(node: PipelineNode, stream: Omit<Stream, 'input'>): RuleResult {
  return { node, outputs: new Map([['*', { ...stream, input: { node: node.id } }]]) };
}
