import { itemsOf } from '../properties.ts';
import { NotConverted, select, seqColumn, type StageDraft } from '../convert/stage-draft.ts';
import type { PipelineNode } from '../../../dataflow/model.ts';
import type { StageRule } from './rule.ts';

function keep(
  draft: StageDraft,
  qualify: string,
  operator: PipelineNode['operator'],
  config: PipelineNode['config'],
): PipelineNode {
  for (const link of draft.outputLinks) {
    const { items, columns } = draft.passOn(link);
    draft.output(link, columns, select(draft.withOrder(items), draft.relation(draft.input), qualify));
  }
  return draft.node(operator, config === undefined ? {} : { config });
}

/** Remove Duplicates: the first or last row of each key, in the order of the input. */
export const removeDuplicatesRule: StageRule = {
  types: ['PxRemDup'],
  readsOrder: () => true,
  convert(draft) {
    const keys = itemsOf(draft.stage.properties, 'key').map((one) => one.value);
    const columns = keys.map((key) => draft.find(key)?.sql);
    if (columns.length === 0 || columns.includes(undefined))
      throw new NotConverted('A key column of the duplicates is not in the input');
    const last = (draft.property('keep') ?? 'first').trim().toLowerCase() === 'last';
    draft.note(
      'All rows with the same key count as duplicates; the source tool compares neighbouring rows of each partition',
    );
    const order = `${seqColumn}${last ? ' DESC' : ''}`;
    return keep(
      draft,
      `QUALIFY row_number() OVER (PARTITION BY ${columns.join(', ')} ORDER BY ${order}) = 1`,
      'deduplicate',
      { keys: [...keys], keep: last ? 'last' : 'first' },
    );
  },
};

/** Head and Tail: a number of rows from the start or the end. */
export const headTailRule: StageRule = {
  types: ['PxHead', 'PxTail'],
  readsOrder: () => true,
  convert(draft) {
    const rows = Number(draft.property('nrecs') ?? '10');
    const skipped = Number(draft.property('skip') ?? '0');
    if (![rows, skipped].every((one) => Number.isSafeInteger(one) && one >= 0))
      throw new NotConverted('The number of rows is not a constant');
    if (skipped > 0 && draft.stage.type === 'PxTail')
      throw new NotConverted('Rows are skipped before they are counted');
    draft.doubt('The number of rows is taken once; the source tool takes it from each partition', 0.86);
    const order = `${seqColumn}${draft.stage.type === 'PxTail' ? ' DESC' : ''}`;
    return keep(
      draft,
      `QUALIFY row_number() OVER (ORDER BY ${order}) BETWEEN ${skipped + 1} AND ${skipped + rows}`,
      'sql_where',
      { rows, skipped },
    );
  },
};
