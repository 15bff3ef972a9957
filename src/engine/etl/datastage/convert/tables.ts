/** The raw tables of a pipeline: files, data sets and database tables that its links read and write. */
import type { EtlTransformation } from '../../../../shared/model/etl.ts';
import type { PipelineTable } from '../../../dataflow/model.ts';
import { itemsOf, propertyOf } from '../properties.ts';
import type { LinkColumn } from './columns.ts';

type TableColumn = PipelineTable['columns'][number];

interface TableUse {
  readonly role: 'source' | 'target';
  readonly name: string;
  readonly connector: string;
  readonly key: readonly string[];
}

/** Tables by role and name; what several links say about one table is put together. */
export class TableSet {
  private readonly tables = new Map<
    string,
    { readonly table: Omit<PipelineTable, 'columns'>; readonly columns: TableColumn[] }
  >();

  add({ role, name, connector, key }: TableUse, columns: readonly LinkColumn[]): PipelineTable {
    const id = `${role}/${name.toLowerCase()}`;
    let open = this.tables.get(id);
    if (open === undefined) {
      open = { table: { name, role, connector, ...(key.length === 0 ? {} : { key }) }, columns: [] };
      this.tables.set(id, open);
    }
    const known = new Set(open.columns.map((column) => column.name.toLowerCase()));
    for (const column of columns) {
      if (known.has(column.name.toLowerCase())) continue;
      known.add(column.name.toLowerCase());
      open.columns.push({ name: column.name, type: column.sqlType, nullable: column.nullable });
    }
    return { ...open.table, columns: open.columns };
  }

  all(): readonly PipelineTable[] {
    return [...this.tables.values()].map(({ table, columns }) => ({ ...table, columns }));
  }
}

const files: ReadonlySet<string> = new Set([
  'PxSequentialFile',
  'PxDataSet',
  'PxFileSet',
  'CSeqFileStage',
  'CHashedFileStage',
  'PxLookupFileSet',
  'PxComplexFlatFile',
  'PxExternalSource',
  'PxExternalTarget',
]);

/** `OracleConnectorPX` as `oracle`; files as `file`. */
export function connectorOf(type: string): string {
  if (files.has(type)) return 'file';
  const name = type
    .replace(/^(?:Px|C)(?=[A-Z])/, '')
    .replace(/(?:Connector)?(?:PX|Stage)?$/i, '')
    .replace(/Connector$/i, '');
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '_') || 'unknown';
}

/** The last part of a path without its ending, parameters standing as their names. */
function fromPath(path: string): string {
  const base =
    path
      .replaceAll('#', '')
      .split(/[\\/]/)
      .findLast((part) => part !== '') ?? '';
  return base
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/[^\p{L}\p{N}_]+/gu, '_')
    .slice(0, 100);
}

const statements: readonly RegExp[] = [
  /^\s*insert\s+into\s+([\w."#$]+)/i,
  /^\s*update\s+([\w."#$]+)/i,
  /^\s*delete\s+from\s+([\w."#$]+)/i,
  /^\s*merge\s+into\s+([\w."#$]+)/i,
];

/** The SQL statement of a link, as written. */
export function statementOf(stage: EtlTransformation, link: string, kind: 'read' | 'write'): string | null {
  const names =
    kind === 'read'
      ? ['SelectStatement', 'SELECTSTATEMENT']
      : ['InsertStatement', 'UpdateStatement', 'DeleteStatement', 'CustomSQL'];
  for (const name of names) {
    const found = stage.properties.find(
      (one) =>
        one.value !== null &&
        (one.name === `${link}.Usage/SQL/${name}` ||
          one.name === `Usage/SQL/${name}` ||
          one.name === `${link}.${name.toLowerCase()}`),
    );
    if (found?.value !== null && found !== undefined) return found.value;
  }
  const plain = linkProperty(stage, link, kind === 'read' ? 'query' : 'sql') ?? linkProperty(stage, link, 'SqlRef');
  return plain !== null && /^\s*(?:select|with|insert|update|delete|merge)\b/i.test(plain) ? plain : null;
}

/** A property of the link, otherwise of its stage. */
export function linkProperty(stage: EtlTransformation, link: string, name: string): string | null {
  return propertyOf(stage.properties, `${link}.${name}`) ?? propertyOf(stage.properties, name);
}

/** The name of the table or file that a link reads or writes; the stage's name where nothing says it. */
export function tableNameOf(stage: EtlTransformation, link: string, kind: 'read' | 'write'): string {
  const named = ['Usage/TableName', 'tablename', 'table', 'TableName']
    .map((name) => linkProperty(stage, link, name))
    .find((one) => one !== null);
  if (named !== undefined && named !== null && named.trim() !== '')
    return named.trim().replaceAll(/["#]/g, '').split('.').at(-1) ?? stage.name;
  const statement = statementOf(stage, link, kind);
  const target =
    statement === null || kind === 'read'
      ? undefined
      : statements.map((one) => one.exec(statement)?.[1]).find((one) => one !== undefined);
  if (target !== undefined) return target.replaceAll(/["#]/g, '').split('.').at(-1) ?? stage.name;
  const path = ['file', 'file ', 'dataset', 'fileset', 'FileName']
    .flatMap((name) => [...itemsOf(stage.properties, `${link}.${name}`), ...itemsOf(stage.properties, name)])
    .map((item) => fromPath(item.value))
    .find((one) => one !== '');
  return path ?? stage.name;
}
