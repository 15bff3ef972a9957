import { openEnvironment } from '../environment.ts';
import { parsePowerCenter } from './parse.ts';
import { toDuckDb } from './to-duckdb.ts';

export interface TranslatedLine {
  readonly input: string;
  readonly sql: string;
  readonly confidence: number;
  readonly warnings: readonly string[];
  readonly assumptions: readonly string[];
}

/** One expression without its mapping, as the command line gives it. A syntax error gives no SQL and confidence 0. */
export function translatePowerCenter(line: string): TranslatedLine {
  const parsed = parsePowerCenter(line);
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
