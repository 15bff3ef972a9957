import { isInputPort } from '../ports.ts';
import { isYes, propertyOf } from '../properties.ts';
import { environmentOf, translateValue } from '../convert/expression.ts';
import { carried, fromColumn, NodeDraft, portColumn, portStream } from '../convert/node-draft.ts';
import type { Rule } from '../convert/rule.ts';
import { printSelect } from '../convert/select.ts';

/** Update Strategy: flags each row for insert (0), update (1), delete (2) or reject (3). Ignored unless rows are data driven. */
export const updateStrategyRule: Rule = {
  types: ['Update Strategy'],
  readsOrder: () => false,
  convert(transformation, context) {
    const draft = new NodeDraft(transformation, context, 0.95);
    const relation = context.input(transformation);
    const columns = draft.inputColumns(relation);
    const original = propertyOf(transformation.properties, 'Update Strategy Expression') ?? 'DD_INSERT';
    const flag = draft.take(
      translateValue(original, environmentOf(transformation, context, columns)),
      'Update Strategy Expression',
    );
    draft.rejectWhere(flag.rowErrors, 'Update Strategy Expression');
    const driven = context.session.treatRowsAs === 'data_driven';
    const operation = `coalesce(CAST(${flag.sql} AS INTEGER), 3)`;
    if (!driven)
      draft.doubt(
        `The session treats all rows as ${context.session.treatRowsAs}: the flags of this transformation are ignored`,
        0.9,
      );
    const forward = isYes(transformation.properties, 'Forward Rejected Rows');
    const ports = transformation.ports.filter(isInputPort);
    const sql = printSelect({
      items: [
        ...ports.map((port) => ({ sql: columns.get(port.name)?.sql ?? 'NULL', name: port.name })),
        ...carried(context, relation.seq, driven ? operation : relation.operation),
      ],
      from: relation.from ?? '(SELECT 1 WHERE FALSE)',
      where: [...(driven && !forward ? [`${operation} <> 3`] : []), ...draft.rejectClause(relation.from)],
    });
    const node = draft.node({
      operator: 'row_operation',
      config: { expression: original, forward_rejected: forward, applied: driven },
      columns: [
        ...ports.map((port) => portColumn(port, fromColumn(columns.get(port.name)?.from))),
        ...(driven ? [{ name: '__op', type: 'INTEGER', expression: operation, original }] : []),
      ],
      sql,
    });
    return draft.result(
      [node],
      [{ group: null, stream: portStream(draft.id, ports, context, driven || relation.operation !== null) }],
    );
  },
};
