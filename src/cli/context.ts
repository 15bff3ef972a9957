import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

/** The installation's folder of resources: beside `out` in a checkout. */
export function resourcePath(...parts: readonly string[]): string {
  return fileURLToPath(new URL(['../../resources', ...parts].join('/'), import.meta.url));
}

/** Where the embedding model lies. */
export const modelFolder = (): string => resourcePath('models', 'all-MiniLM-L6-v2');

/** Where a person keeps domain packs: `PORTOLAN_PACKS`, or a folder in the home directory. */
export const packFolder = (): string => process.env['PORTOLAN_PACKS'] ?? join(homedir(), '.portolan', 'packs');
