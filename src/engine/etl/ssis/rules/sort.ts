import { sqlName } from '../../../dataflow/sql-name.ts';
import { isTextType } from '../../../expr/ssis/data-types.ts';
import { printSelect } from '../../powercenter/convert/select.ts';
import { lineageOf, typeOf } from '../flow/component.ts';
import { propertyOf } from '../dts-elements.ts';
import { lineageReference } from '../flow/lineage-reference.ts';
import { NodeDraft } from '../flow/node-draft.ts';
import type { Rule } from '../flow/rule.ts';
import { ColumnSet, columnOf, fromOf, seqColumn, toPipelineColumn, type BufferColumn } from '../flow/stream.ts';
import { sortPosition } from './union-all.ts';

interface SortKey {
  readonly column: BufferColumn;
  readonly position: number;
  readonly ignoreCase: boolean;
}

function keyValue(key: SortKey): string {
  const name = sqlName(key.column.name);
  return key.ignoreCase && isTextType(key.column.type) ? `lower(${name})` : name;
}

/** Sort: NULLs first; the order is kept in `__seq`. Of duplicates one row stays: SSIS says not which, here the least by its values. */
export const sortRule: Rule = {
  types: ['Sort'],
  convert(component, context) {
    const draft = new NodeDraft(component, context, 0.97);
    const stream = context.input(component);
    const from = draft.read(stream);
    const [output] = component.outputs.filter((one) => !one.isError);
    const keys = component.inputs
      .flatMap((input) => input.ports)
      .flatMap((port): readonly SortKey[] => {
        const column = stream === null ? null : columnOf(stream, lineageOf(port));
        const position = sortPosition(propertyOf(port.properties, 'NewSortKeyPosition'));
        const flags = Number(propertyOf(port.properties, 'NewComparisonFlags') ?? 0);
        return column === null || position === 0 ? [] : [{ column, position, ignoreCase: (flags & 1) === 1 }];
      });
    keys.sort((a, b) => Math.abs(a.position) - Math.abs(b.position));
    if (keys.length === 0) draft.doubt('The sort has no key', 0.7);
    const set = new ColumnSet();
    const parts = (output?.ports ?? []).map((port) => {
      const column = set.add(lineageOf(port), port.name, typeOf(port));
      const source =
        stream === null ? null : columnOf(stream, lineageReference(propertyOf(port.properties, 'SortColumnId')) ?? '');
      if (source === null) draft.doubt(`The column that ${port.name} comes from is not in the input`, 0.5, 'error');
      return { column, source };
    });
    const order = keys.map((key) => `${keyValue(key)} ${key.position < 0 ? 'DESC NULLS LAST' : 'ASC NULLS FIRST'}`);
    const ties = (stream?.columns ?? []).map((column) => sqlName(column.name));
    const unique = component.property('EliminateDuplicates') === 'true' && keys.length > 0;
    if (unique) draft.doubt('Of rows with equal keys one is kept; which one SSIS keeps is not defined', 0.9);
    const sql = printSelect({
      items: [
        ...parts.map(({ column, source }) => ({
          sql: source === null ? 'NULL' : sqlName(source.name),
          name: column.name,
        })),
        { sql: `row_number() OVER (ORDER BY ${[...order, ...ties].join(', ') || '1'})`, name: seqColumn },
      ],
      from,
      ...(unique
        ? {
            qualify: `row_number() OVER (PARTITION BY ${keys.map(keyValue).join(', ')} ORDER BY ${ties.join(', ')}) = 1`,
          }
        : {}),
    });
    const node = draft.node({
      operator: unique ? 'deduplicate' : 'sql_order_by',
      config: { order, eliminate_duplicates: unique },
      columns: parts.map(({ column, source }) =>
        toPipelineColumn(column, source === null || stream === null ? {} : { from: [fromOf(stream, source)] }),
      ),
      sql,
    });
    return draft.result(
      [node],
      output === undefined
        ? []
        : [{ output: output.name, stream: { input: { node: draft.id }, columns: set.columns, ordered: true } }],
    );
  },
};
