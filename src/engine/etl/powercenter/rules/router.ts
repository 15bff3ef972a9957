import type { EtlPort } from '../../../../shared/model/etl.ts';
import type { NodeOutput } from '../../../dataflow/model.ts';
import { propertyOf } from '../properties.ts';
import { isInputPort } from '../ports.ts';
import { environmentOf, translateCondition } from '../convert/expression.ts';
import { carried, fromColumn, NodeDraft, portColumn, portStream } from '../convert/node-draft.ts';
import type { Rule } from '../convert/rule.ts';
import { printSelect } from '../convert/select.ts';

/**
 * Router: every group is tested on its own, so that a row may leave by several; the default group has the rows for which
 * no condition is true, those with a NULL condition included.
 */
export const routerRule: Rule = {
  types: ['Router'],
  readsOrder: () => false,
  convert(transformation, context) {
    const draft = new NodeDraft(transformation, context, 0.96);
    const relation = context.input(transformation);
    const inputs = transformation.ports.filter(isInputPort);
    const columns = draft.inputColumns(relation, inputs);
    const env = environmentOf(transformation, context, columns);
    const groups = transformation.groups.filter((group) => group.kind !== 'input');
    const conditions = new Map<string, string>();
    for (const group of groups.filter((one) => one.kind === 'output')) {
      const condition = draft.take(translateCondition(group.condition ?? 'TRUE', env), group.name);
      draft.rejectWhere(condition.rowErrors, group.name);
      conditions.set(group.name, condition.sql);
    }
    const noneTrue = [...conditions.values()].map((sql) => `NOT coalesce(${sql}, FALSE)`);
    const sourceOf = (port: EtlPort): string => propertyOf(port.properties, 'REF_FIELD') ?? port.name;
    const outputs = groups.map((group): NodeOutput => {
      const ports = transformation.ports.filter((port) => port.group === group.name && !isInputPort(port));
      const where = group.kind === 'default' ? noneTrue : [conditions.get(group.name) ?? 'FALSE'];
      return {
        name: group.name,
        ...(group.condition === null ? {} : { condition: group.condition }),
        columns: ports.map((port) => portColumn(port, fromColumn(columns.get(sourceOf(port))?.from))),
        sql: printSelect({
          items: [
            ...ports.map((port) => ({ sql: columns.get(sourceOf(port))?.sql ?? 'NULL', name: port.name })),
            ...carried(context, relation.seq, relation.operation),
          ],
          from: relation.from ?? '(SELECT 1 WHERE FALSE)',
          where: [...where, ...draft.rejectClause(relation.from)],
        }),
      };
    });
    const node = draft.node({ operator: 'conditional_branch', outputs });
    const streams = groups.map((group) => ({
      group: group.name,
      stream: portStream(
        { node: draft.id, output: group.name },
        transformation.ports.filter((port) => port.group === group.name && !isInputPort(port)),
        context,
        relation.operation !== null,
      ),
    }));
    return draft.result([node], streams);
  },
};
