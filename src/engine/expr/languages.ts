/** The expression languages by tool, for work that is the same in each of them. */
import type { EtlTool } from '../../shared/model/etl.ts';
import { openAlteryxEnvironment } from './alteryx/environment.ts';
import { parseAlteryx } from './alteryx/parse.ts';
import { toDuckDb as alteryxToDuckDb } from './alteryx/to-duckdb.ts';
import type { Expr, ParseResult } from './ast.ts';
import { parseDataStageExpression } from './datastage/parse.ts';
import { dataStageToDuckDb } from './datastage/to-duckdb.ts';
import { openEnvironment } from './environment.ts';
import { parsePowerCenter } from './powercenter/parse.ts';
import { toDuckDb as powerCenterToDuckDb } from './powercenter/to-duckdb.ts';
import { parseSsisExpression } from './ssis/parse.ts';
import { toDuckDb as ssisToDuckDb } from './ssis/to-duckdb.ts';
import type { Translation } from './translation.ts';

export interface ExpressionLanguage {
  /** Never throws on bad input: the error names the place. */
  readonly parse: (text: string) => ParseResult;
  /** Without the job around the expression: every name is a column of unknown type. Never throws on an odd tree. */
  readonly toDuckDb: (ast: Expr) => Translation;
}

export const expressionLanguages: Readonly<Record<EtlTool, ExpressionLanguage>> = {
  powercenter: { parse: parsePowerCenter, toDuckDb: (ast) => powerCenterToDuckDb(ast, openEnvironment) },
  ssis: { parse: parseSsisExpression, toDuckDb: (ast) => ssisToDuckDb(ast, openEnvironment) },
  alteryx: { parse: parseAlteryx, toDuckDb: (ast) => alteryxToDuckDb(ast, openAlteryxEnvironment) },
  datastage: { parse: parseDataStageExpression, toDuckDb: (ast) => dataStageToDuckDb(ast, openEnvironment) },
};

export interface TranslatedExpression {
  readonly input: string;
  readonly sql: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly warnings: readonly string[];
  readonly assumptions: readonly string[];
}

/** One expression without its job, as the command line gives it. A syntax error gives no SQL and confidence 0. */
export function translateExpression(tool: EtlTool, input: string): TranslatedExpression {
  const { parse, toDuckDb } = expressionLanguages[tool];
  const parsed = parse(input);
  if (!parsed.ok) {
    const { line, column, message } = parsed.error;
    return { input, sql: '', confidence: 0, warnings: [`Line ${line}, column ${column}: ${message}`], assumptions: [] };
  }
  const { sql, confidence, warnings, assumptions } = toDuckDb(parsed.ast);
  return { input, sql, confidence, warnings, assumptions };
}
