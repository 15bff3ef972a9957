import { isInputPort } from '../ports.ts';
import { propertyOf } from '../properties.ts';
import { carried, fromColumn, NodeDraft, portColumn, portStream } from '../convert/node-draft.ts';
import type { Rule } from '../convert/rule.ts';
import { printSelect } from '../convert/select.ts';
import { unsupportedResult } from './unsupported.ts';

/** Transaction Control: rows pass unchanged; where batches are committed has no equivalent and is reported. */
export const transactionControlRule: Rule = {
  types: ['Transaction Control'],
  readsOrder: () => false,
  convert(transformation, context) {
    const condition = propertyOf(transformation.properties, 'Transaction Control Condition') ?? '';
    if (/ROLLBACK/i.test(condition))
      return unsupportedResult(transformation, context, 'Rolling back parts of the rows has no equivalent');
    const draft = new NodeDraft(transformation, context, 0.82);
    const relation = context.input(transformation);
    const columns = draft.inputColumns(relation);
    draft.doubt('Commits between rows have no equivalent: the target is written as a whole', 0.82);
    const ports = transformation.ports.filter(isInputPort);
    const sql = printSelect({
      items: [
        ...ports.map((port) => ({ sql: columns.get(port.name)?.sql ?? 'NULL', name: port.name })),
        ...carried(context, relation.seq, relation.operation),
      ],
      from: relation.from ?? '(SELECT 1 WHERE FALSE)',
    });
    const node = draft.node({
      operator: 'sql_expression',
      config: { transaction_control: condition },
      columns: ports.map((port) => portColumn(port, fromColumn(columns.get(port.name)?.from))),
      sql,
    });
    return draft.result(
      [node],
      [{ group: null, stream: portStream(draft.id, ports, context, relation.operation !== null) }],
    );
  },
};
