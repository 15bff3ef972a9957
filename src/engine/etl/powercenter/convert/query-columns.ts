/** Columns that a query of the source database reads and the export does not define: declared by how they are used. */
import type { EtlPort } from '../../../../shared/model/etl.ts';
import type { PipelineTable } from '../../../dataflow/model.ts';
import { columnsRead, type ColumnRead } from '../../source-sql/columns-read.ts';
import { toColumnSqlType } from '../ports.ts';
import type { NodeDraft } from './node-draft.ts';
import type { TableRegistry } from './tables.ts';

/** What a value has to be for the comparison or sum that it stands in; text where nothing says. */
const types: Readonly<Record<NonNullable<ColumnRead['kind']>, string>> = {
  number: 'DECIMAL(18,4)',
  text: 'VARCHAR',
  time: 'TIMESTAMP',
};

/**
 * Adds to the tables what `sql` reads of them; the columns that were added, as `TABLE.COLUMN`. A port of the column's name tells its
 * type, or else its use.
 */
export function declareColumnsRead(
  sql: string,
  resolve: (name: string) => Pick<PipelineTable, 'name' | 'role'> | null,
  { tables, ports }: { readonly tables: TableRegistry; readonly ports: readonly EtlPort[] },
): readonly string[] {
  const byName = new Map(ports.map((port) => [port.name.toLowerCase(), toColumnSqlType(port)]));
  return columnsRead(sql).flatMap(({ table, column, kind }) => {
    const known = resolve(table) ?? { name: table, role: 'source' as const };
    const added = tables.addColumn(known, {
      name: column,
      type: byName.get(column.toLowerCase()) ?? (kind === null ? 'VARCHAR' : types[kind]),
      nullable: true,
    });
    return added ? [`${known.name}.${column}`] : [];
  });
}

/** Says which columns were declared so. */
export function noteColumnsRead(draft: Pick<NodeDraft, 'note'>, what: string, added: readonly string[]): void {
  if (added.length === 0) return;
  const shown = added.slice(0, 10).join(', ') + (added.length > 10 ? ', …' : '');
  draft.note(`${what} reads columns that the file does not define; their types are taken from their use: ${shown}`);
}
