import type { EtlPort } from '../../../../shared/model/etl.ts';
import { sqlName } from '../../../dataflow/sql-name.ts';
import { isTextType, toScalarType, toSqlType } from '../../../expr/ssis/data-types.ts';
import { printSelect } from '../../powercenter/convert/select.ts';
import { lineageOf, typeOf, type Output } from '../flow/component.ts';
import { propertyOf } from '../dts-elements.ts';
import { lineageReference } from '../flow/lineage-reference.ts';
import { NodeDraft } from '../flow/node-draft.ts';
import type { Rule } from '../flow/rule.ts';
import { ColumnSet, columnOf, fromOf, toPipelineColumn, type Stream } from '../flow/stream.ts';
import { withOutlets, type Outlet } from '../flow/node-draft.ts';
import type { BufferColumn } from '../flow/stream.ts';

const functions: readonly ((column: string) => string)[] = [
  (column) => column,
  (column) => `count(${column})`,
  () => 'count(*)',
  (column) => `count(DISTINCT ${column})`,
  (column) => `sum(${column})`,
  (column) => `avg(${column})`,
  (column) => `min(${column})`,
  (column) => `max(${column})`,
];

interface Cell {
  readonly column: BufferColumn;
  readonly sql: string;
  /** What rows are grouped by, where the column is a key. */
  readonly group: string | null;
  readonly from: string | null;
}

function isCaseless(port: EtlPort, source: BufferColumn): boolean {
  const flags = Number(propertyOf(port.properties, 'AggregationComparisonFlags') ?? 0);
  return isTextType(source.type) && (flags & 1) === 1;
}

function cellOf(draft: NodeDraft, port: EtlPort, column: BufferColumn, stream: Stream | null): Cell {
  const kind = Number(propertyOf(port.properties, 'AggregationType') ?? 0);
  const write = functions[kind];
  const id = lineageReference(propertyOf(port.properties, 'AggregationColumnId')) ?? '';
  const source = stream === null ? null : columnOf(stream, id);
  const cast = (sql: string): string => `CAST(${sql} AS ${toSqlType(column.type)})`;
  if (kind === 2) return { column, sql: cast('count(*)'), group: null, from: null };
  if (write === undefined || source === null || stream === null) {
    draft.doubt(`${port.name}: the aggregation or its column is not known`, 0.3, 'error');
    return { column, sql: cast('NULL'), group: null, from: null };
  }
  const name = sqlName(source.name);
  const from = fromOf(stream, source);
  if (!isCaseless(port, source)) {
    const value = write(name);
    const plain = kind === 0 || (toScalarType(source.type) === 'string' && kind > 5);
    return { column, sql: plain ? value : cast(value), group: kind === 0 ? name : null, from };
  }
  draft.doubt(`${port.name}: of values that differ by case only, which one a group shows is not defined`, 0.9);
  if (kind === 0) return { column, sql: `min(${name})`, group: `lower(${name})`, from };
  return { column, sql: cast(write(kind === 3 ? `lower(${name})` : name)), group: null, from };
}

function outletOf(
  draft: NodeDraft,
  output: Output,
  stream: Stream | null,
  from: string,
): { readonly outlet: Outlet; readonly buffer: readonly BufferColumn[] } {
  const set = new ColumnSet();
  const cells = output.ports.map((port) =>
    cellOf(draft, port, set.add(lineageOf(port), port.name, typeOf(port)), stream),
  );
  const groupBy = cells.flatMap((cell) => cell.group ?? []);
  const sql = printSelect({
    items: cells.map((cell) => ({ sql: cell.sql, name: cell.column.name })),
    from,
    groupBy,
    ...(groupBy.length === 0 ? { having: 'count(*) > 0' } : {}),
  });
  const columns = cells.map((cell) =>
    toPipelineColumn(cell.column, { expression: cell.sql, ...(cell.from === null ? {} : { from: [cell.from] }) }),
  );
  return { buffer: set.columns, outlet: { output: output.name, columns, sql } };
}

/** Aggregate: one row a group for each output; NULLs are ignored as in SQL, and no rows in give no row out. */
export const aggregateRule: Rule = {
  types: ['Aggregate'],
  convert(component, context) {
    const draft = new NodeDraft(component, context, 0.95);
    const stream = context.input(component);
    const from = draft.read(stream);
    const outlets = component.outputs
      .filter((output) => !output.isError && output.ports.length > 0)
      .map((output) => outletOf(draft, output, stream, from));
    const { node, input } = withOutlets(
      draft,
      outlets.map((one) => one.outlet),
      { operator: 'sql_group_by' },
    );
    return draft.result(
      [node],
      outlets.map(({ outlet, buffer }) => ({
        output: outlet.output,
        stream: { input: input(outlet.output), columns: buffer, ordered: false },
      })),
    );
  },
};
