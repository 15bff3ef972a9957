import type { EtlPort, EtlTransformation } from '../../../../shared/model/etl.ts';
import { isInputPort } from '../ports.ts';
import { propertyOf } from '../properties.ts';
import { carried, NodeDraft, portColumn, portStream } from '../convert/node-draft.ts';
import type { Rule, RuleContext } from '../convert/rule.ts';
import { indent, printSelect, type SelectItem } from '../convert/select.ts';
import { operationColumn, seqColumn } from '../convert/stream.ts';
import { unsupportedRule } from './unsupported.ts';

/** Which output port each input port goes to, where the file says so. */
function dependencies(transformation: EtlTransformation): ReadonlyMap<string, string> {
  const prefix = 'dependency.';
  const found = transformation.properties.filter((one) => one.name.startsWith(prefix));
  return new Map(found.map((one) => [one.name.slice(prefix.length), one.value ?? '']));
}

/** The branches one after the other, numbered anew where the order matters. */
function united(branches: readonly string[], context: RuleContext): string {
  const all = branches.join('UNION ALL\n');
  if (!context.ordered) return all;
  return printSelect({
    items: [
      { sql: `* EXCLUDE (__branch, ${seqColumn})`, name: '' },
      ...carried(context, `row_number() OVER (ORDER BY __branch, ${seqColumn})`, null),
    ],
    from: `(\n${indent(all)}\n) AS i`,
  });
}

function orderOf(context: RuleContext, branch: number, seq: string | null): readonly SelectItem[] {
  if (!context.ordered) return [];
  return [
    { sql: String(branch), name: '__branch' },
    { sql: seq ?? '0', name: seqColumn },
  ];
}

/** Union: all rows of all input groups; nothing is removed. Other custom transformations are programs. */
export const unionRule: Rule = {
  types: ['Custom Transformation', 'Union'],
  readsOrder: () => false,
  convert(transformation, context) {
    const template = propertyOf(transformation.properties, 'TEMPLATENAME') ?? transformation.type;
    if (!template.startsWith('Union')) return unsupportedRule.convert(transformation, context);
    const draft = new NodeDraft(transformation, context, 0.96);
    const outputs = transformation.ports.filter((port) => !isInputPort(port));
    const groups = transformation.groups.filter((group) => group.kind === 'input');
    const targets = dependencies(transformation);
    const flagged = groups.some(
      (group) =>
        context.input(
          transformation,
          portsOf(group.name).map((port) => port.name),
        ).operation !== null,
    );
    function portsOf(group: string): readonly EtlPort[] {
      return transformation.ports.filter((port) => isInputPort(port) && port.group === group);
    }
    const froms = new Map<string, string[]>();
    const branches = groups.flatMap((group, branch) => {
      const ports = portsOf(group.name);
      const relation = context.input(
        transformation,
        ports.map((port) => port.name),
      );
      if (relation.from === null) {
        draft.note(`Nothing is connected to the group ${group.name}`);
        return [];
      }
      const columns = draft.inputColumns(relation, ports);
      const feeding = (output: EtlPort, position: number): EtlPort | undefined =>
        ports.find((port) => targets.get(port.name) === output.name) ??
        (targets.size === 0 ? ports[position] : undefined);
      const items = outputs.map((output, position) => {
        const port = feeding(output, position);
        const column = port === undefined ? undefined : columns.get(port.name);
        if (column !== undefined && column.from !== null)
          froms.set(output.name, [...(froms.get(output.name) ?? []), column.from]);
        return { sql: column?.sql ?? 'NULL', name: output.name };
      });
      const order = orderOf(context, branch, relation.seq);
      return [
        printSelect({
          items: [...items, ...order, ...(flagged ? [{ sql: relation.operation ?? '0', name: operationColumn }] : [])],
          from: relation.from,
        }),
      ];
    });
    const sql = united(branches, context);
    const node = draft.node({
      operator: 'sql_union_all',
      columns: outputs.map((port) =>
        portColumn(port, froms.has(port.name) ? { from: froms.get(port.name) ?? [] } : {}),
      ),
      ...(branches.length === 0 ? {} : { sql }),
    });
    return draft.result([node], [{ group: null, stream: portStream(draft.id, outputs, context, flagged) }]);
  },
};
