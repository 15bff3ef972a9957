/** Everything that one project file keeps. One writer at a time; every method is one short statement or transaction. */
import type { Decision, LearnedPattern } from '../../shared/model/mapping.ts';
import type { InputFile, ProjectSettings } from '../../shared/model/project.ts';
import type { Checkpointer } from './checkpointer.ts';
import type { VectorStore } from './embedder.ts';

export interface NewDecision extends Omit<Decision, 'seq' | 'batch' | 'at'> {}

export interface LogEntry {
  readonly at: string;
  readonly level: 'info' | 'warning' | 'error';
  readonly area: string;
  readonly message: string;
}

export interface ProjectStore {
  readonly path: string;
  readonly checkpoints: Checkpointer;
  readonly vectors: VectorStore;

  settings(): ProjectSettings;
  saveSettings(settings: ProjectSettings): void;

  /** In the order in which they were added. */
  inputs(): readonly InputFile[];
  saveInput(input: InputFile): void;
  removeInput(id: string): void;

  /** The thread that the app shows and `resume` goes on with; null before the first run. */
  currentThread(): string | null;
  /** A new thread id, deterministic within the project: run-1, run-2 … */
  newThread(): string;

  /** The whole append-only log, oldest first, undo entries included. */
  decisions(): readonly Decision[];
  /** Appends the entries as one batch, which undo takes back together. */
  appendDecisions(entries: readonly NewDecision[], at: string): readonly Decision[];

  patterns(): readonly LearnedPattern[];
  savePatterns(patterns: readonly LearnedPattern[]): void;
  removePatterns(ids: readonly string[]): void;

  log(entry: LogEntry): void;
  logEntries(limit: number): readonly LogEntry[];

  close(): void;
}
