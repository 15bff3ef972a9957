/** The tables of one side of a migration, from everything that discovery found. */
import type { Discovery } from '../../shared/model/project.ts';
import type { TableProfile } from '../../shared/model/profile.ts';
import { type Table, tableKey } from '../../shared/model/schema.ts';

export function tablesOf(discovery: Discovery | undefined, side: 'source' | 'target'): readonly Table[] {
  return (discovery?.[side] ?? []).flatMap((file) => file.tables);
}

/** The profiles of a side's tables by `tableKey`. */
export function profilesByTable(
  discovery: Discovery | undefined,
  side: 'source' | 'target' = 'source',
): ReadonlyMap<string, TableProfile> {
  const profiles = side === 'source' ? discovery?.profiles : discovery?.targetProfiles;
  return new Map((profiles ?? []).map((profile) => [profile.table, profile]));
}

export function keyOfTable(table: Pick<Table, 'schema' | 'name'>): string {
  return tableKey({ schema: table.schema, table: table.name });
}
