import type { EtlPort, EtlTransformation } from '../../../../shared/model/etl.ts';
import type { PipelineColumn } from '../../../dataflow/model.ts';
import type { Expr } from '../../../expr/ast.ts';
import { isYes } from '../properties.ts';
import { expressionKind, isInputPort, isOutputPort, isVariablePort } from '../ports.ts';
import {
  coerce,
  environmentOf,
  parseExpression,
  translateTree,
  translateValue,
  type KnownColumn,
} from '../convert/expression.ts';
import { fromColumn, NodeDraft, portColumn, portStream } from '../convert/node-draft.ts';
import { nodesOf } from '../convert/references.ts';
import type { Rule } from '../convert/rule.ts';
import { printSelect } from '../convert/select.ts';
import { variableSteps, type VariableSteps } from '../convert/variable-steps.ts';
import { seqColumn, type InputRelation } from '../convert/stream.ts';

const aggregates = new Set([
  'SUM',
  'COUNT',
  'AVG',
  'MIN',
  'MAX',
  'FIRST',
  'LAST',
  'MEDIAN',
  'PERCENTILE',
  'STDDEV',
  'VARIANCE',
]);
const maxSubstituted = 20_000;

function isAggregate(expr: Expr): boolean {
  return nodesOf(expr).some((node) => node.kind === 'call' && aggregates.has(node.name));
}

/** `expr` with the variables of `values` written out. */
function substitute(expr: Expr, values: ReadonlyMap<string, Expr>): Expr {
  switch (expr.kind) {
    case 'column':
      return values.get(expr.name.toLowerCase()) ?? expr;
    case 'unary':
      return { ...expr, operand: substitute(expr.operand, values) };
    case 'binary':
      return { ...expr, left: substitute(expr.left, values), right: substitute(expr.right, values) };
    case 'call':
    case 'object_call':
      return { ...expr, args: expr.args.map((arg) => substitute(arg, values)) };
    default:
      return expr;
  }
}

/** Variables that hold aggregates, each written out in terms of ports; null where they grow beyond reason. */
function aggregateVariables(transformation: EtlTransformation): ReadonlyMap<string, Expr> | null {
  const values = new Map<string, Expr>();
  for (const port of transformation.ports.filter(isVariablePort)) {
    const ast = port.expression === null ? null : parseExpression(port.expression);
    if (ast === null) continue;
    const written = substitute(ast, values);
    if (!isAggregate(written)) continue;
    if (nodesOf(written).length > maxSubstituted) return null;
    values.set(port.name.toLowerCase(), written);
  }
  return values;
}

function isGroupPort(port: EtlPort): boolean {
  return expressionKind(port) === 'GROUPBY';
}

type Inputs = ReturnType<NodeDraft['inputColumns']>;

interface GroupRows {
  readonly steps: Pick<VariableSteps, 'steps' | 'from' | 'columns'>;
  /** Variables that hold aggregates, written out. */
  readonly values: ReadonlyMap<string, Expr>;
  readonly rowOrder: string;
}

/** The rows to group, with the variables of each row as columns. */
function rowsOf(
  transformation: EtlTransformation,
  draft: NodeDraft,
  relation: InputRelation,
  inputs: Inputs,
): GroupRows {
  const written = aggregateVariables(transformation);
  if (written === null) draft.doubt('The variables grow too large when written out', 0.3, 'error');
  const values = written ?? new Map<string, Expr>();
  const ports = transformation.ports.filter((port) => !isVariablePort(port) || !values.has(port.name.toLowerCase()));
  if (ports.some(isVariablePort)) {
    const steps = variableSteps({ ...transformation, ports }, draft, relation, { inputs, more: {} });
    return { steps, values, rowOrder: seqColumn };
  }
  const steps = {
    steps: [],
    from: relation.from ?? '(SELECT 1 WHERE FALSE)',
    columns: new Map<string, KnownColumn>(inputs),
  };
  return { steps, values, rowOrder: relation.seq ?? seqColumn };
}

interface AggregatedPort {
  readonly port: EtlPort;
  readonly sql: string;
  readonly references: readonly string[];
  readonly computed: boolean;
}

function columnOf({ port, sql, references, computed }: AggregatedPort, inputs: Inputs): PipelineColumn {
  const inputOf = (name: string): string | null =>
    [...inputs].find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1].from ?? null;
  const from = references.flatMap((name) => inputOf(name) ?? []);
  if (!computed) return portColumn(port, fromColumn(from[0]));
  return portColumn(port, {
    expression: sql,
    ...(from.length === 0 ? {} : { from }),
    ...(port.expression === null ? {} : { original: port.expression }),
  });
}

/** Aggregator: one row a group. Ports that are neither grouped nor aggregated have the value of the group's last row. */
export const aggregatorRule: Rule = {
  types: ['Aggregator'],
  readsOrder: (transformation) => transformation.ports.some((port) => isOutputPort(port) && !isGroupPort(port)),
  convert(transformation, context) {
    const draft = new NodeDraft(transformation, context, 0.96);
    const relation = context.input(transformation);
    const inputs = draft.inputColumns(relation);
    const { steps, values, rowOrder } = rowsOf(transformation, draft, relation, inputs);
    const groups = transformation.ports.filter(isGroupPort);
    const groupBy = new Set(groups.map((port) => port.name.toLowerCase()));
    const env = environmentOf(transformation, context, steps.columns, { mode: 'aggregate', groupBy, rowOrder });
    const groupSql = (port: EtlPort): string => {
      const column = steps.columns.get(port.name);
      if (column !== undefined && (isInputPort(port) || isVariablePort(port))) return column.sql;
      return draft.take(translateValue(port.expression ?? port.name, { ...env, mode: 'row' }), port.name).sql;
    };
    const ports = transformation.ports.filter((port) => isOutputPort(port) && !isVariablePort(port));
    const outputs = ports.map((port) => {
      if (isGroupPort(port)) return { port, sql: groupSql(port), references: [port.name], computed: false };
      const text = port.expression ?? port.name;
      const ast = parseExpression(text);
      const value = draft.take(
        coerce(ast === null ? translateValue(text, env) : translateTree(substitute(ast, values), env), port, context),
        port.name,
      );
      if (value.rowErrors.length > 0)
        draft.note(`${port.name}: rows that the source tool would reject are part of the group`);
      return { port, sql: value.sql, references: value.references, computed: true };
    });
    if (isYes(context.session.properties, 'Incremental Aggregation'))
      draft.doubt(
        'Incremental Aggregation keeps the groups of earlier runs: here those of this run only are made',
        0.7,
      );
    if (isYes(transformation.properties, 'Sorted Input'))
      draft.note('Sorted Input: results agree only where the input is really sorted by the group');
    const keys = groups.map(groupSql).filter((key) => !key.startsWith('CAST(NULL'));
    const sql = printSelect({
      steps: steps.steps,
      items: [
        ...outputs.map(({ port, sql: text }) => ({ sql: text, name: port.name })),
        ...(context.ordered ? [{ sql: `min(${rowOrder})`, name: seqColumn }] : []),
      ],
      from: steps.from,
      where: draft.rejectClause(steps.from, steps.steps),
      groupBy: keys,
      ...(keys.length === 0 ? { having: 'count(*) > 0' } : {}),
    });
    if (relation.operation !== null) draft.note('Insert, update and delete flags end at an Aggregator');
    const node = draft.node({
      operator: 'sql_group_by',
      config: { group_by: groups.map((port) => port.name) },
      columns: outputs.map((output) => columnOf(output, inputs)),
      sql,
    });
    return draft.result([node], [{ group: null, stream: portStream(draft.id, ports, context, false) }]);
  },
};
