import type { EtlTransformation } from '../../../../shared/model/etl.ts';
import { sqlName } from '../../../dataflow/sql-name.ts';
import { expressionKind, isInputPort, isOutputPort, isVariablePort } from '../ports.ts';
import { propertyOf } from '../properties.ts';
import { fromColumn, NodeDraft, portColumn, portStream } from '../convert/node-draft.ts';
import type { Rule } from '../convert/rule.ts';
import { indent, printSelect } from '../convert/select.ts';
import { operationColumn, seqColumn, type InputRelation } from '../convert/stream.ts';
import { variableSteps } from '../convert/variable-steps.ts';
import { coerce, environmentOf, translateValue, type KnownColumn } from '../convert/expression.ts';

function rankLimit(transformation: EtlTransformation): number {
  const count = Number(propertyOf(transformation.properties, 'Number of Ranks') ?? '1');
  return Number.isInteger(count) && count > 0 ? count : 1;
}

/** The rows with the value of every port but the rank itself: inputs, and outputs that the transformation computes. */
function rowsToRank(
  transformation: EtlTransformation,
  draft: NodeDraft,
  { relation, columns }: { readonly relation: InputRelation; readonly columns: ReturnType<NodeDraft['inputColumns']> },
): string {
  const { context } = draft;
  const hasVariables = transformation.ports.some(isVariablePort);
  const steps = hasVariables
    ? variableSteps(transformation, draft, relation, { inputs: columns, more: {} })
    : { steps: [], from: relation.from ?? '(SELECT 1 WHERE FALSE)', columns: new Map<string, KnownColumn>(columns) };
  const env = environmentOf(transformation, context, steps.columns);
  const items = transformation.ports
    .filter((port) => !isVariablePort(port) && expressionKind(port) !== 'RANKINDEX')
    .map((port) => {
      const plain = isInputPort(port) || port.expression === null || port.expression.trim() === '';
      if (plain) return { sql: steps.columns.get(port.name)?.sql ?? 'NULL', name: port.name };
      const value = draft.take(coerce(translateValue(port.expression ?? '', env), port, context), port.name);
      draft.rejectWhere(value.rowErrors, port.name);
      return { sql: value.sql, name: port.name };
    });
  const carriedAs = (sql: string | null, name: string) =>
    sql === null ? [] : [{ sql: hasVariables ? name : sql, name }];
  return printSelect({
    steps: steps.steps,
    items: [...items, ...carriedAs(relation.seq, seqColumn), ...carriedAs(relation.operation, operationColumn)],
    from: steps.from,
    where: draft.rejectClause(steps.from, steps.steps),
  });
}

/** Rank: the top or bottom N rows of each group; ties share a rank, and the first in row order are kept at the cut. */
export const rankRule: Rule = {
  types: ['Rank'],
  readsOrder: () => true,
  convert(transformation, context) {
    const draft = new NodeDraft(transformation, context, 0.95);
    const relation = context.input(transformation);
    const columns = draft.inputColumns(relation);
    const ranked = transformation.ports.find((port) => expressionKind(port) === 'RANKPORT');
    if (ranked === undefined) draft.doubt('No port is marked as the one to rank by', 0.3, 'error');
    const limit = rankLimit(transformation);
    const top = (propertyOf(transformation.properties, 'Top/Bottom') ?? 'Top').trim().toLowerCase() === 'top';
    const groups = transformation.ports
      .filter((port) => expressionKind(port) === 'GROUPBY')
      .map((port) => sqlName(port.name));
    const partition = groups.length === 0 ? '' : `PARTITION BY ${groups.join(', ')} `;
    const order = `${ranked === undefined ? 'NULL' : sqlName(ranked.name)} ${top ? 'DESC' : 'ASC'} NULLS LAST`;
    const ports = transformation.ports.filter((port) => isOutputPort(port) && !isVariablePort(port));
    const inner = rowsToRank(transformation, draft, { relation, columns });
    const sql = printSelect({
      items: [
        ...ports.map((port) => ({
          sql:
            expressionKind(port) === 'RANKINDEX' ? `rank() OVER (${partition}ORDER BY ${order})` : sqlName(port.name),
          name: port.name,
        })),
        ...(context.ordered ? [{ sql: seqColumn, name: seqColumn }] : []),
        ...(relation.operation === null ? [] : [{ sql: operationColumn, name: operationColumn }]),
      ],
      from: `(\n${indent(inner)}\n) AS i`,
      qualify: `row_number() OVER (${partition}ORDER BY ${order}, ${seqColumn}) <= ${limit}`,
    });
    const node = draft.node({
      operator: 'sql_rank',
      config: {
        by: ranked?.name ?? '',
        group_by: transformation.ports.filter((port) => expressionKind(port) === 'GROUPBY').map((port) => port.name),
        top,
        count: limit,
      },
      columns: ports.map((port) => portColumn(port, fromColumn(columns.get(port.name)?.from))),
      sql,
    });
    return draft.result(
      [node],
      [{ group: null, stream: portStream(draft.id, ports, context, relation.operation !== null) }],
    );
  },
};
