import type { PipelineColumn, PipelineTable } from '../../../dataflow/model.ts';
import type { SsisType } from '../../../expr/ssis/data-types.ts';
import { sqlName } from '../../../dataflow/sql-name.ts';
import { printSelect } from '../../powercenter/convert/select.ts';
import { accessOf, accessVariable } from '../definitions.ts';
import { externalOf, lineageOf, typeOf, type Component } from '../flow/component.ts';
import { NodeDraft } from '../flow/node-draft.ts';
import { propertyOf } from '../dts-elements.ts';
import type { FlowContext, Rule } from '../flow/rule.ts';
import { columnOf, fromOf, seqColumn, type Stream } from '../flow/stream.ts';
import { connectorOf } from '../flow/tables.ts';

interface Written {
  readonly name: string;
  readonly type: SsisType;
  readonly sql: string;
  readonly from: string | null;
}

/** Columns of the buffer by the columns of the table that they are written to; unmapped ones are left out. */
function writtenColumns(component: Component, stream: Stream | null): readonly Written[] {
  const [input] = component.inputs;
  if (input === undefined || stream === null) return [];
  const taken = new Set<string>();
  return input.ports.flatMap((port): readonly Written[] => {
    const column = columnOf(stream, lineageOf(port));
    const external = externalOf(port, input);
    const name =
      external?.name ??
      propertyOf(port.properties, 'CacheColumnName') ??
      (input.external.length === 0 ? port.name : null);
    if (column === null || name === null || taken.has(name.toLowerCase())) return [];
    taken.add(name.toLowerCase());
    return [{ name, type: external?.type ?? typeOf(port), sql: sqlName(column.name), from: fromOf(stream, column) }];
  });
}

function targetTable(component: Component, context: FlowContext, columns: readonly Written[]): PipelineTable {
  const { schema, name } = accessOf(component.source);
  const kind = component.property('connection.kind') ?? '';
  return context.tables.use({
    role: 'target',
    schema,
    name,
    connector: connectorOf(kind === '' ? component.source.type : kind),
    connection: component.property('connection'),
    columns: [...columns, ...(component.inputs[0]?.external ?? [])],
  });
}

function noteSettings(draft: NodeDraft, columns: readonly Written[]): void {
  const { component } = draft;
  const variable = accessVariable(component.source);
  if (columns.length === 0) draft.doubt('No column of the input is mapped to the destination', 0.7);
  if (variable !== null) draft.doubt(`The name of the table comes from the variable ${variable} at run time`, 0.8);
  if (component.property('FastLoadKeepNulls') === 'false')
    draft.note('NULLs take the defaults of the columns where the table has them');
}

function sinkColumn(column: Written, table: PipelineTable): PipelineColumn {
  const declared = table.columns.find((one) => one.name.toLowerCase() === column.name.toLowerCase());
  const from = column.from === null ? {} : { from: [column.from] };
  return { name: column.name, type: declared?.type ?? 'VARCHAR', ...from };
}

/** Destinations: rows inserted into a table, file or recordset. */
export const destinationRule: Rule = {
  types: [
    'OLEDBDestination',
    'FlatFileDestination',
    'ExcelDestination',
    'ODBCDestination',
    'ADONETDestination',
    'RawFileDestination',
    'SQLServerDestination',
    'RecordsetDestination',
    'DataReaderDestination',
    'Cache',
    'OracleDestination',
    'TeradataDestination',
    'AzureBlobDestination',
    'HDFSFileDestination',
    'FlexibleFileDestination',
  ],
  convert(component, context) {
    const draft = new NodeDraft(component, context, 0.97);
    const stream = context.input(component);
    const from = draft.read(stream);
    const columns = writtenColumns(component, stream);
    const table = targetTable(component, context, columns);
    noteSettings(draft, columns);
    const items = columns.map((column) => ({ sql: column.sql, name: column.name }));
    const sql = printSelect({ items, from, ...(stream?.ordered === true ? { orderBy: [seqColumn] } : {}) });
    const { type } = component.source;
    // A recordset holds the rows of the last run of its data flow.
    const overwrites =
      type === 'RecordsetDestination' ||
      (type === 'FlatFileDestination' && component.property('Overwrite') !== 'false');
    const node = draft.node({
      type: 'sink',
      operator: 'sink',
      ...(table.connector === undefined ? {} : { connector: table.connector }),
      ...(table.connection === undefined ? {} : { connection: table.connection }),
      config: { table: table.name, mode: 'insert', ...(overwrites ? { truncate: true } : {}) },
      columns: columns.map((column) => sinkColumn(column, table)),
      ...(columns.length === 0 ? {} : { sql }),
    });
    const error = component.outputs.find((output) => output.isError && context.isConnected(component, output));
    if (error === undefined) return draft.result([node], []);
    const refused = { input: { node: `${draft.id} rejected` }, columns: stream?.columns ?? [], ordered: false };
    return draft.result([node, ...rejected(draft, from, stream)], [{ output: error.name, stream: refused }]);
  },
};
/** Rows that the table refuses are known only to the database: the flow after the error output is kept and gets none. */
function rejected(draft: NodeDraft, from: string, stream: Stream | null): readonly ReturnType<NodeDraft['node']>[] {
  draft.note('Rows that the table refuses are counted as rejected; the error output gets none');
  return [
    draft.node({
      id: `${draft.id} rejected`,
      operator: 'sql_where',
      columns: (stream?.columns ?? []).map((column) => ({ name: column.name, type: 'VARCHAR' })),
      sql: printSelect({ items: [{ sql: '*', name: '' }], from, where: ['FALSE'] }),
    }),
  ];
}
