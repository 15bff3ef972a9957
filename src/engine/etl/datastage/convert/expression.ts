/** Expressions of a stage: the environment that they see, and what their translation says. */
import type { Expr } from '../../../expr/ast.ts';
import { parseDataStageExpression } from '../../../expr/datastage/parse.ts';
import { dataStageCondition, dataStageToDuckDb, type TypedTranslation } from '../../../expr/datastage/to-duckdb.ts';
import { defaultSettings, type ExpressionEnv, type PortInfo } from '../../../expr/environment.ts';
import { scalarOfParameter, scalarType } from '../data-types.ts';
import { seqColumn, type InputLink, type Source, type StageDraft } from './stage-draft.ts';

/** Columns as `LINK.COLUMN` and, where no other input has the name, `COLUMN`; then `variables`. */
export function environmentOf(
  draft: StageDraft,
  alias: (link: InputLink) => string | null,
  variables: ReadonlyMap<string, PortInfo> = new Map(),
): ExpressionEnv {
  const ports = new Map<string, PortInfo>();
  const add = (name: string, source: Source | null): void => {
    if (source === null || ports.has(name.toLowerCase())) return;
    ports.set(name.toLowerCase(), {
      type: scalarType(source.column.sqlType),
      precision: null,
      scale: null,
      sqlName: source.sql,
    });
  };
  for (const input of draft.inputs)
    for (const column of input.stream.columns)
      add(`${input.name}.${column.name}`, draft.find(`${input.name}.${column.name}`, alias));
  for (const input of draft.inputs)
    for (const column of input.stream.columns) add(column.name, draft.find(column.name, alias));
  for (const [name, info] of variables) ports.set(name, info);
  const parameters = new Map(
    draft.mapping.parameters.map((one) => [one.name.toLowerCase(), { type: scalarOfParameter(one.dataType) } as const]),
  );
  return {
    ports,
    parameters,
    mode: 'row',
    rowOrder: seqColumn,
    settings: { ...defaultSettings, said: draft.mapping.settings ?? {} },
  };
}

/** The translation of an expression; what is doubtful about it is noted under `where`. */
export function translated(
  draft: StageDraft,
  written: string | Expr,
  where: string,
  { env, use }: { readonly env: ExpressionEnv; readonly use: 'value' | 'condition' },
): TypedTranslation {
  const parsed = typeof written === 'string' ? parseDataStageExpression(written) : { ok: true as const, ast: written };
  if (!parsed.ok) {
    draft.doubt(`${where}: the expression cannot be read: ${parsed.error.message}`, 0);
    const nothing = dataStageToDuckDb({ kind: 'null', at: 0 }, env);
    return { ...nothing, sql: `error('the expression of this column cannot be read')`, type: 'unknown', confidence: 0 };
  }
  const result = use === 'condition' ? dataStageCondition(parsed.ast, env) : dataStageToDuckDb(parsed.ast, env);
  draft.hear(result, where);
  return result;
}
