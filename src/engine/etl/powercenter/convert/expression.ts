/** Expressions of ports, translated against the columns that reach a transformation. */
import type { EtlPort, EtlTransformation } from '../../../../shared/model/etl.ts';
import type { Expr } from '../../../expr/ast.ts';
import {
  isNumeric,
  type ExpressionEnv,
  type ParameterInfo,
  type PortInfo,
  type ScalarType,
} from '../../../expr/environment.ts';
import { parsePowerCenter } from '../../../expr/powercenter/parse.ts';
import { conditionToDuckDb, inferType, toDuckDb } from '../../../expr/powercenter/to-duckdb.ts';
import type { Translation } from '../../../expr/translation.ts';
import { toColumnSqlType, toScalarType } from '../ports.ts';
import type { RuleContext } from './rule.ts';

export interface Translated {
  readonly sql: string;
  readonly type: ScalarType;
  readonly confidence: number;
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
  readonly references: readonly string[];
  readonly macros: readonly string[];
  readonly rowErrors: readonly string[];
  readonly lookups: readonly string[];
  readonly orderSensitive: boolean;
}

export interface KnownColumn {
  readonly sql: string;
  readonly type: ScalarType;
}

function portInfo(port: EtlPort | undefined, column: KnownColumn): PortInfo {
  return { type: column.type, precision: port?.precision ?? null, scale: port?.scale ?? null, sqlName: column.sql };
}

function parametersOf(context: RuleContext): ReadonlyMap<string, ParameterInfo> {
  const workflow = context.file.workflows.flatMap((flow) => flow.parameters);
  return new Map(
    [...workflow, ...context.mapping.parameters].map((one) => [
      one.name.toLowerCase(),
      { type: toScalarType({ dataType: one.dataType, precision: null, scale: null }) },
    ]),
  );
}

/** The environment of one transformation: `columns` says by port name which SQL stands for it. */
export function environmentOf(
  transformation: EtlTransformation,
  context: RuleContext,
  columns: ReadonlyMap<string, KnownColumn>,
  more: Partial<ExpressionEnv> = {},
): ExpressionEnv {
  const byName = new Map(transformation.ports.map((port) => [port.name.toLowerCase(), port]));
  const ports = new Map(
    [...columns].map(([name, column]) => [name.toLowerCase(), portInfo(byName.get(name.toLowerCase()), column)]),
  );
  return { ports, parameters: parametersOf(context), mode: 'row', settings: context.session.expressions, ...more };
}

function fromTranslation(translation: Translation, type: ScalarType): Translated {
  return {
    sql: translation.sql,
    type,
    confidence: translation.confidence,
    warnings: translation.warnings,
    notes: translation.assumptions,
    references: translation.references,
    macros: translation.macros,
    rowErrors: translation.rowErrors,
    lookups: translation.lookups.map((lookup) => lookup.name),
    orderSensitive: translation.orderSensitive,
  };
}

function notParsed(text: string, message: string): Translated {
  return {
    sql: 'NULL',
    type: 'unknown',
    confidence: 0,
    warnings: [`The expression cannot be read (${message}): ${text}`],
    notes: [],
    references: [],
    macros: [],
    rowErrors: [],
    lookups: [],
    orderSensitive: false,
  };
}

export function parseExpression(text: string): Expr | null {
  const parsed = parsePowerCenter(text);
  return parsed.ok ? parsed.ast : null;
}

export function translateTree(ast: Expr, env: ExpressionEnv): Translated {
  return fromTranslation(toDuckDb(ast, env), inferType(ast, env));
}

/** A value expression; text that cannot be read gives confidence 0 and says where. */
export function translateValue(text: string, env: ExpressionEnv): Translated {
  const parsed = parsePowerCenter(text);
  if (!parsed.ok)
    return notParsed(text, `line ${parsed.error.line}, column ${parsed.error.column}: ${parsed.error.message}`);
  return translateTree(parsed.ast, env);
}

/** A condition: true, or false or NULL where the tool takes it as not met. */
export function translateCondition(text: string, env: ExpressionEnv): Translated {
  const parsed = parsePowerCenter(text);
  if (!parsed.ok)
    return notParsed(text, `line ${parsed.error.line}, column ${parsed.error.column}: ${parsed.error.message}`);
  return conditionTree(parsed.ast, env);
}

/** A condition that is already a tree. */
export function conditionTree(ast: Expr, env: ExpressionEnv): Translated {
  return fromTranslation(conditionToDuckDb(ast, env), 'boolean');
}

function conversionTo(to: ScalarType, from: ScalarType): string | null {
  if (to === from || to === 'unknown' || from === 'unknown') return null;
  if (to === 'string') return isNumeric(from) || from === 'date' || from === 'boolean' ? 'TO_CHAR' : null;
  if (isNumeric(to))
    return from === 'string'
      ? to === 'integer' || to === 'bigint'
        ? 'TO_BIGINT'
        : to === 'double'
          ? 'TO_FLOAT'
          : 'TO_DECIMAL'
      : null;
  if (to === 'date') return from === 'string' ? 'TO_DATE' : null;
  return null;
}

/** `value` as the type that `port` has: the conversion that the tool makes by itself where ports of two types are linked. */
export function coerce(value: Translated, port: EtlPort, context: RuleContext): Translated {
  const to = toScalarType(port);
  if (value.sql === 'NULL') return { ...value, sql: `CAST(NULL AS ${toColumnSqlType(port)})`, type: to };
  if ((to === 'integer' || to === 'bigint') && (value.type === 'decimal' || value.type === 'double')) {
    return { ...value, sql: `CAST(round(${value.sql}) AS BIGINT)`, type: to };
  }
  const conversion = conversionTo(to, value.type);
  if (conversion === null) return value;
  if (value.type === 'boolean')
    return { ...value, sql: `CAST(CAST(${value.sql} AS INTEGER) AS VARCHAR)`, type: 'string' };
  const env: ExpressionEnv = {
    ports: new Map([['v', { type: value.type, precision: null, scale: null, sqlName: value.sql }]]),
    parameters: new Map(),
    mode: 'row',
    settings: context.session.expressions,
  };
  const converted = translateTree(
    { kind: 'call', name: conversion, args: [{ kind: 'column', name: 'v', at: 0 }], at: 0 },
    env,
  );
  return {
    ...converted,
    confidence: Math.min(value.confidence, converted.confidence),
    warnings: [...value.warnings, ...converted.warnings],
    notes: [...value.notes, ...converted.notes],
    references: value.references,
    macros: [...value.macros, ...converted.macros],
    rowErrors: [...value.rowErrors, ...converted.rowErrors],
    lookups: value.lookups,
    orderSensitive: value.orderSensitive,
  };
}

/** A column as a translated value that nothing is in doubt about. */
export function plainValue(sql: string, type: ScalarType, references: readonly string[] = []): Translated {
  return {
    sql,
    type,
    confidence: 1,
    warnings: [],
    notes: [],
    references,
    macros: [],
    rowErrors: [],
    lookups: [],
    orderSensitive: false,
  };
}
