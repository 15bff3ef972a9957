import type { StateView } from './facts/state-view.ts';
import type { Block } from './markdown/blocks.ts';

/** One of the ten documents: its title, and its body from the facts of a run. Pure: the same state gives the same text. */
export interface DocumentWriter {
  readonly title: string;
  readonly write: (view: StateView) => readonly Block[];
}
