import type { EtlPort } from '../../../../shared/model/etl.ts';
import { sqlName } from '../../../dataflow/sql-name.ts';
import { isInputPort, toScalarType } from '../ports.ts';
import { isYes, propertyOf } from '../properties.ts';
import { carried, fromColumn, NodeDraft, portColumn, portStream } from '../convert/node-draft.ts';
import type { Rule } from '../convert/rule.ts';
import { indent, printSelect } from '../convert/select.ts';
import { operationColumn, seqColumn } from '../convert/stream.ts';

const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function sortKey(port: EtlPort, caseSensitive: boolean, nullsLow: boolean): string {
  const column = sqlName(port.name);
  const descending = /^DESC/i.test(propertyOf(port.properties, 'SORTDIRECTION') ?? '');
  // Upper case sorts higher than lower case: the opposite of the code order that DuckDB has.
  const text = caseSensitive
    ? `translate(${column}, '${upper}${upper.toLowerCase()}', '${upper.toLowerCase()}${upper}')`
    : `lower(${column})`;
  const key = toScalarType(port) === 'string' ? text : column;
  return `${key} ${descending ? 'DESC' : 'ASC'} NULLS ${nullsLow === descending ? 'LAST' : 'FIRST'}`;
}

/** Sorter: rows in a new order, which later transformations may rely on; Distinct compares all ports. */
export const sorterRule: Rule = {
  types: ['Sorter'],
  readsOrder: () => false,
  convert(transformation, context) {
    const draft = new NodeDraft(transformation, context, 0.95);
    const relation = context.input(transformation);
    const columns = draft.inputColumns(relation);
    const ports = transformation.ports.filter(isInputPort);
    const distinct = isYes(transformation.properties, 'Distinct');
    const caseSensitive = isYes(transformation.properties, 'Case Sensitive');
    const nullsLow = isYes(transformation.properties, 'Null Treated Low');
    const sorted = ports.filter((port) => isYes(port.properties, 'ISSORTKEY'));
    const keys = (distinct ? [...sorted, ...ports.filter((port) => !sorted.includes(port))] : sorted).map((port) =>
      sortKey(port, caseSensitive, nullsLow),
    );
    const operation = relation.operation === null ? null : operationColumn;
    const inner = printSelect({
      distinct,
      items: [
        ...ports.map((port) => ({ sql: columns.get(port.name)?.sql ?? 'NULL', name: port.name })),
        ...carried({ ...context, ordered: context.ordered && !distinct }, relation.seq, relation.operation),
      ],
      from: relation.from ?? '(SELECT 1 WHERE FALSE)',
      where: draft.rejectClause(relation.from),
    });
    const order = [...keys, ...(distinct || relation.seq === null ? [] : [seqColumn])];
    const sql = printSelect({
      items: [
        ...ports.map((port) => ({ sql: sqlName(port.name), name: port.name })),
        ...carried(context, `row_number() OVER (ORDER BY ${order.join(', ')})`, operation),
      ],
      from: `(\n${indent(inner)}\n) AS i`,
      orderBy: context.ordered ? [seqColumn] : keys,
    });
    const node = draft.node({
      operator: distinct ? 'deduplicate' : 'sql_order_by',
      config: { keys: sorted.map((port) => port.name), distinct, case_sensitive: caseSensitive, nulls_low: nullsLow },
      columns: ports.map((port) => portColumn(port, fromColumn(columns.get(port.name)?.from))),
      sql,
    });
    return draft.result([node], [{ group: null, stream: portStream(draft.id, ports, context, operation !== null) }]);
  },
};
