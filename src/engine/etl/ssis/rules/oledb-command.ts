import type { PipelineNode } from '../../../dataflow/model.ts';
import { sqlName } from '../../../dataflow/sql-name.ts';
import { toSqlType, type SsisType } from '../../../expr/ssis/data-types.ts';
import { printSelect } from '../../powercenter/convert/select.ts';
import { externalOf, lineageOf, type Component } from '../flow/component.ts';
import { NodeDraft } from '../flow/node-draft.ts';
import { passThrough } from '../flow/pass-through.ts';
import type { Rule } from '../flow/rule.ts';
import { columnOf, fromOf, seqColumn, type BufferColumn, type Stream } from '../flow/stream.ts';
import { connectorOf } from '../flow/tables.ts';
import { parseRowStatement, type RowStatement, type StatementValue } from '../parameterised-sql.ts';
import { unsupportedResult } from './unsupported.ts';

const text: SsisType = { name: 'wstr', length: null, precision: null, scale: null };

/** The column that fills each `?`, by the order of the parameters that the component declares. */
function parametersOf(component: Component, stream: Stream): readonly (BufferColumn | null)[] {
  const [input] = component.inputs;
  if (input === undefined) return [];
  return input.external.map((external) => {
    const port = input.ports.find((one) => externalOf(one, input)?.id === external.id);
    return port === undefined ? null : columnOf(stream, lineageOf(port));
  });
}

interface Written {
  readonly column: string;
  readonly sql: string;
  readonly type: SsisType;
  readonly from: readonly string[];
}

function writtenOf(
  values: readonly { readonly column: string; readonly value: StatementValue }[],
  parameters: readonly (BufferColumn | null)[],
  stream: Stream,
): readonly Written[] | null {
  const found = values.map(({ column, value }): Written | null => {
    if (!('parameter' in value))
      return {
        column,
        sql: value.sql,
        type: value.sql === 'pc_run_ts()' ? { ...text, name: 'dbtimestamp' } : text,
        from: [],
      };
    const source = parameters[value.parameter] ?? null;
    if (source === null) return null;
    const plain = sqlName(source.name);
    const type = toSqlType(source.type);
    const sql = value.otherwise === undefined ? plain : `coalesce(${plain}, CAST(${value.otherwise} AS ${type}))`;
    return { column, sql, type: source.type, from: [fromOf(stream, source)] };
  });
  return found.every((one) => one !== null) ? found : null;
}

/** Conditions on columns being empty or not, as the sink's setting. */
function emptinessOf(statement: RowStatement): Readonly<Record<string, 'null' | 'not null'>> {
  return Object.fromEntries(
    statement.where.flatMap(({ column, value }) => (typeof value === 'string' ? [[column, value]] : [])),
  );
}

/**
 * What tells the row that wins among those of one key, by its greatest value: the last one, and where a row fills the
 * column that has to be empty the first one that does, since the others then find nothing.
 */
function precedenceOf(statement: RowStatement, written: readonly Written[], stream: Stream): string {
  const order = stream.ordered ? [seqColumn] : stream.columns.map((column) => sqlName(column.name));
  const where = emptinessOf(statement);
  const filled = statement.set.find((one) => where[one.column] === 'null');
  const value = written.find((one) => one.column === filled?.column);
  if (value !== undefined)
    return `row_number() OVER (ORDER BY ${[`${value.sql} IS NOT NULL`, ...order.map((one) => `${one} DESC`)].join(', ')})`;
  return stream.ordered ? seqColumn : `row_number() OVER (ORDER BY ${order.join(', ') || '1'})`;
}

interface Statement {
  readonly statement: RowStatement;
  readonly written: readonly Written[];
  readonly keys: readonly string[];
}

function sinkNode(
  draft: NodeDraft,
  { statement, written, keys }: Statement,
  stream: Stream,
  from: string,
): PipelineNode {
  const kind = draft.component.property('connection.kind') ?? '';
  const table = draft.context.tables.use({
    role: 'target',
    schema: statement.schema,
    name: statement.table,
    connector: kind === '' ? null : connectorOf(kind),
    connection: draft.component.property('connection'),
    columns: [
      ...written.map(({ column, type }) => ({ name: column, type })),
      ...Object.keys(emptinessOf(statement))
        .filter((name) => !written.some((one) => one.column.toLowerCase() === name.toLowerCase()))
        .map((name) => ({ name, type: text })),
    ],
    key: keys,
  });
  const where = emptinessOf(statement);
  return draft.node({
    id: `${draft.id} write`,
    type: 'sink',
    operator: statement.kind === 'insert' ? 'sink' : 'upsert_strategy',
    ...(table.connector === undefined ? {} : { connector: table.connector }),
    config: {
      table: table.name,
      mode: statement.kind,
      ...(keys.length === 0 ? {} : { key: [...keys] }),
      ...(Object.keys(where).length === 0 ? {} : { where }),
      ...(statement.kind === 'update' ? { updates: 'update' } : {}),
    },
    columns: written.map(({ column, from: sources }) => ({
      name: column,
      type: table.columns.find((one) => one.name.toLowerCase() === column.toLowerCase())?.type ?? 'VARCHAR',
      ...(sources.length === 0 ? {} : { from: [...sources] }),
    })),
    sql: printSelect({
      items: [
        ...written.map(({ column, sql }) => ({ sql, name: column })),
        ...(statement.kind === 'insert' ? [] : [{ sql: precedenceOf(statement, written, stream), name: seqColumn }]),
      ],
      from,
    }),
  });
}

/** An update of its own key moves rows to where the next row may find them. */
function doubtChangedKey(draft: NodeDraft, statement: RowStatement, keys: readonly string[]): void {
  const changed = keys.filter((key) => statement.set.some((one) => one.column.toLowerCase() === key.toLowerCase()));
  if (changed.length > 0)
    draft.doubt(`The command changes ${changed.join(', ')}, by which it finds its rows: this is not applied`, 0.7);
}

/** OLE DB Command: one statement a row becomes one statement for all rows. */
export const oledbCommandRule: Rule = {
  types: ['OLEDBCommand'],
  convert(component, context) {
    const command = component.property('SqlCommand') ?? '';
    const statement = parseRowStatement(command);
    const stream = context.input(component);
    if (statement === null) {
      const reason = 'The command is run once a row and is not a plain UPDATE, DELETE or INSERT of one table';
      return unsupportedResult(component, context, `${reason}: ${command.trim().slice(0, 120)}`);
    }
    const unchanged = { added: [], replaced: new Map() };
    const operation = { operator: 'row_operation', config: { command } } as const;
    if (stream === null) return passThrough(new NodeDraft(component, context, 0.7), null, unchanged, operation);
    const draft = new NodeDraft(component, context, 0.9);
    const from = draft.read(stream);
    const equal = statement.where.filter(
      (one): one is { column: string; value: StatementValue } => typeof one.value !== 'string',
    );
    const isSet = (name: string): boolean =>
      statement.set.some((one) => one.column.toLowerCase() === name.toLowerCase());
    const values = [...statement.set, ...equal.filter((one) => !isSet(one.column))];
    const written = writtenOf(values, parametersOf(component, stream), stream);
    if (written === null)
      return unsupportedResult(component, context, 'A parameter of the command is not mapped to a column');
    const keys = equal.map((one) => one.column);
    doubtChangedKey(draft, statement, keys);
    draft.note('The command ran once a row; here it is one statement for all rows with the same result');
    const sink = sinkNode(draft, { statement, written, keys }, stream, from);
    const passed = passThrough(draft, stream, unchanged, operation);
    const macros = written.some((one) => one.sql === 'pc_run_ts()') ? ['pc_run_ts'] : [];
    return { ...passed, nodes: [...passed.nodes, sink], macros: [...passed.macros, ...macros] };
  },
};
