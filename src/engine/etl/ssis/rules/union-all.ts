import type { EtlPort } from '../../../../shared/model/etl.ts';
import { sqlName } from '../../../dataflow/sql-name.ts';
import { toSqlType } from '../../../expr/ssis/data-types.ts';
import { printSelect, indent } from '../../powercenter/convert/select.ts';
import { lineageOf, typeOf, type Side } from '../flow/component.ts';
import { propertyOf } from '../dts-elements.ts';
import { lineageReference } from '../flow/lineage-reference.ts';
import { NodeDraft } from '../flow/node-draft.ts';
import type { Rule } from '../flow/rule.ts';
import {
  ColumnSet,
  columnOf,
  fromOf,
  seqColumn,
  toPipelineColumn,
  type BufferColumn,
  type Stream,
} from '../flow/stream.ts';

interface Target {
  readonly port: EtlPort;
  readonly column: BufferColumn;
  readonly position: number;
}

interface Branch {
  readonly sql: string;
  readonly froms: readonly (string | null)[];
}

/** The rows of one input as columns of the output; what it does not map is NULL. */
function branchOf(input: Side, stream: Stream, targets: readonly Target[], from: string): Branch {
  const cells = targets.map(({ port, column }, place) => {
    const byId = input.ports.find(
      (one) => lineageReference(propertyOf(one.properties, 'OutputColumnLineageID')) === lineageOf(port),
    );
    const mapped = byId ?? mergedPort(port, input.ports, place);
    const source = mapped === undefined ? null : columnOf(stream, lineageOf(mapped));
    const type = toSqlType(column.type);
    if (source === null) return { sql: `CAST(NULL AS ${type})`, name: column.name, from: null };
    const plain = sqlName(source.name);
    const sql = toSqlType(source.type) === type ? plain : `CAST(${plain} AS ${type})`;
    return { sql, name: column.name, from: fromOf(stream, source) };
  });
  return { sql: printSelect({ items: cells, from }), froms: cells.map((cell) => cell.from) };
}

/** The rows in the order of the sort keys, for Merge. */
function inOrder(all: string, keys: readonly Target[]): string {
  const order = [...keys]
    .sort((a, b) => Math.abs(a.position) - Math.abs(b.position))
    .map(({ column, position }) => `${sqlName(column.name)} ${position < 0 ? 'DESC NULLS LAST' : 'ASC NULLS FIRST'}`);
  const seq = { sql: `row_number() OVER (ORDER BY ${order.join(', ')})`, name: seqColumn };
  return printSelect({ items: [{ sql: '*', name: '' }, seq], from: `(\n${indent(all)}\n) AS m` });
}

/** Union All and Merge: all rows of all inputs, column by column as mapped; what an input does not map is NULL. */
export const unionAllRule: Rule = {
  types: ['UnionAll', 'Merge'],
  convert(component, context) {
    const draft = new NodeDraft(component, context, 0.97);
    const [output] = component.outputs.filter((one) => !one.isError);
    const set = new ColumnSet();
    const targets = (output?.ports ?? []).map((port): Target => ({
      port,
      column: set.add(lineageOf(port), port.name, typeOf(port)),
      position: sortPosition(propertyOf(port.properties, 'sortKeyPosition')),
    }));
    const branches = component.inputs.flatMap((input) => {
      const stream = context.input(component, input.name);
      return stream === null ? [] : [branchOf(input, stream, targets, draft.read(stream))];
    });
    if (branches.length === 0) draft.doubt('Nothing is connected to the inputs', 0.7);
    const keys = targets.filter((target) => target.position !== 0);
    const merged = component.source.type === 'Merge' && keys.length > 0;
    const all = branches.map((branch) => branch.sql).join('UNION ALL\n');
    const columns = targets.map(({ column }, place) => {
      const from = [...new Set(branches.flatMap((branch) => branch.froms[place] ?? []))];
      return toPipelineColumn(column, from.length === 0 ? {} : { from });
    });
    const empty = branches.length === 0 || targets.length === 0;
    const node = draft.node({
      operator: 'sql_union_all',
      columns,
      ...(empty ? {} : { sql: merged ? inOrder(all, keys) : all }),
    });
    const stream = { input: { node: draft.id }, columns: set.columns, ordered: merged };
    return draft.result([node], output === undefined ? [] : [{ output: output.name, stream }]);
  },
};

/** Merge maps columns by an id of its own or by place: the column of the same name, else the one at the same place. */
function mergedPort<P extends { readonly name: string; readonly properties: Parameters<typeof propertyOf>[0] }>(
  port: P,
  inputs: readonly P[],
  place: number,
): P | undefined {
  if (inputs.some((one) => propertyOf(one.properties, 'OutputColumnLineageID') !== null)) return undefined;
  return inputs.find((one) => one.name.toLowerCase() === port.name.toLowerCase()) ?? inputs[place];
}

/** Position among the sort keys, negative for descending; 0 where the column is none. */
export function sortPosition(text: string | null): number {
  return text !== null && /^-?\d{1,4}$/.test(text.trim()) ? Number(text) : 0;
}
