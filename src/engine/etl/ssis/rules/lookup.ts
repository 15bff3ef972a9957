import type { EtlPort } from '../../../../shared/model/etl.ts';
import { sqlName, tableRelation } from '../../../dataflow/sql-name.ts';
import { quoteLiteral } from '../../../core/text.ts';
import { isTextType, toSqlType, typeName, type SsisType } from '../../../expr/ssis/data-types.ts';
import { indent, printSelect } from '../../powercenter/convert/select.ts';
import { databaseCollation } from '../collation.ts';
import { plainTableOf, splitTableName } from '../definitions.ts';
import { propertyOf } from '../dts-elements.ts';
import { lineageOf, typeOf, type Component, type Output } from '../flow/component.ts';
import { dispositionOf, NodeDraft, withOutlets, type Disposition, type Outlet } from '../flow/node-draft.ts';
import type { FlowContext, Rule } from '../flow/rule.ts';
import {
  ColumnSet,
  columnOf,
  fromOf,
  seqColumn,
  toPipelineColumn,
  type BufferColumn,
  type Stream,
} from '../flow/stream.ts';
import { connectorOf } from '../flow/tables.ts';
import { hasFullCache, rewrittenComparisons, type LookupComparison } from './lookup-comparisons.ts';
import { readColumn } from './source.ts';

interface ReferenceColumn {
  readonly name: string;
  readonly type: SsisType;
}

function numberIn(attributes: string, name: string): number | null {
  const found = new RegExp(`\\b${name}="(\\d{1,9})"`).exec(attributes);
  return found === null ? null : Number(found[1]);
}

/** The columns of the looked-up rows, from the XML that the component keeps of them. */
function referenceColumns(component: Component): readonly ReferenceColumn[] {
  const xml = component.property('ReferenceMetadataXml') ?? '';
  return [...xml.matchAll(/<referenceColumn\b([^>]{0,2000})>/g)].map(([, attributes = '']) => {
    const text = (name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
    return {
      name: unescaped(text('name')),
      type: {
        name: typeName(text('dataType')),
        length: numberIn(attributes, 'length'),
        precision: numberIn(attributes, 'precision'),
        scale: numberIn(attributes, 'scale'),
      },
    };
  });
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}

interface Match {
  readonly port: EtlPort;
  readonly reference: string;
}

function matches(ports: readonly EtlPort[], property: string): readonly Match[] {
  return ports.flatMap((port) => {
    const reference = propertyOf(port.properties, property);
    return reference === null ? [] : [{ port, reference }];
  });
}

interface Reference {
  readonly sql: string;
  readonly table: string;
  readonly query: string | null;
}

const unknownText: SsisType = { name: 'wstr', length: null, precision: null, scale: null };

/** The looked-up rows, one a key: of several SSIS takes the first that the query returns. */
function referenceRows(
  component: Component,
  context: FlowContext,
  { wanted }: Parts,
  { keys, collation }: { readonly keys: readonly string[]; readonly collation: string | null },
): Reference {
  const query = component.property('SqlCommand');
  const plain = query === null ? null : (plainTableOf(query) ?? (/^\s*[\w[\]".]+\s*$/.test(query) ? query : null));
  const cache = component.property('connection') ?? component.source.id;
  const name =
    plain === null ? { schema: null, name: query === null ? cache : component.source.id } : splitTableName(plain);
  const kind = component.property('connection.kind') ?? '';
  const role = context.isTarget(name) ? 'target' : 'source';
  const table = context.tables.use({
    role,
    ...name,
    connector: kind === '' ? null : connectorOf(kind),
    connection: component.property('connection'),
    columns: wanted,
  });
  const items = wanted.map((column) => ({ sql: readColumn(table, column.name, column.type), name: column.name }));
  const order = wanted.map((column) => sqlName(column.name));
  const keyOf = (key: string): string => {
    const type = wanted.find((one) => one.name === key)?.type;
    return collated(readColumn(table, key, type ?? unknownText), type, collation);
  };
  const inner = printSelect({
    items: [...items, { sql: 'TRUE', name: '__found' }],
    from: tableRelation(table),
    ...(keys.length === 0
      ? {}
      : {
          qualify: `row_number() OVER (PARTITION BY ${keys.map(keyOf).join(', ')} ORDER BY ${order.join(', ')}) = 1`,
        }),
  });
  return { sql: inner, table: table.name, query: plain === null ? query : null };
}

interface Parts {
  readonly keys: readonly Match[];
  readonly copies: readonly Match[];
  readonly replaced: readonly Match[];
  readonly wanted: readonly ReferenceColumn[];
}

function partsOf(component: Component, compared: readonly LookupComparison[]): Parts {
  const inputs = component.inputs.flatMap((input) => input.ports);
  const keys = matches(inputs, 'JoinToReferenceColumn');
  const replaced = matches(inputs, 'CopyFromReferenceColumn');
  const copies = matches(
    component.outputs.filter((output) => !output.isError).flatMap((output) => output.ports),
    'CopyFromReferenceColumn',
  );
  const known = referenceColumns(component);
  const wanted = new Map<string, ReferenceColumn>();
  for (const { port, reference } of [...keys, ...copies, ...replaced]) {
    if (!wanted.has(reference))
      wanted.set(
        reference,
        known.find((one) => one.name.toLowerCase() === reference.toLowerCase()) ?? {
          name: reference,
          type: typeOf(port),
        },
      );
  }
  for (const { reference } of compared) {
    const column = known.find((one) => one.name.toLowerCase() === reference.toLowerCase());
    if (column !== undefined && !wanted.has(column.name)) wanted.set(column.name, column);
  }
  return { keys, copies, replaced, wanted: [...wanted.values()] };
}

function namedIn(parts: Parts, reference: string): string {
  return parts.wanted.find((one) => one.name.toLowerCase() === reference.toLowerCase())?.name ?? reference;
}

/** What is worth knowing about how rows are compared. */
function noteComparison(draft: NodeDraft, rows: Reference): void {
  if (rows.query !== null) {
    draft.note(`The query runs in the source database as it is; its result is read as the table ${rows.table}`);
    if (rows.query.includes('?')) draft.doubt('The query has parameters, which are to be given where it runs', 0.8);
  }
  draft.note(
    'Of several reference rows with equal keys the least by its values is taken; SSIS takes the first that the query returns',
  );
}

/** Without a full cache the database compares texts, by its own collation; a full cache does so letter by letter. */
function collationOf(draft: NodeDraft, parts: Parts): string | null {
  const texts = parts.wanted.some(
    ({ name, type }) => isTextType(type) && parts.keys.some((key) => namedIn(parts, key.reference) === name),
  );
  if (!texts || hasFullCache(draft.component)) return null;
  const { collation, note, confidence } = databaseCollation(draft.context.mapping.settings ?? {});
  draft.note(note);
  draft.atMost(confidence);
  return collation;
}

const collated = (sql: string, type: SsisType | undefined, collation: string | null): string =>
  collation === null || type === undefined || !isTextType(type) ? sql : `${sql} COLLATE ${collation}`;

function conditionOf(
  parts: Parts,
  stream: Stream | null,
  { collation, component }: { readonly collation: string | null; readonly component: Component },
): string {
  const equal = hasFullCache(component) ? 'IS NOT DISTINCT FROM' : '=';
  const on = parts.keys.map(({ port, reference }) => {
    const column = stream === null ? null : columnOf(stream, lineageOf(port));
    const name = namedIn(parts, reference);
    const type = parts.wanted.find((one) => one.name === name)?.type;
    if (column === null) return 'FALSE';
    const same = type !== undefined && toSqlType(column.type) === toSqlType(type);
    const right = same ? `r.${sqlName(name)}` : `TRY_CAST(r.${sqlName(name)} AS ${toSqlType(column.type)})`;
    return `i.${sqlName(column.name)} ${equal} ${collated(right, type, collation)}`;
  });
  return on.length === 0 ? 'FALSE' : on.join(' AND ');
}

/** The row that a rewritten query finds for each row: the first by its values. */
function foundByQuery(
  draft: NodeDraft,
  rows: Reference,
  parts: Parts,
  {
    comparisons,
    stream,
    collation,
  }: {
    readonly comparisons: readonly LookupComparison[];
    readonly stream: Stream | null;
    readonly collation: string | null;
  },
): string {
  const conditions = comparisons.map(({ reference, operator, lineage }) => {
    const column = stream === null ? null : columnOf(stream, lineage);
    if (column === null) draft.doubt(`The parameter for ${reference} is not in the input`, 0.3, 'error');
    const name = namedIn(parts, reference);
    const type = parts.wanted.find((one) => one.name === name)?.type;
    return column === null
      ? 'FALSE'
      : `${collated(`c.${sqlName(name)}`, type, collation)} ${operator} i.${sqlName(column.name)}`;
  });
  const order = parts.wanted.map((column) => `c.${sqlName(column.name)}`).join(', ');
  const found = `SELECT c.* FROM (\n${indent(rows.sql)}\n) AS c\nWHERE ${conditions.join(' AND ')}\nORDER BY ${order}\nLIMIT 1`;
  return `LATERAL (\n${indent(found)}\n) AS r ON TRUE`;
}

interface Cell {
  readonly column: BufferColumn;
  readonly sql: string;
  /** Without the looked-up value, for rows that have none. */
  readonly plain: string;
  readonly from: string;
}

interface Cells {
  readonly passed: readonly Cell[];
  readonly added: readonly Cell[];
  readonly buffer: readonly BufferColumn[];
}

/** The columns of the input, some replaced by looked-up ones, and the looked-up columns. */
function cellsOf(parts: Parts, stream: Stream | null, table: string): Cells {
  const set = new ColumnSet();
  const passed = (stream?.columns ?? []).map((column): Cell => {
    const copy = parts.replaced.find((one) => lineageOf(one.port) === column.lineage);
    const plain = `i.${sqlName(column.name)}`;
    const target = set.add(column.lineage, column.label, column.type);
    if (copy === undefined)
      return { column: target, sql: plain, plain, from: stream === null ? column.name : fromOf(stream, column) };
    const name = namedIn(parts, copy.reference);
    return { column: target, sql: `r.${sqlName(name)}`, plain, from: `${table}.${name}` };
  });
  const added = parts.copies.map(({ port, reference }): Cell => {
    const name = namedIn(parts, reference);
    const column = set.add(lineageOf(port), port.name, typeOf(port));
    return { column, sql: `r.${sqlName(name)}`, plain: 'NULL', from: `${table}.${name}` };
  });
  return { passed, added, buffer: set.columns };
}

interface Routes {
  readonly match: Output | undefined;
  readonly noMatch: Output | undefined;
  readonly disposition: Disposition;
}

/** Which output has the matches and where rows without one go. */
function routesOf(component: Component): Routes {
  const mains = component.outputs.filter((output) => !output.isError);
  const copies = (output: Output): boolean =>
    output.ports.some((port) => propertyOf(port.properties, 'CopyFromReferenceColumn') !== null);
  const match = mains.find(copies) ?? mains[0];
  const noMatch = mains.find((output) => output !== match);
  const redirects = component.property('NoMatchBehavior') === '1' && noMatch !== undefined;
  const disposition = redirects ? 'RedirectRow' : dispositionOf(match?.property('errorRowDisposition') ?? null);
  return { match, noMatch, disposition };
}

function matchedWhere(draft: NodeDraft, disposition: Disposition): readonly string[] {
  if (disposition === 'IgnoreFailure') return [];
  if (disposition === 'RedirectRow') return ['r.__found'];
  const message = `${draft.component.source.id}: a row has no match, and the lookup fails on such rows`;
  return [`CASE WHEN r.__found IS NULL THEN error(${quoteLiteral(message)}) ELSE TRUE END`];
}

function outletsOf(draft: NodeDraft, cells: Cells, joined: string, ordered: boolean): readonly Outlet[] {
  const { component, context } = draft;
  const routes = routesOf(component);
  const seq = ordered ? [{ sql: `i.${seqColumn}`, name: seqColumn }] : [];
  const columnsOf = (list: readonly Cell[]) =>
    list.map(({ column, from }) => toPipelineColumn(column, { from: [from] }));
  const all = [...cells.passed, ...cells.added];
  const items = [...all.map(({ column, sql }) => ({ sql, name: column.name })), ...seq];
  const plain = [...cells.passed.map((cell) => ({ sql: cell.plain, name: cell.column.name })), ...seq];
  const missed = (output: Output, reached: boolean): Outlet => ({
    output: output.name,
    columns: columnsOf(cells.passed),
    sql: printSelect({ items: plain, from: joined, where: [reached ? 'r.__found IS NULL' : 'FALSE'] }),
  });
  const where = matchedWhere(draft, routes.disposition);
  const byNoMatch = component.property('NoMatchBehavior') === '1';
  const connected = (output: Output): boolean => context.isConnected(component, output);
  return [
    {
      output: routes.match?.name ?? 'Match',
      columns: columnsOf(all),
      sql: printSelect({ items, from: joined, where }),
    },
    ...(routes.noMatch !== undefined && connected(routes.noMatch) ? [missed(routes.noMatch, byNoMatch)] : []),
    ...component.outputs
      .filter((output) => output.isError && connected(output))
      .map((output) => missed(output, !byNoMatch && routes.disposition === 'RedirectRow')),
  ];
}

/** Lookup: the row with the columns of the one reference row whose keys are equal; what happens without one is a setting. */
export const lookupRule: Rule = {
  types: ['Lookup'],
  convert(component, context) {
    const draft = new NodeDraft(component, context, 0.95);
    const stream = context.input(component);
    const from = draft.read(stream);
    const rewritten = rewrittenComparisons(component);
    if (rewritten === 'unreadable')
      draft.doubt('The query that runs for each row was rewritten, and its condition cannot be read', 0.3, 'error');
    const comparisons = rewritten === 'unreadable' ? null : rewritten;
    const parts = partsOf(component, comparisons ?? []);
    if (parts.keys.length === 0) draft.doubt('The lookup has no column that it joins by', 0.3, 'error');
    const keys = new Set(parts.keys.map((key) => namedIn(parts, key.reference)));
    const collation = collationOf(draft, parts);
    const rows = referenceRows(component, context, parts, { keys: comparisons === null ? [...keys] : [], collation });
    noteComparison(draft, rows);
    const found =
      comparisons === null
        ? `(\n${indent(rows.sql)}\n) AS r ON ${conditionOf(parts, stream, { collation, component })}`
        : foundByQuery(draft, rows, parts, { comparisons, stream, collation });
    const joined = `${from} AS i LEFT JOIN ${found}`;
    const cells = cellsOf(parts, stream, rows.table);
    const ordered = stream?.ordered === true;
    const outlets = outletsOf(draft, cells, joined, ordered);
    const { disposition } = routesOf(component);
    const query = rows.query === null ? {} : { query: rows.query };
    const compared = parts.keys.flatMap(({ port, reference }) => {
      const column = stream === null ? null : columnOf(stream, lineageOf(port));
      if (stream === null || column === null) return [];
      const right = `${rows.table}.${namedIn(parts, reference)}`;
      return [
        { left: fromOf(stream, column), right, ...(disposition === 'FailComponent' ? { no_match: 'fail' } : {}) },
      ];
    });
    const config = { table: rows.table, ...query, keys: compared, no_match: disposition };
    const { node, input } = withOutlets(draft, outlets, { operator: 'lookup', config });
    const passed = cells.passed.map((cell) => cell.column);
    const streams = outlets.map(({ output }, index) => ({
      output,
      stream: { input: input(output), columns: index === 0 ? cells.buffer : passed, ordered },
    }));
    return draft.result([node], streams);
  },
};
