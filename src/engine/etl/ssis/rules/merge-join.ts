import type { EtlPort } from '../../../../shared/model/etl.ts';
import { sqlName } from '../../../dataflow/sql-name.ts';
import { toSqlType } from '../../../expr/ssis/data-types.ts';
import { printSelect } from '../../powercenter/convert/select.ts';
import { lineageOf, typeOf, type Side } from '../flow/component.ts';
import { propertyOf } from '../dts-elements.ts';
import { lineageReference } from '../flow/lineage-reference.ts';
import { NodeDraft } from '../flow/node-draft.ts';
import type { FlowContext, Rule } from '../flow/rule.ts';
import { ColumnSet, columnOf, fromOf, toPipelineColumn, type BufferColumn, type Stream } from '../flow/stream.ts';
import { sortPosition } from './union-all.ts';

const joins: ReadonlyMap<string, string> = new Map([
  ['0', 'FULL JOIN'],
  ['1', 'LEFT JOIN'],
  ['2', 'JOIN'],
]);

/** The position among the sort keys that a column has where it was made. */
function positionAt(port: EtlPort, context: FlowContext): number {
  const own = sortPosition(propertyOf(port.properties, 'cachedSortKeyPosition'));
  if (own !== 0) return own;
  const lineage = lineageOf(port);
  const origin = context.mapping.transformations
    .flatMap((one) => one.ports)
    .find((one) => one.direction === 'output' && lineageOf(one) === lineage);
  return origin === undefined ? 0 : sortPosition(propertyOf(origin.properties, 'sortKeyPosition'));
}

function keysOf(
  side: Side | undefined,
  stream: Stream | null,
  count: number,
  context: FlowContext,
): readonly BufferColumn[] {
  if (side === undefined || stream === null) return [];
  return side.ports
    .map((port) => ({ port, position: Math.abs(positionAt(port, context)) }))
    .filter(({ position }) => position > 0 && position <= count)
    .sort((a, b) => a.position - b.position)
    .flatMap(({ port }) => columnOf(stream, lineageOf(port)) ?? []);
}

interface JoinSide {
  readonly alias: 'l' | 'r';
  readonly side: Side | undefined;
  readonly stream: Stream | null;
}

interface Cell {
  readonly column: BufferColumn;
  readonly sql: string;
  readonly from: string | null;
}

/** The columns that leave, each from the input column that it names. */
function cellsOf(
  draft: NodeDraft,
  ports: readonly EtlPort[],
  set: ColumnSet,
  sides: readonly JoinSide[],
): readonly Cell[] {
  return ports.map((port) => {
    const column = set.add(lineageOf(port), port.name, typeOf(port));
    const wanted = lineageReference(propertyOf(port.properties, 'InputColumnID'));
    for (const { alias, side, stream } of sides) {
      const input = side?.ports.find((one) =>
        [propertyOf(one.properties, 'refId'), propertyOf(one.properties, 'id')].includes(wanted),
      );
      const source = input === undefined || stream === null ? null : columnOf(stream, lineageOf(input));
      if (source !== null && stream !== null)
        return { column, sql: `${alias}.${sqlName(source.name)}`, from: fromOf(stream, source) };
    }
    draft.doubt(`The column that ${port.name} comes from is not in the inputs`, 0.5, 'error');
    return { column, sql: `CAST(NULL AS ${toSqlType(column.type)})`, from: null };
  });
}

interface KeyPair {
  readonly left: BufferColumn;
  readonly right: BufferColumn;
}

function keyPairs(draft: NodeDraft, left: JoinSide, right: JoinSide): readonly KeyPair[] {
  const count = Number(draft.component.property('NumKeyColumns') ?? 1);
  const [lefts, rights] = [left, right].map((one) => keysOf(one.side, one.stream, count, draft.context));
  const pairs = (lefts ?? []).flatMap((key, index): readonly KeyPair[] => {
    const other = rights?.[index];
    return other === undefined ? [] : [{ left: key, right: other }];
  });
  if (pairs.length === 0 || lefts?.length !== rights?.length)
    draft.doubt('The sort keys that the inputs are joined by cannot be found', 0.3, 'error');
  return pairs;
}

/** Merge Join: the join by the leading sort keys of both inputs; NULL equals NULL unless the component says otherwise. */
export const mergeJoinRule: Rule = {
  types: ['MergeJoin'],
  convert(component, context) {
    const draft = new NodeDraft(component, context, 0.96);
    const [leftSide, rightSide] = component.inputs;
    const left: JoinSide = { alias: 'l', side: leftSide, stream: context.input(component, leftSide?.name) };
    const rightStream = rightSide === undefined ? null : context.input(component, rightSide.name);
    const right: JoinSide = { alias: 'r', side: rightSide, stream: rightStream };
    const froms = [draft.read(left.stream), draft.read(right.stream)];
    const pairs = keyPairs(draft, left, right);
    const equal = component.property('TreatNullsAsEqual') === 'false' ? '=' : 'IS NOT DISTINCT FROM';
    const on = pairs.map((pair) => `l.${sqlName(pair.left.name)} ${equal} r.${sqlName(pair.right.name)}`);
    const type = component.property('JoinType') ?? '2';
    const join = joins.get(type);
    if (join === undefined) draft.doubt(`The join type ${type} is not known`, 0.3, 'error');
    draft.note('Rows are joined by equal keys; on inputs that are not sorted as they claim SSIS gives other results');
    const set = new ColumnSet();
    const [output] = component.outputs.filter((one) => !one.isError);
    const cells = cellsOf(draft, output?.ports ?? [], set, [left, right]);
    const node = draft.node({
      operator: 'sql_join',
      config: { join: join ?? 'JOIN', keys: pairs.map((pair) => ({ left: pair.left.name, right: pair.right.name })) },
      columns: cells.map(({ column, from }) => toPipelineColumn(column, from === null ? {} : { from: [from] })),
      sql: printSelect({
        items: cells.map(({ column, sql }) => ({ sql, name: column.name })),
        from: `${froms[0] ?? ''} AS l ${join ?? 'JOIN'} ${froms[1] ?? ''} AS r ON ${on.length === 0 ? 'FALSE' : on.join(' AND ')}`,
      }),
    });
    const stream = { input: { node: draft.id }, columns: set.columns, ordered: false };
    return draft.result([node], output === undefined ? [] : [{ output: output.name, stream }]);
  },
};
