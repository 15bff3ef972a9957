/** The raw tables of a pipeline: sources, looked-up tables and targets, each declared once with all known columns. */
import type { EtlDefinition, EtlPort } from '../../../../shared/model/etl.ts';
import type { PipelineTable } from '../../../dataflow/model.ts';
import { toDuckDbType } from '../field-types.ts';
import { toColumnSqlType } from '../ports.ts';

type TableColumn = PipelineTable['columns'][number];

interface OpenTable {
  readonly table: Omit<PipelineTable, 'columns'>;
  readonly definition: string | null;
  readonly columns: TableColumn[];
}

export class TableRegistry {
  private readonly tables = new Map<string, OpenTable>();

  /** The table of a source or target definition; definitions of two databases with one name are kept apart. */
  addDefinition(definition: EtlDefinition): PipelineTable {
    const { table, role } = definition;
    let name = table.name;
    const taken = this.tables.get(this.key(role, name));
    if (taken !== undefined && taken.definition !== definition.id)
      name = `${definition.connection ?? definition.databaseType}_${table.name}`;
    const key = this.key(role, name);
    const known = this.tables.get(key);
    if (known !== undefined) return this.close(known);
    const open: OpenTable = {
      table: {
        name,
        role,
        ...(definition.databaseType === '' ? {} : { connector: toConnector(definition.databaseType) }),
        ...(definition.connection === null ? {} : { connection: definition.connection }),
        ...(table.schema === null ? {} : { schema: table.schema }),
        ...(table.primaryKey.length === 0 ? {} : { key: table.primaryKey }),
        ...(table.foreignKeys.length === 0
          ? {}
          : {
              references: table.foreignKeys.map((key_) => ({
                columns: key_.columns,
                table: key_.references.table,
                to: key_.references.columns,
              })),
            }),
      },
      definition: definition.id,
      columns: table.columns.map((column) => ({
        name: column.name,
        type: toDuckDbType(column),
        nullable: column.nullable,
      })),
    };
    this.tables.set(key, open);
    return this.close(open);
  }

  /** A table known only by how it is used; columns that are not declared yet are added. */
  addUsed(role: 'source' | 'target', name: string, schema: string | null, ports: readonly EtlPort[]): PipelineTable {
    const key = this.key(role, name);
    let open = this.tables.get(key);
    if (open === undefined) {
      open = { table: { name, role, ...(schema === null ? {} : { schema }) }, definition: null, columns: [] };
      this.tables.set(key, open);
    }
    const known = new Set(open.columns.map((column) => column.name.toLowerCase()));
    for (const port of ports) {
      if (!known.has(port.name.toLowerCase()))
        open.columns.push({ name: port.name, type: toColumnSqlType(port), nullable: true });
      known.add(port.name.toLowerCase());
    }
    return this.close(open);
  }

  /** Adds a column to a declared table; false where the table has it, or is not declared. */
  addColumn({ role, name }: Pick<PipelineTable, 'name' | 'role'>, column: TableColumn): boolean {
    const open = this.tables.get(this.key(role, name));
    const known = open?.columns.some((one) => one.name.toLowerCase() === column.name.toLowerCase()) ?? true;
    if (!known) open?.columns.push(column);
    return !known;
  }

  find(role: 'source' | 'target', name: string): PipelineTable | null {
    const open = this.tables.get(this.key(role, name));
    return open === undefined ? null : this.close(open);
  }

  /** A table that SQL names: one of the mapping, or else one that the file defines; null for every other. */
  named(name: string, definitions: readonly EtlDefinition[]): PipelineTable | null {
    const lower = name.toLowerCase();
    const defined = definitions.filter((one) => one.table.name.toLowerCase() === lower);
    const definition = defined.find((one) => one.role === 'target') ?? defined[0];
    const known = this.find('target', name) ?? this.find('source', name);
    return known ?? (definition === undefined ? null : this.addDefinition(definition));
  }

  all(): readonly PipelineTable[] {
    return [...this.tables.values()].map((open) => this.close(open));
  }

  private key(role: string, name: string): string {
    return `${role}/${name.toLowerCase()}`;
  }

  private close(open: OpenTable): PipelineTable {
    return { ...open.table, columns: open.columns };
  }
}

/** `Microsoft SQL Server` as `sqlserver`: the id under which a connection is declared. */
export function toConnector(databaseType: string): string {
  const lower = databaseType.toLowerCase();
  if (lower.includes('sql server')) return 'sqlserver';
  if (lower.includes('flat file')) return 'file';
  return lower.replace(/[^a-z0-9]+/g, '_');
}
