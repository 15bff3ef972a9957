/** The expression languages as the golden tests see them: environments, tables and translation by tool. */
import { openAlteryxEnvironment } from '../../../src/engine/expr/alteryx/environment.ts';
import { toDuckDb as alteryxToDuckDb } from '../../../src/engine/expr/alteryx/to-duckdb.ts';
import type { Expr } from '../../../src/engine/expr/ast.ts';
import { dataStageToDuckDb } from '../../../src/engine/expr/datastage/to-duckdb.ts';
import { macroNames, macroSql } from '../../../src/engine/expr/duckdb-macros.ts';
import { openEnvironment, type ExpressionEnv } from '../../../src/engine/expr/environment.ts';
import { expressionLanguages } from '../../../src/engine/expr/languages.ts';
import { toDuckDb as powerCenterToDuckDb } from '../../../src/engine/expr/powercenter/to-duckdb.ts';
import { toDuckDb as ssisToDuckDb } from '../../../src/engine/expr/ssis/to-duckdb.ts';
import type { Translation } from '../../../src/engine/expr/translation.ts';
import type { EtlTool } from '../../../src/shared/model/etl.ts';
import * as alteryx from './alteryx-environment.ts';
import * as ssis from './ssis-environment.ts';
import * as typed from './typed-environment.ts';

/** `call` leaves macros as calls, `inline` writes their bodies out. */
export type Macros = ExpressionEnv['settings']['macros'];

interface GoldenLanguage {
  /** Names and DuckDB types of the columns of the table `typed`. */
  readonly columns: readonly (readonly [string, string])[];
  /** Statements that create the tables `typed` and `open` and what the SQL may call. */
  readonly setUp: readonly string[];
  readonly toDuckDb: (environment: string, ast: Expr, macros: Macros) => Translation;
}

const runTime = "SET VARIABLE run_ts = TIMESTAMP '2024-05-06 07:08:09'";

/** A translation in an environment whose macros can be inlined. */
function inTypes(typedEnvironment: ExpressionEnv, translate: (ast: Expr, env: ExpressionEnv) => Translation): GoldenLanguage['toDuckDb'] {
  return (environment, ast, macros) =>
    translate(ast, environment === 'open' ? openEnvironment : { ...typedEnvironment, settings: { ...typedEnvironment.settings, macros } });
}

export const goldenLanguages: Readonly<Record<EtlTool, GoldenLanguage>> = {
  powercenter: {
    columns: typed.columnTypes,
    setUp: [macroSql(macroNames), 'CREATE MACRO lkp_rate(a, b) AS 1.5', typed.typedTable, typed.openTable, runTime],
    toDuckDb: inTypes(typed.typedEnvironment, powerCenterToDuckDb),
  },
  ssis: {
    columns: ssis.ssisColumns,
    setUp: [macroSql(macroNames), ...ssis.ssisTables],
    toDuckDb: inTypes(ssis.ssisTyped, ssisToDuckDb),
  },
  alteryx: {
    columns: alteryx.columnTypes.map(([name, , type]) => [name, type]),
    setUp: [alteryx.openTable, alteryx.typedTable, runTime],
    toDuckDb: (environment, ast) => alteryxToDuckDb(ast, environment === 'open' ? openAlteryxEnvironment : alteryx.typedEnvironment),
  },
  datastage: {
    columns: typed.columnTypes,
    setUp: [macroSql(macroNames), typed.typedTable, typed.openTable, runTime],
    toDuckDb: inTypes(typed.typedEnvironment, dataStageToDuckDb),
  },
};

export function goldenTranslation(tool: EtlTool, environment: string, expression: string, macros: Macros = 'call'): Translation {
  const parsed = expressionLanguages[tool].parse(expression);
  if (!parsed.ok) throw new Error(`${expression}: ${parsed.error.message}`);
  return goldenLanguages[tool].toDuckDb(environment, parsed.ast, macros);
}
