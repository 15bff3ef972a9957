import type { EtlTransformation } from '../../../../shared/model/etl.ts';
import { sqlName } from '../../../dataflow/sql-name.ts';
import { isInputPort, isMasterPort, isOutputPort } from '../ports.ts';
import { propertyOf } from '../properties.ts';
import { carried, fromColumn, NodeDraft, portColumn, portStream } from '../convert/node-draft.ts';
import type { Rule } from '../convert/rule.ts';
import { portNamed, seqColumn, type InputRelation } from '../convert/stream.ts';
import { indent, printSelect } from '../convert/select.ts';
import { equality, parseComparisons, type Comparison } from '../convert/comparisons.ts';

/** Which rows are kept beside the matches. Master Outer keeps all detail rows, Detail Outer all master rows. */
const joins: ReadonlyMap<string, string> = new Map([
  ['normal join', 'JOIN'],
  ['master outer join', 'LEFT JOIN'],
  ['detail outer join', 'RIGHT JOIN'],
  ['full outer join', 'FULL JOIN'],
]);

interface JoinSide {
  readonly relation: InputRelation;
  readonly sql: string;
  readonly columns: ReturnType<NodeDraft['inputColumns']>;
}

/** The rows of the master or the detail side, with columns named as the joiner's ports. */
function sideOf(transformation: EtlTransformation, draft: NodeDraft, master: boolean): JoinSide {
  const ports = transformation.ports.filter((port) => isInputPort(port) && isMasterPort(port) === master);
  const names = ports.map((port) => port.name);
  const relation = draft.context.input(transformation, names);
  const columns = draft.inputColumns(relation, ports);
  const sql = printSelect({
    items: [
      ...names.map((name) => ({ sql: columns.get(name)?.sql ?? 'NULL', name })),
      ...carried(draft.context, relation.seq, null),
    ],
    from: relation.from ?? '(SELECT 1 WHERE FALSE)',
  });
  return { relation, columns, sql };
}

function orient(
  transformation: EtlTransformation,
  { left, right }: Comparison,
): { readonly detail: string; readonly master: string } {
  const port = portNamed(transformation, left);
  return port !== null && isMasterPort(port) ? { detail: right, master: left } : { detail: left, master: right };
}

/** Joiner: detail rows joined with master rows on equality; NULL keys never match. */
export const joinerRule: Rule = {
  types: ['Joiner'],
  readsOrder: () => false,
  convert(transformation, context) {
    const draft = new NodeDraft(transformation, context, 0.97);
    const detail = sideOf(transformation, draft, false);
    const master = sideOf(transformation, draft, true);
    if (detail.relation.from === null || master.relation.from === null)
      draft.doubt('One side of the join is not connected', 0.3, 'error');
    const type = propertyOf(transformation.properties, 'Join Type') ?? 'Normal Join';
    const join = joins.get(type.trim().toLowerCase());
    if (join === undefined) draft.doubt(`Unknown join type ${type}`, 0.3, 'error');
    const original = propertyOf(transformation.properties, 'Join Condition') ?? '';
    const comparisons = parseComparisons(original);
    if (comparisons === null || comparisons.length === 0)
      draft.doubt(`The join condition cannot be read: ${original}`, 0.3, 'error');
    const pairs = (comparisons ?? []).map((one) => orient(transformation, one));
    const named = (name: string): string => portNamed(transformation, name)?.name ?? name;
    const anyCase = propertyOf(transformation.properties, 'Case Sensitive String Comparison')?.toUpperCase() === 'NO';
    const on = pairs.map((pair) =>
      equality(
        { sql: `d.${sqlName(named(pair.detail))}`, type: detail.columns.get(named(pair.detail))?.type ?? 'unknown' },
        { sql: `m.${sqlName(named(pair.master))}`, type: master.columns.get(named(pair.master))?.type ?? 'unknown' },
        !anyCase,
      ),
    );
    const ports = transformation.ports.filter((port) => isInputPort(port) && isOutputPort(port));
    const sql = printSelect({
      items: [
        ...ports.map((port) => ({ sql: `${isMasterPort(port) ? 'm' : 'd'}.${sqlName(port.name)}`, name: port.name })),
        ...carried(context, `row_number() OVER (ORDER BY d.${seqColumn}, m.${seqColumn})`, null),
      ],
      from: `(\n${indent(detail.sql)}\n) AS d ${join ?? 'JOIN'} (\n${indent(master.sql)}\n) AS m ON ${on.length === 0 ? 'FALSE' : on.join(' AND ')}`,
    });
    if (detail.relation.operation !== null || master.relation.operation !== null)
      draft.note('Insert, update and delete flags end at a Joiner');
    const fromOf = (name: string): string | null | undefined =>
      detail.columns.get(name)?.from ?? master.columns.get(name)?.from;
    const node = draft.node({
      operator: 'sql_join',
      config: {
        join: type,
        condition: original,
        keys: pairs.map((pair) => ({
          left: fromOf(named(pair.detail)) ?? pair.detail,
          right: fromOf(named(pair.master)) ?? pair.master,
        })),
      },
      columns: ports.map((port) => portColumn(port, fromColumn(fromOf(port.name)))),
      sql,
    });
    return draft.result([node], [{ group: null, stream: portStream(draft.id, ports, context, false) }]);
  },
};
