import type { LocalEngine } from '../engine/adapters/index.ts';
import type { Progress } from './progress.ts';

/** What a command works with. */
export interface CommandContext {
  readonly engine: LocalEngine;
  readonly progress: Progress;
  readonly json: boolean;
  readonly signal: AbortSignal;
  /** One document or text to stdout. */
  readonly print: (text: string) => void;
}

/** Runs one command with the arguments after its name. Returns the exit status. */
export type Command = (args: readonly string[], context: CommandContext) => Promise<number>;
