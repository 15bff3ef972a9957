import type { PipelineColumn } from '../../../dataflow/model.ts';
import { converted, type LinkColumn } from '../convert/columns.ts';
import { item, pipelineColumn, select, seqColumn, type StageDraft } from '../convert/stage-draft.ts';
import { sqlName } from '../../../dataflow/sql-name.ts';
import { orderSql } from '../convert/sort-key.ts';
import { itemsOf } from '../properties.ts';
import type { StageRule } from './rule.ts';
import { sortKey } from './sort.ts';

/** The columns of all inputs that become one column of the union. */
function fromAll(draft: StageDraft, column: LinkColumn): Pick<PipelineColumn, 'from'> {
  const from = draft.inputs.flatMap((input) => draft.find(`${input.name}.${column.name}`)?.from ?? []);
  return from.length === 0 ? {} : { from };
}

/** Funnel: the rows of all inputs, columns matched by name. */
export const funnelRule: StageRule = {
  types: ['PxFunnel'],
  readsOrder: () => false,
  convert(draft) {
    const sorts = (draft.property('operator') ?? 'funnel').includes('sort');
    const keys = sorts ? itemsOf(draft.stage.properties, 'key').map(sortKey) : [];
    if (sorts && keys.length === 0)
      draft.doubt('A sort funnel merges sorted inputs; the order of its rows is that of the inputs here', 0.8);
    for (const link of draft.outputLinks) {
      const columns = draft.passedColumns(link);
      const parts = draft.inputs.map((input, index) => {
        const items = columns.map((column) => {
          const source = input.stream.columns.find((one) => one.name.toLowerCase() === column.name.toLowerCase());
          const found = source === undefined ? null : draft.find(`${input.name}.${source.name}`);
          if (found === null) draft.doubt(`${input.name} has no column ${column.name}; it is empty for its rows`, 0.75);
          return item(
            found === null
              ? `CAST(NULL AS ${column.sqlType})`
              : converted(found.sql, found.column.sqlType, column.sqlType),
            column.name,
          );
        });
        return select(
          draft.ordered ? [...items, item(String(index), '__link'), item(seqColumn, '__before')] : items,
          draft.relation(input),
        );
      });
      const union = parts.join('UNION ALL\n');
      const order = keys.flatMap((key) => {
        const found = columns.find((column) => column.name.toLowerCase() === key.column.toLowerCase());
        return found === undefined ? [] : [orderSql(sqlName(found.name), key)];
      });
      const sql = draft.ordered
        ? select(
            [
              `* EXCLUDE (__link, __before)`,
              item(`row_number() OVER (ORDER BY ${[...order, '__link', '__before'].join(', ')})`, seqColumn),
            ],
            `(\n${union})`,
          )
        : union;
      draft.output(
        link,
        columns.map((column) => pipelineColumn(column, fromAll(draft, column))),
        sql,
      );
    }
    return draft.node('sql_union_all');
  },
};
