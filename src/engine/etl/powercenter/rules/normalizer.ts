import type { EtlPort } from '../../../../shared/model/etl.ts';
import { isGeneratedColumnId, isGeneratedKey, isInputPort, isOutputPort } from '../ports.ts';
import { propertyOf } from '../properties.ts';
import { NodeDraft, portColumn, portStream } from '../convert/node-draft.ts';
import type { Rule } from '../convert/rule.ts';
import { printSelect } from '../convert/select.ts';
import { seqColumn } from '../convert/stream.ts';

function fieldOf(port: EtlPort): string {
  return (propertyOf(port.properties, 'REF_SOURCE_FIELD') ?? port.name).toLowerCase();
}

/** Normalizer: one row for each occurrence of a repeated field, NULL occurrences included. */
export const normalizerRule: Rule = {
  types: ['Normalizer'],
  readsOrder: () => true,
  convert(transformation, context) {
    const draft = new NodeDraft(transformation, context, 0.94);
    const relation = context.input(transformation);
    const columns = draft.inputColumns(relation);
    const inputs = transformation.ports.filter((port) => isInputPort(port));
    const byField = new Map<string, EtlPort[]>();
    for (const port of inputs) byField.set(fieldOf(port), [...(byField.get(fieldOf(port)) ?? []), port]);
    const repeats = new Set([...byField.values()].map((ports) => ports.length).filter((length) => length > 1));
    const occurs = Math.max(1, ...repeats);
    if (repeats.size > 1) draft.doubt('Fields repeat a different number of times: missing occurrences are NULL', 0.7);
    if (inputs.length === 0)
      draft.doubt(
        'The record of this Normalizer comes straight from a file and is not described by input ports',
        0.3,
        'error',
      );
    draft.note('Generated keys start at the value saved in the file and count the rows of this run');
    const seq = relation.seq ?? seqColumn;
    const start = (port: EtlPort): number =>
      Number(propertyOf(port.properties, 'SEQUENCE_GENERATOR_VALUE') ?? '1') || 1;
    const valueOf = (port: EtlPort): string => {
      if (isGeneratedKey(port)) return `${start(port) - 1} + dense_rank() OVER (ORDER BY ${seq})`;
      if (isGeneratedColumnId(port)) return '__occurrence';
      const sources = byField.get(fieldOf(port)) ?? [];
      const sql = sources.map((source) => columns.get(source.name)?.sql ?? 'NULL');
      if (sql.length <= 1) return sql[0] ?? 'NULL';
      return `CASE __occurrence ${sql.map((one, index) => `WHEN ${index + 1} THEN ${one}`).join(' ')} END`;
    };
    const ports = transformation.ports.filter((port) => isOutputPort(port));
    const sql = printSelect({
      items: [
        ...ports.map((port) => ({ sql: valueOf(port), name: port.name })),
        ...(context.ordered ? [{ sql: `row_number() OVER (ORDER BY ${seq}, __occurrence)`, name: seqColumn }] : []),
        ...(relation.operation === null ? [] : [{ sql: relation.operation, name: '__op' }]),
      ],
      from: `${relation.from ?? '(SELECT 1 WHERE FALSE)'} CROSS JOIN (VALUES ${Array.from({ length: occurs }, (_, index) => `(${index + 1})`).join(', ')}) AS occurrences(__occurrence)`,
      where: draft.rejectClause(relation.from),
    });
    const node = draft.node({
      operator: 'normalizer',
      config: { occurs },
      columns: ports.map((port) => {
        const from = (byField.get(fieldOf(port)) ?? []).flatMap((source) => columns.get(source.name)?.from ?? []);
        return portColumn(port, from.length === 0 || isGeneratedKey(port) || isGeneratedColumnId(port) ? {} : { from });
      }),
      sql,
    });
    return draft.result(
      [node],
      [{ group: null, stream: portStream(draft.id, ports, context, relation.operation !== null) }],
    );
  },
};
