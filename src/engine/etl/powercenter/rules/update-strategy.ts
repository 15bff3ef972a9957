import { isYes, propertyOf } from '../properties.ts';
import { environmentOf, translateValue } from '../convert/expression.ts';
import { NodeDraft } from '../convert/node-draft.ts';
import { passOn } from '../convert/pass-on.ts';
import type { Rule } from '../convert/rule.ts';
import { operationColumn } from '../convert/stream.ts';

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
    return passOn(
      draft,
      { operator: 'row_operation', config: { expression: original, forward_rejected: forward, applied: driven } },
      {
        transformation,
        relation,
        columns,
        where: driven && !forward ? [`${operation} <> 3`] : [],
        operation: driven
          ? { sql: operation, column: { name: operationColumn, type: 'INTEGER', expression: operation, original } }
          : null,
      },
    );
  },
};
