import type { EtlPort, EtlTransformation } from '../../../../shared/model/etl.ts';
import type { PipelineColumn } from '../../../dataflow/model.ts';
import type { ExpressionEnv } from '../../../expr/environment.ts';
import { isInputPort, isOutputPort, isVariablePort } from '../ports.ts';
import { usableDefault } from '../convert/default-value.ts';
import {
  coerce,
  environmentOf,
  parseExpression,
  plainValue,
  translateValue,
  type KnownColumn,
  type Translated,
} from '../convert/expression.ts';
import { lookupCalls } from '../convert/lookup-calls.ts';
import { carried, fromColumn, NodeDraft, portColumn, portStream } from '../convert/node-draft.ts';
import { columnsOf } from '../convert/references.ts';
import type { Rule } from '../convert/rule.ts';
import { printSelect, type SelectItem } from '../convert/select.ts';
import { hasRowState, variableSteps, type VariableSteps } from '../convert/variable-steps.ts';
import { seqColumn, operationColumn } from '../convert/stream.ts';

interface Output {
  readonly item: SelectItem;
  readonly column: PipelineColumn;
}

/** The ports that names stand for, variables followed to what they are made of. */
function inputsOf(names: readonly string[], ports: readonly EtlPort[]): readonly string[] {
  const found = new Set<string>();
  const pending = names.map((name) => name.toLowerCase());
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
    if (found.has(name)) continue;
    found.add(name);
    const variable = ports.find((one) => isVariablePort(one) && one.name.toLowerCase() === name);
    const ast =
      variable?.expression === undefined || variable.expression === null ? null : parseExpression(variable.expression);
    if (ast !== null) pending.push(...columnsOf(ast));
  }
  return [...found];
}

/** The SQL of an output port that has an expression; a default value takes the place of a row error. */
function withErrors(value: Translated, port: EtlPort, draft: NodeDraft): string {
  const text = usableDefault(port.defaultValue);
  if (value.rowErrors.length === 0) return value.sql;
  if (text === null) {
    draft.rejectWhere(value.rowErrors, port.name);
    return value.sql;
  }
  const fallback = draft.take(
    coerce(
      translateValue(text, {
        ports: new Map(),
        parameters: new Map(),
        mode: 'row',
        settings: draft.context.session.expressions,
      }),
      port,
      draft.context,
    ),
    port.name,
  );
  return `CASE WHEN ${value.rowErrors.map((one) => `(${one})`).join(' OR ')} THEN ${fallback.sql} ELSE ${value.sql} END`;
}

interface OutputContext {
  readonly transformation: EtlTransformation;
  readonly draft: NodeDraft;
  readonly env: ExpressionEnv;
  readonly inputs: ReturnType<NodeDraft['inputColumns']>;
  readonly columns: ReadonlyMap<string, KnownColumn>;
}

function outputOf(port: EtlPort, { transformation, draft, env, inputs, columns }: OutputContext): Output {
  const original = port.expression;
  if (original === null || (isInputPort(port) && original.trim() === port.name)) {
    const sql = columns.get(port.name)?.sql ?? 'NULL';
    return { item: { sql, name: port.name }, column: portColumn(port, fromColumn(inputs.get(port.name)?.from)) };
  }
  const value = original.trim() === '' ? plainValue('NULL', 'unknown') : translateValue(original, env);
  const coerced = draft.take(coerce(value, port, draft.context), port.name);
  const sql = withErrors(coerced, port, draft);
  const fromByName = new Map([...inputs].map(([name, column]) => [name.toLowerCase(), column.from]));
  const from = inputsOf(coerced.references, transformation.ports).flatMap((name) => fromByName.get(name) ?? []);
  const lineage = from.length === 0 ? {} : { from };
  return { item: { sql, name: port.name }, column: portColumn(port, { expression: sql, ...lineage, original }) };
}

/** Expression: computes ports row by row; variables become steps, and those that remember the row before become windows. */
export const expressionRule: Rule = {
  types: ['Expression'],
  readsOrder: (transformation) =>
    hasRowState(transformation) ||
    transformation.ports.some((port) => /\b(?:CUME|MOVINGSUM|MOVINGAVG)\s*\(/i.test(port.expression ?? '')),
  convert(transformation, context) {
    const draft = new NodeDraft(transformation, context, 0.97);
    const relation = context.input(transformation);
    const inputs = draft.inputColumns(relation);
    const calls = lookupCalls(draft);
    const more = { resolveLookup: calls.resolve };
    const hasVariables = transformation.ports.some(isVariablePort);
    const steps: VariableSteps = hasVariables
      ? variableSteps(transformation, draft, relation, { inputs, more })
      : {
          steps: [],
          from: relation.from ?? '(SELECT 1 WHERE FALSE)',
          columns: new Map<string, KnownColumn>(inputs),
          usesState: false,
        };
    const env = environmentOf(transformation, context, steps.columns, more);
    const ports = transformation.ports.filter((port) => isOutputPort(port) && !isVariablePort(port));
    const outputs = ports.map((port) => outputOf(port, { transformation, draft, env, inputs, columns: steps.columns }));
    const sql = printSelect({
      steps: steps.steps,
      items: [
        ...outputs.map((one) => one.item),
        ...(hasVariables
          ? carried(
              context,
              relation.seq === null ? null : seqColumn,
              relation.operation === null ? null : operationColumn,
            )
          : carried(context, relation.seq, relation.operation)),
      ],
      from: steps.from,
      where: draft.rejectClause(steps.from, steps.steps),
    });
    const node = draft.node({
      operator: steps.usesState ? 'row_state' : 'sql_expression',
      columns: outputs.map((one) => one.column),
      sql,
    });
    const result = draft.result(
      [node],
      [{ group: null, stream: portStream(draft.id, ports, context, relation.operation !== null) }],
    );
    const called = calls.results();
    return {
      nodes: [...called.flatMap((one) => one.nodes), ...result.nodes],
      streams: result.streams,
      issues: result.issues,
      macros: [...result.macros, ...called.flatMap((one) => one.macros)],
    };
  },
};
