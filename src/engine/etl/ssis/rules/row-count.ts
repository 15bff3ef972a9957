import { NodeDraft } from '../flow/node-draft.ts';
import { passThrough } from '../flow/pass-through.ts';
import type { Rule } from '../flow/rule.ts';

/** Row Count and destinations that throw rows away: rows pass; their number is what a run reports of the node. */
export const rowCountRule: Rule = {
  types: ['RowCount', 'TrashDestination'],
  convert(component, context) {
    const draft = new NodeDraft(component, context, 0.95);
    const variable = component.property('VariableName');
    if (variable !== null)
      draft.note(`The number of rows goes to the variable ${variable}: take it from the row count of this node`);
    return passThrough(
      draft,
      context.input(component),
      { added: [], replaced: new Map() },
      { operator: 'sql_expression', ...(variable === null ? {} : { config: { row_count_variable: variable } }) },
    );
  },
};
