import { columnName } from '../duckdb-name.ts';
import type { AlteryxEnvironment } from './environment.ts';
import { parseAlteryx } from './parse.ts';
import { toDuckDb } from './to-duckdb.ts';

export interface TranslatedLine {
  readonly input: string;
  readonly sql: string;
  readonly confidence: number;
  readonly warnings: readonly string[];
  readonly assumptions: readonly string[];
}

/** An environment without known fields: every name is a column of unknown type. */
export const openEnvironment: AlteryxEnvironment = {
  field: (name) =>
    /^(?:Engine|User|Question)\./i.test(name) || /^#\d+$/.test(name)
      ? null
      : { kind: 'unknown', sql: columnName(name) },
  constant: () => null,
  textComparison: 'case_sensitive',
};

/** One expression without its workflow, as the command line gives it. A syntax error gives no SQL and confidence 0. */
export function translateAlteryx(line: string): TranslatedLine {
  const parsed = parseAlteryx(line);
  if (!parsed.ok) {
    const { line: row, column, message } = parsed.error;
    return {
      input: line,
      sql: '',
      confidence: 0,
      warnings: [`Line ${row}, column ${column}: ${message}`],
      assumptions: [],
    };
  }
  const { sql, confidence, warnings, assumptions } = toDuckDb(parsed.ast, openEnvironment);
  return { input: line, sql, confidence, warnings, assumptions };
}
