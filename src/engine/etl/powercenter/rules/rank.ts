import type { EtlTransformation } from '../../../../shared/model/etl.ts';
import { sqlName } from '../../../dataflow/sql-name.ts';
import { expressionKind, isInputPort, isOutputPort } from '../ports.ts';
import { propertyOf } from '../properties.ts';
import { fromColumn, NodeDraft, portColumn, portStream } from '../convert/node-draft.ts';
import type { Rule } from '../convert/rule.ts';
import { indent, printSelect } from '../convert/select.ts';
import { operationColumn, seqColumn } from '../convert/stream.ts';

function rankLimit(transformation: EtlTransformation): number {
  const count = Number(propertyOf(transformation.properties, 'Number of Ranks') ?? '1');
  return Number.isInteger(count) && count > 0 ? count : 1;
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
    const inputs = transformation.ports.filter((port) => isInputPort(port));
    const inner = printSelect({
      items: [
        ...inputs.map((port) => ({ sql: columns.get(port.name)?.sql ?? 'NULL', name: port.name })),
        ...(relation.seq === null ? [] : [{ sql: relation.seq, name: seqColumn }]),
        ...(relation.operation === null ? [] : [{ sql: relation.operation, name: operationColumn }]),
      ],
      from: relation.from ?? '(SELECT 1 WHERE FALSE)',
      where: draft.rejectClause(relation.from),
    });
    const ports = transformation.ports.filter((port) => isOutputPort(port));
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
