/** Columns and profiles of one side by the key of their column. */
import type { ColumnProfile, TableProfile } from '../../../shared/model/profile.ts';
import { columnKey, type Column, type ColumnRef, type Table, tableKey } from '../../../shared/model/schema.ts';

export type FindColumn = (ref: ColumnRef) => Column | null;

export function indexColumns(tables: readonly Table[]): FindColumn {
  const byKey = new Map<string, Column>();
  for (const table of tables) {
    for (const column of table.columns)
      byKey.set(columnKey({ schema: table.schema, table: table.name, column: column.name }), column);
  }
  return (ref) => byKey.get(columnKey(ref)) ?? null;
}

export interface ProfiledColumn {
  readonly profile: ColumnProfile | null;
  /** Of its table; null where that was not profiled. */
  readonly rows: number | null;
}

export type FindProfile = (ref: ColumnRef) => ProfiledColumn;

/** `profiles` by `tableKey`; columns are found without regard to case, the first one of a name. */
export function indexProfiles(profiles: ReadonlyMap<string, TableProfile>): FindProfile {
  const byTable = new Map<string, ReadonlyMap<string, ColumnProfile>>();
  const columnsOf = (key: string, table: TableProfile): ReadonlyMap<string, ColumnProfile> => {
    const known = byTable.get(key);
    if (known !== undefined) return known;
    const made = new Map(table.columns.map((column) => [column.name.toLowerCase(), column] as const).toReversed());
    byTable.set(key, made);
    return made;
  };
  return (ref) => {
    const key = tableKey(ref);
    const table = profiles.get(key);
    if (table === undefined) return { profile: null, rows: null };
    return { profile: columnsOf(key, table).get(ref.column.toLowerCase()) ?? null, rows: table.rows };
  };
}
