/** A node that hands its input ports on as they are: some of the rows, perhaps, or with another operation. */
import type { EtlTransformation } from '../../../../shared/model/etl.ts';
import type { PipelineColumn } from '../../../dataflow/model.ts';
import type { NodeParts } from '../../conversion-draft.ts';
import { isInputPort } from '../ports.ts';
import type { KnownColumn } from './expression.ts';
import { carried, fromColumn, type NodeDraft, portColumn, portStream } from './node-draft.ts';
import type { RuleResult } from './rule.ts';
import { printSelect } from './select.ts';
import type { InputRelation } from './stream.ts';

interface PassedOn {
  readonly transformation: EtlTransformation;
  readonly relation: InputRelation;
  /** The values of the input ports, by port. */
  readonly columns: ReadonlyMap<string, KnownColumn & { readonly from: string | null }>;
  readonly where?: readonly string[];
  /** The operation of each row (0 to 3), where the node says it; that of the input otherwise. */
  readonly operation?: { readonly sql: string; readonly column: PipelineColumn } | null;
}

export function passOn(
  draft: NodeDraft,
  parts: NodeParts,
  { transformation, relation, columns, where = [], operation = null }: PassedOn,
): RuleResult {
  const { context } = draft;
  const ports = transformation.ports.filter(isInputPort);
  const sql = printSelect({
    items: [
      ...ports.map((port) => ({ sql: columns.get(port.name)?.sql ?? 'NULL', name: port.name })),
      ...carried(context, relation.seq, operation?.sql ?? relation.operation),
    ],
    from: relation.from ?? '(SELECT 1 WHERE FALSE)',
    where: [...where, ...draft.rejectClause(relation.from)],
  });
  const node = draft.node({
    ...parts,
    columns: [
      ...ports.map((port) => portColumn(port, fromColumn(columns.get(port.name)?.from))),
      ...(operation === null ? [] : [operation.column]),
    ],
    sql,
  });
  const operated = operation !== null || relation.operation !== null;
  return draft.result([node], [{ group: null, stream: portStream(draft.id, ports, context, operated) }]);
}
