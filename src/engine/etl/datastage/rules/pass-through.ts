import { select } from '../convert/stage-draft.ts';
import type { StageRule } from './rule.ts';

/** Copy hands every row to every output; Peek prints some rows to the log, which has no part in the data. */
export const passThroughRule: StageRule = {
  types: ['PxCopy', 'PxPeek', 'PxWriteRangeMap'],
  readsOrder: () => false,
  convert(draft) {
    const { input } = draft;
    if (draft.stage.type === 'PxPeek') draft.note('Rows are printed to the log of the job; that is left out');
    for (const link of draft.outputLinks) {
      const { items, columns } = draft.passOn(link);
      draft.output(link, columns, select(draft.withOrder(items), draft.relation(input)));
    }
    if (draft.outputLinks.length > 0) return draft.node('sql_expression');
    const columns = input.stream.columns.map((column) => ({
      name: column.name,
      type: column.sqlType,
      nullable: column.nullable,
    }));
    draft.output('', columns, select(['*'], draft.relation(input)));
    return draft.node('sql_expression');
  },
};
