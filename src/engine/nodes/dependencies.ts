/** What the eight nodes need from outside of the state; the same for the window, the command line and tests. */
import type { Decision, LearnedPattern } from '../../shared/model/mapping.ts';
import type { DataFiles } from '../ports/data-files.ts';
import type { Files } from '../ports/files.ts';
import type { EtlConverter } from '../ports/etl-converter.ts';
import type { InputReader } from '../ports/input-reader.ts';
import type { Matcher } from '../ports/matcher.ts';
import type { SqlRunner } from '../ports/sql-runner.ts';

/** `auto`: what is uncertain stays out of the SQL. `pause`: the run waits for a person while anything is pending. */
export type ReviewPolicy = 'auto' | 'pause';

export interface NodeDependencies {
  readonly files: Files;
  readonly reader: InputReader;
  readonly dataFiles: DataFiles;
  readonly sql: SqlRunner;
  readonly matcher: Matcher;
  readonly converter: EtlConverter;
  readonly reviewPolicy: ReviewPolicy;
  readonly decisions: () => readonly Decision[];
  readonly patterns: () => readonly LearnedPattern[];
}
