import { openEnvironment } from '../environment.ts';
import type { TranslatedLine } from '../powercenter/translate.ts';
import { parseDataStageExpression } from './parse.ts';
import { dataStageToDuckDb } from './to-duckdb.ts';

/** One expression without its job, as the command line gives it. A syntax error gives no SQL and confidence 0. */
export function translateDataStage(line: string): TranslatedLine {
  const parsed = parseDataStageExpression(line);
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
  const { sql, confidence, warnings, assumptions } = dataStageToDuckDb(parsed.ast, openEnvironment);
  return { input: line, sql, confidence, warnings, assumptions };
}
