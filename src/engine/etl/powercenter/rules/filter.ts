import { propertyOf } from '../properties.ts';
import { isInputPort } from '../ports.ts';
import { environmentOf, translateCondition } from '../convert/expression.ts';
import { carried, fromColumn, NodeDraft, portColumn, portStream } from '../convert/node-draft.ts';
import type { Rule } from '../convert/rule.ts';
import { printSelect } from '../convert/select.ts';

/** Filter: keeps the rows for which the condition is true; false and NULL are dropped. */
export const filterRule: Rule = {
  types: ['Filter'],
  readsOrder: () => false,
  convert(transformation, context) {
    const draft = new NodeDraft(transformation, context, 0.97);
    const relation = context.input(transformation);
    const columns = draft.inputColumns(relation);
    const original = propertyOf(transformation.properties, 'Filter Condition') ?? 'TRUE';
    const condition = draft.take(
      translateCondition(original, environmentOf(transformation, context, columns)),
      'Filter Condition',
    );
    draft.rejectWhere(condition.rowErrors, 'Filter Condition');
    const ports = transformation.ports.filter(isInputPort);
    const sql = printSelect({
      items: [
        ...ports.map((port) => ({ sql: columns.get(port.name)?.sql ?? 'NULL', name: port.name })),
        ...carried(context, relation.seq, relation.operation),
      ],
      from: relation.from ?? '(SELECT 1 WHERE FALSE)',
      where: [condition.sql, ...draft.rejectClause(relation.from)],
    });
    const node = draft.node({
      operator: 'sql_where',
      config: { condition: original },
      columns: ports.map((port) => portColumn(port, fromColumn(columns.get(port.name)?.from))),
      sql,
    });
    return draft.result(
      [node],
      [{ group: null, stream: portStream(draft.id, ports, context, relation.operation !== null) }],
    );
  },
};
