import { type Table, tableKey } from '../../shared/model/schema.ts';
import { dependencyLayers } from '../core/dependency-layers.ts';

export interface LoadOrder {
  /** Table keys, parents before children. */
  readonly order: readonly string[];
  /** Tables that reference each other in a circle, each circle sorted; they are loaded in that order. */
  readonly cycles: readonly (readonly string[])[];
}

/** The key of the table that a foreign key means, among `tables`, or null when it is not there. */
export function referencedKey(
  tables: ReadonlyMap<string, Table>,
  from: Table,
  references: { schema: string | null; table: string },
): string | null {
  const exact = tableKey({ schema: references.schema ?? from.schema, table: references.table });
  if (tables.has(exact)) return exact;
  for (const [key, table] of tables) {
    if (table.name.toLowerCase() !== references.table.toLowerCase()) continue;
    if (references.schema === null || (table.schema ?? '').toLowerCase() === references.schema.toLowerCase())
      return key;
  }
  return null;
}

/** Parents before children; among equals by name, so that the order does not depend on that of the files. */
export function loadOrder(tables: readonly Table[]): LoadOrder {
  const byKey = new Map(tables.map((table) => [tableKey({ schema: table.schema, table: table.name }), table]));
  const parents = new Map(
    [...byKey].map(([key, table]) => [
      key,
      new Set(table.foreignKeys.flatMap((fk) => referencedKey(byKey, table, fk.references) ?? [])),
    ]),
  );
  const { layers, cycles } = dependencyLayers(parents);
  return { order: layers.flat(), cycles };
}
