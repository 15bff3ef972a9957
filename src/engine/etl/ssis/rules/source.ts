import { sqlName, tableRelation } from '../../../dataflow/sql-name.ts';
import type { PipelineTable } from '../../../dataflow/model.ts';
import { toSqlType, type SsisType } from '../../../expr/ssis/data-types.ts';
import { printSelect } from '../../powercenter/convert/select.ts';
import { tokenizeSql } from '../../../sql/sql-tokens.ts';
import { accessOf, accessVariable } from '../definitions.ts';
import { externalOf, lineageOf, typeOf, type Component, type Output } from '../flow/component.ts';
import { NodeDraft, withOutlets, type Outlet } from '../flow/node-draft.ts';
import type { FlowContext, Rule } from '../flow/rule.ts';
import { ColumnSet, toPipelineColumn, type BufferColumn } from '../flow/stream.ts';
import { connectorOf } from '../flow/tables.ts';

/** A raw column at the type that the data flow gives it. */
export function readColumn(table: PipelineTable, name: string, type: SsisType, alias = ''): string {
  const declared = table.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  const sql = `${alias}${sqlName(declared?.name ?? name)}`;
  return declared === undefined || declared.type === toSqlType(type) ? sql : `TRY_CAST(${sql} AS ${toSqlType(type)})`;
}

interface Read {
  readonly outlet: Outlet;
  readonly buffer: readonly BufferColumn[];
}

/** The table to read. A CDC source reads the table of changes that SQL Server keeps beside the one it names. */
function tableOf(component: Component): ReturnType<typeof accessOf> {
  const access = accessOf(component.source);
  if (component.source.type !== 'CDCSource') return access;
  const instance = component.property('CaptureInstance') ?? `${access.schema ?? 'dbo'}_${access.name ?? 'changes'}`;
  return { schema: 'cdc', name: `${instance}_CT`, query: null };
}

function readOutput(
  component: Component,
  output: Output,
  context: FlowContext,
): Read & { readonly table: PipelineTable } {
  const access = tableOf(component);
  const several = component.outputs.filter((one) => !one.isError).length > 1;
  const kind = component.property('connection.kind') ?? component.source.type;
  const columns = output.ports.map((port) => ({ port, name: externalOf(port, output)?.name ?? port.name }));
  const table = context.tables.use({
    role: 'source',
    schema: access.schema,
    name: several ? output.name : access.name,
    connector: connectorOf(kind === '' ? component.source.type : kind),
    connection: component.property('connection'),
    columns: columns.map(({ port, name }) => ({ name, type: typeOf(port) })),
  });
  const set = new ColumnSet();
  const items = columns.map(({ port, name }) => ({
    sql: readColumn(table, name, typeOf(port)),
    name: set.add(lineageOf(port), port.name, typeOf(port)).name,
  }));
  const from = tableRelation(table);
  return {
    table,
    buffer: set.columns,
    outlet: {
      output: output.name,
      columns: set.columns.map((column, index) =>
        toPipelineColumn(column, { from: [`${table.name}.${columns[index]?.name ?? column.name}`] }),
      ),
      sql: printSelect({ items: items.length === 0 ? [{ sql: '*', name: '' }] : items, from }),
    },
  };
}

function emptyError(output: Output): Read {
  const set = new ColumnSet();
  for (const port of output.ports) set.add(lineageOf(port), port.name, typeOf(port));
  const items = set.columns.map((column) => ({ sql: `CAST(NULL AS ${toSqlType(column.type)})`, name: column.name }));
  return {
    buffer: set.columns,
    outlet: {
      output: output.name,
      columns: set.columns.map((column) => toPipelineColumn(column)),
      sql: printSelect({
        items: items.length === 0 ? [{ sql: '1', name: 'none' }] : items,
        from: '(SELECT 1)',
        where: ['FALSE'],
      }),
    },
  };
}

/** A `?` of the query and the variable of the package that fills it. */
interface QueryParameter {
  readonly name: string;
  readonly variable: string;
}

/** The variables that fill the query's parameters; null where the file does not say so of every one. */
function parametersOf({ component, context }: NodeDraft, query: string): readonly QueryParameter[] | null {
  const marks = tokenizeSql(query).filter((token) => token.text === '?' && token.kind !== 'string').length;
  const byId = new Map(
    context.mapping.parameters.flatMap((one) => (one.id === undefined ? [] : [[one.id.toUpperCase(), one.name]])),
  );
  const mapped = [
    ...(component.property('ParameterMapping') ?? '').matchAll(/"([^":]*)(?::Input)?"\s*,\s*(\{[^}]*\})/gi),
  ].flatMap(([, name = '', id = '']) => {
    const variable = byId.get(id.toUpperCase());
    return variable === undefined ? [] : [{ name, variable }];
  });
  return marks === 0 ? [] : mapped.length === marks ? mapped : null;
}

function noteAccess(draft: NodeDraft, query: string | null, table: string): readonly QueryParameter[] {
  const variable = accessVariable(draft.component.source);
  if (variable !== null) draft.doubt(`What is read comes from the variable ${variable} at run time`, 0.8);
  if (draft.component.source.type === 'CDCSource')
    draft.doubt(
      `The changes since the state in ${draft.component.property('StateVariable') ?? 'its variable'} are read: load these, and no others, as ${table}`,
      0.75,
    );
  if (query === null) return [];
  draft.note(`The query runs in the source database as it is; its result is read as the table ${table}`);
  const parameters = parametersOf(draft, query);
  if (parameters === null) draft.doubt('The query has parameters, which are to be given where it runs', 0.8);
  return parameters ?? [];
}

/** Sources: tables, files, and results of queries that run in the source database as they are. */
export const sourceRule: Rule = {
  types: [
    'OLEDBSource',
    'FlatFileSource',
    'ExcelSource',
    'ODBCSource',
    'ADONETSource',
    'RawFileSource',
    'XMLSource',
    'ODataSource',
    'OracleSource',
    'TeradataSource',
    'SAPBWSource',
    'SharePointListSource',
    'AzureBlobSource',
    'HDFSFileSource',
    'FlexibleFileSource',
    'CDCSource',
  ],
  convert(component, context) {
    const draft = new NodeDraft(component, context, 0.96);
    const reads = component.outputs
      .filter((output) => !output.isError)
      .map((output) => readOutput(component, output, context));
    const table = reads[0]?.table;
    const name = table?.name ?? component.source.id;
    const { query } = accessOf(component.source);
    const parameters = noteAccess(draft, query, name);
    const errors = component.outputs
      .filter((output) => output.isError && context.isConnected(component, output))
      .map(emptyError);
    if (errors.length > 0)
      draft.note(
        'Rows that cannot be read are found where the file or table is loaded: the error output is empty here',
      );
    const all = [...reads, ...errors];
    if (all.length === 0) draft.doubt('The source has no output', 0.3, 'error');
    const outlets = all.map((one) => one.outlet);
    const { node, input } = withOutlets(draft, outlets, {
      type: 'source',
      operator: 'source_connector_sql_pushdown',
      ...(table?.connector === undefined ? {} : { connector: table.connector }),
      ...(table?.connection === undefined ? {} : { connection: table.connection }),
      config: {
        table: name,
        ...(query === null ? {} : { query }),
        ...(parameters.length === 0 ? {} : { parameters: parameters.map((one) => ({ ...one })) }),
      },
    });
    const streams = all.map(({ outlet, buffer }) => ({
      output: outlet.output,
      stream: { input: input(outlet.output), columns: buffer, ordered: false },
    }));
    return draft.result([node], streams);
  },
};
