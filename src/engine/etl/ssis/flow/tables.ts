/** The raw tables of a pipeline: what sources read, lookups refer to and destinations write. */
import type { PipelineTable } from '../../../dataflow/model.ts';
import type { TableNaming } from '../table-names.ts';
import { toSqlType, type SsisType } from '../../../expr/ssis/data-types.ts';

export interface TableUse {
  readonly role: 'source' | 'target';
  readonly schema: string | null;
  readonly name: string;
  readonly connector: string | null;
  readonly connection: string | null;
  readonly columns: readonly { readonly name: string; readonly type: SsisType }[];
  /** Columns by which rows are found. */
  readonly key?: readonly string[];
}

interface OpenTable {
  readonly use: TableUse;
  readonly columns: PipelineTable['columns'][number][];
  readonly key: readonly string[];
}

const connectors: readonly (readonly [RegExp, string])[] = [
  [/oledb|ado|sqlserver|sqlncli/i, 'sqlserver'],
  [/flatfile|^file|raw|xml/i, 'file'],
  [/excel/i, 'excel'],
  [/odbc/i, 'odbc'],
  [/oracle/i, 'oracle'],
];

/** The kind of a connection as the id under which pipelines declare it. */
export function connectorOf(kind: string): string {
  return connectors.find(([pattern]) => pattern.test(kind))?.[1] ?? kind.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}

export class FlowTables {
  private readonly tables = new Map<string, OpenTable>();
  private readonly naming: TableNaming;

  constructor(naming: TableNaming) {
    this.naming = naming;
  }

  /** The table with the columns of `use` among its own; a column keeps the type of its first use. */
  use(asked: TableUse): PipelineTable {
    const use = { ...asked, name: this.nameOf(asked) };
    const key = keyOf(use);
    const known = this.tables.get(key);
    const open: OpenTable = {
      use: known?.use ?? use,
      columns: known?.columns ?? [],
      key: known === undefined || known.key.length === 0 ? (use.key ?? []) : known.key,
    };
    this.tables.set(key, open);
    const names = new Set(open.columns.map((column) => column.name.toLowerCase()));
    for (const column of use.columns) {
      if (names.has(column.name.toLowerCase()) || column.name === '') continue;
      names.add(column.name.toLowerCase());
      open.columns.push({ name: column.name, type: toSqlType(column.type), nullable: true });
    }
    return close(open);
  }

  /** Tables of one name that are reached by two connections are two tables. */
  private nameOf({ role, schema, name, connection }: TableUse): string {
    const own = this.naming(schema, name);
    const known = this.tables.get(keyOf({ role, name: own }))?.use.connection ?? connection;
    return connection === null || known === null || known === connection ? own : `${connection}_${own}`;
  }

  all(): readonly PipelineTable[] {
    return [...this.tables.values()].map(close);
  }
}

const keyOf = ({ role, name }: Pick<TableUse, 'role' | 'name'>): string => `${role}/${name.toLowerCase()}`;

function close({ use, columns }: OpenTable): PipelineTable {
  return {
    name: use.name,
    role: use.role,
    ...(use.connector === null ? {} : { connector: use.connector }),
    ...(use.connection === null ? {} : { connection: use.connection }),
    ...(use.schema === null ? {} : { schema: use.schema }),
    columns: columns.length === 0 ? [{ name: 'value', type: 'VARCHAR', nullable: true }] : columns,
  };
}
