import { openEnvironment } from '../environment.ts';
import type { TranslatedLine } from '../powercenter/translate.ts';
import { parseSsisExpression } from './parse.ts';
import { toDuckDb } from './to-duckdb.ts';

/** One expression without its package, as the command line gives it. A syntax error gives no SQL and confidence 0. */
export function translateSsis(line: string): TranslatedLine {
  const parsed = parseSsisExpression(line);
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
