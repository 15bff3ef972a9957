import { propertyOf } from '../properties.ts';
import { NodeDraft } from '../convert/node-draft.ts';
import { passOn } from '../convert/pass-on.ts';
import type { Rule } from '../convert/rule.ts';
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
    return passOn(
      draft,
      { operator: 'sql_expression', config: { transaction_control: condition } },
      { transformation, relation, columns },
    );
  },
};
