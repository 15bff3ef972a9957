/** Columns of both sides, found by the names that a mapping table gives them. */
import type { KnownMapping } from '../../shared/model/known-mapping.ts';
import type { Column, ColumnRef, Table } from '../../shared/model/schema.ts';

export interface Sides {
  readonly source: readonly Table[];
  readonly target: readonly Table[];
}

export interface FoundColumn {
  readonly ref: ColumnRef;
  readonly table: Table;
  readonly column: Column;
}

export type ColumnIndex = ReadonlyMap<string, readonly FoundColumn[]>;

export function indexOf({ source, target }: Sides): { readonly source: ColumnIndex; readonly target: ColumnIndex } {
  return { source: columnsByName(source), target: columnsByName(target) };
}

function columnsByName(tables: readonly Table[]): ColumnIndex {
  const byName = new Map<string, FoundColumn[]>();
  for (const table of tables) {
    for (const column of table.columns) {
      const found = { ref: { schema: table.schema, table: table.name, column: column.name }, table, column };
      for (const key of [plain(column.name), `${plain(table.name)}.${plain(column.name)}`]) {
        const same = byName.get(key);
        if (same === undefined) byName.set(key, [found]);
        else same.push(found);
      }
    }
  }
  return byName;
}

/** The only column that fits; null where there is none or several. */
export function findColumn(index: ColumnIndex, end: NonNullable<KnownMapping['target']>): FoundColumn | null {
  const all = index.get(end.table === null ? plain(end.column) : `${plain(end.table)}.${plain(end.column)}`) ?? [];
  const inSchema = all.filter(({ ref }) => end.schema !== null && plain(ref.schema ?? '') === plain(end.schema));
  const fitting = inSchema.length > 0 ? inSchema : all;
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
