import { propertyOf } from '../properties.ts';
import { environmentOf, translateCondition } from '../convert/expression.ts';
import { NodeDraft } from '../convert/node-draft.ts';
import { passOn } from '../convert/pass-on.ts';
import type { Rule } from '../convert/rule.ts';

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
    return passOn(
      draft,
      { operator: 'sql_where', config: { condition: original } },
      { transformation, relation, columns, where: [condition.sql] },
    );
  },
};
