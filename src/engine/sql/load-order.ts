import { type Table, tableKey } from '../../shared/model/schema.ts';
import { compareText } from '../core/text.ts';

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
  const waiting = new Map<string, Set<string>>();
  for (const [key, table] of byKey) {
    const parents = table.foreignKeys.flatMap((fk) => referencedKey(byKey, table, fk.references) ?? []);
    waiting.set(key, new Set(parents.filter((parent) => parent !== key)));
  }
  const order: string[] = [];
  const cycles: string[][] = [];
  while (waiting.size > 0) {
    const keys = [...waiting.keys()].sort(compareText);
    const ready = keys.filter((key) => [...(waiting.get(key) as Set<string>)].every((parent) => !waiting.has(parent)));
    const circle = ready.length === 0 ? firstCycle(keys, waiting) : [];
    if (circle.length > 0) cycles.push(circle);
    for (const key of ready.length > 0 ? ready : circle) {
      waiting.delete(key);
      order.push(key);
    }
  }
  return { order, cycles };
}

/** Follows parents from the first table until one comes again: those from there on form a circle. */
function firstCycle(keys: readonly string[], waiting: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const path: string[] = [];
  let key = keys[0] as string;
  while (!path.includes(key)) {
    path.push(key);
    key = [...(waiting.get(key) ?? [])].filter((parent) => waiting.has(parent)).sort(compareText)[0] as string;
  }
  return path.slice(path.indexOf(key)).sort(compareText);
}
