import type { PipelineTable } from '../../../dataflow/model.ts';
import type { EtlPort } from '../../../../shared/model/etl.ts';
import { sqlName, tableRelation } from '../../../dataflow/sql-name.ts';
import { indent, printSelect } from '../../powercenter/convert/select.ts';
import { plainTableOf, splitTableName } from '../definitions.ts';
import { propertyOf } from '../dts-elements.ts';
import { externalOf, lineageOf, typeOf, type Component, type Output } from '../flow/component.ts';
import { NodeDraft, withOutlets, type Outlet } from '../flow/node-draft.ts';
import { layoutOf } from '../flow/pass-through.ts';
import type { Rule } from '../flow/rule.ts';
import { columnOf } from '../flow/stream.ts';
import { connectorOf } from '../flow/tables.ts';
import { plainConditions } from '../parameterised-sql.ts';
import { readColumn } from './source.ts';
import { unsupportedResult } from './unsupported.ts';

const roles: ReadonlyMap<string, 'key' | 'changing' | 'historical' | 'fixed'> = new Map([
  ['1', 'key'],
  ['2', 'changing'],
  ['3', 'historical'],
  ['4', 'fixed'],
]);

interface Attribute {
  readonly port: EtlPort;
  readonly column: string;
  readonly role: 'key' | 'changing' | 'historical' | 'fixed';
}

function attributesOf(component: Component): readonly Attribute[] {
  return component.inputs.flatMap((input) =>
    input.ports.flatMap((port) => {
      const role = roles.get(propertyOf(port.properties, 'ColumnType') ?? '');
      return role === undefined ? [] : [{ port, role, column: externalOf(port, input)?.name ?? port.name }];
    }),
  );
}

/** What the dimension is read from; the query may end in a condition, which is given by `CurrentRowWhere`. */
function tableOf(component: Component): { readonly schema: string | null; readonly name: string } | null {
  const query = component.property('SqlCommand') ?? '';
  const plain = plainTableOf(query.replace(/\bwhere\b[\s\S]*$/i, ''));
  return plain === null ? null : splitTableName(plain);
}

const kinds: readonly (readonly [RegExp, string])[] = [
  [/^unchanged/i, 'unchanged'],
  [/^new/i, 'new'],
  [/^fixed/i, 'fixed'],
  [/^changing/i, 'changing'],
  [/^historical/i, 'historical'],
  [/^inferred/i, 'inferred'],
];

/** The part an output plays: by its name, or by its place where it was renamed. */
function kindOf(output: Output, place: number): string {
  return kinds.find(([pattern]) => pattern.test(output.name))?.[1] ?? kinds[place]?.[1] ?? 'unchanged';
}

interface Dimension {
  readonly table: PipelineTable;
  readonly sql: string;
}

/** The current rows of the dimension, one a business key. */
function dimensionOf(
  draft: NodeDraft,
  name: { readonly schema: string | null; readonly name: string },
  attributes: readonly Attribute[],
  conditions: readonly string[],
): Dimension {
  const { component, context } = draft;
  const kind = component.property('connection.kind') ?? '';
  const flag = { name: 'dbtimestamp', length: null, precision: null, scale: null };
  const filtered = [...(component.property('CurrentRowWhere') ?? '').matchAll(/\[([^\]]+)\]/g)];
  const table = context.tables.use({
    role: context.isTarget(name) ? 'target' : 'source',
    ...name,
    connector: kind === '' ? null : connectorOf(kind),
    connection: component.property('connection'),
    columns: [
      ...attributes.map((one) => ({ name: one.column, type: typeOf(one.port) })),
      ...filtered.map((match) => ({ name: match[1] ?? '', type: flag })),
    ],
  });
  const keys = attributes.filter((one) => one.role === 'key').map((one) => sqlName(one.column));
  const all = attributes.map((one) => sqlName(one.column));
  const sql = printSelect({
    items: [
      ...attributes.map((one) => ({ sql: readColumn(table, one.column, typeOf(one.port)), name: one.column })),
      { sql: 'TRUE', name: '__found' },
    ],
    from: tableRelation(table),
    where: conditions,
    qualify: `row_number() OVER (PARTITION BY ${keys.join(', ')} ORDER BY ${all.join(', ')}) = 1`,
  });
  return { table, sql };
}

/** The condition of each kind of output; `i` is the row, `r` the row of the dimension. */
function conditionsOf(
  attributes: readonly Attribute[],
  side: (one: Attribute) => string,
  failFixed: boolean,
): ReadonlyMap<string, string> {
  const differs = (role: Attribute['role']): string =>
    attributes
      .filter((one) => one.role === role)
      .map((one) => `${side(one)} IS DISTINCT FROM r.${sqlName(one.column)}`)
      .join(' OR ') || 'FALSE';
  const found = 'r.__found IS NOT NULL';
  const fixed = failFixed ? differs('fixed') : 'FALSE';
  const open = `${found} AND NOT (${fixed})`;
  return new Map([
    ['new', 'r.__found IS NULL'],
    ['fixed', `${found} AND (${fixed})`],
    ['historical', `${open} AND (${differs('historical')})`],
    ['changing', `${open} AND (${differs('changing')})`],
    ['unchanged', `${open} AND NOT (${differs('historical')} OR ${differs('changing')})`],
  ]);
}

/** Slowly Changing Dimension: rows compared with the dimension's current rows by business key, and sent by what changed. */
export const scdRule: Rule = {
  types: ['SCD'],
  convert(component, context) {
    const attributes = attributesOf(component);
    const keys = attributes.filter((one) => one.role === 'key');
    const name = tableOf(component);
    const current = component.property('CurrentRowWhere');
    const currentOnly = current === null ? [] : plainConditions(current);
    const stream = context.input(component);
    if (name === null || keys.length === 0 || currentOnly === null || stream === null) {
      const reason = 'The dimension, its business key or the condition of its current rows cannot be read';
      return unsupportedResult(component, context, reason);
    }
    const draft = new NodeDraft(component, context, 0.85);
    const once = 'rows that repeat a key within one run are all taken as new or changed';
    draft.doubt(`The dimension is compared as it is before the run: ${once}`, 0.85);
    const from = draft.read(stream);
    const dimension = dimensionOf(draft, name, attributes, currentOnly);
    const side = (one: Attribute): string =>
      `i.${sqlName(columnOf(stream, lineageOf(one.port))?.name ?? one.port.name)}`;
    const on = keys.map((one) => `${side(one)} = r.${sqlName(one.column)}`).join(' AND ');
    const joined = `${from} AS i LEFT JOIN (\n${indent(dimension.sql)}\n) AS r ON ${on}`;
    if (['changing', 'historical'].every((role) => attributes.some((one) => one.role === role)))
      draft.note(
        'A row in which attributes of both kinds have changed leaves by the changing and by the historical output',
      );
    const conditions = conditionsOf(attributes, side, component.property('FailOnFixedAttributeChange') !== 'false');
    const layout = layoutOf(stream, { added: [], replaced: new Map() });
    const items = layout.items.map((item) => ({ sql: `i.${item.sql}`, name: item.name }));
    const mains = component.outputs.filter((output) => !output.isError);
    const outlets = mains.map((output, place): Outlet => {
      const where = [conditions.get(kindOf(output, place)) ?? 'FALSE'];
      return { output: output.name, columns: layout.columns, sql: printSelect({ items, from: joined, where }) };
    });
    const { node, input } = withOutlets(draft, outlets, {
      operator: 'scd',
      config: {
        table: dimension.table.name,
        key: keys.map((one) => one.column),
        ...(current === null ? {} : { current_rows: current }),
      },
    });
    const { ordered } = stream;
    const streams = outlets.map(({ output }) => ({
      output,
      stream: { input: input(output), columns: layout.buffer, ordered },
    }));
    return draft.result([node], streams);
  },
};
