/**
 * The state graph: nodes that read some keys of a state and write some, edges that choose the next node, a checkpoint after
 * every node, interrupts that wait for a person. The vocabulary is LangGraph's; the reasons for our own are in ADR-0009.
 */
import type { Clock } from '../ports/clock.ts';

export interface StepContext {
  readonly signal: AbortSignal;
  /** Progress within the node; `total` 0 means not known. */
  readonly report: (done: number, total: number, detail: string) => void;
  readonly clock: Clock;
}

/** A node's answer: what it writes, and whether the run has to wait for a person before the node is run again. */
export interface StepResult<S> {
  readonly writes: Partial<S>;
  readonly interrupt?: string;
}

/** Writes only the keys it names. Must be safe to run again after a crash: it starts from the state, never from leftovers. */
export interface GraphNode<S> {
  readonly id: string;
  readonly writes: readonly (keyof S & string)[];
  run(state: Readonly<S>, context: StepContext): Promise<StepResult<S>>;
}

export const END = null;

export interface Graph<S> {
  readonly entry: string;
  readonly nodes: ReadonlyMap<string, GraphNode<S>>;
  /** The node after `id`, given the state that it left behind; END finishes. */
  readonly next: (id: string, state: Readonly<S>) => string | typeof END;
}
