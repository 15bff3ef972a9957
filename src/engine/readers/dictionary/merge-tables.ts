import type { Table } from '../../../shared/model/schema.ts';

/** Tables that several parts of a file describe, each once: the first gives what it says, later ones add columns. */
export function mergeTables(tables: readonly Table[]): readonly Table[] {
  const byName = new Map<string, Table>();
  for (const table of tables) {
    const key = `${(table.schema ?? '').toLowerCase()}\0${table.name.toLowerCase()}`;
    const known = byName.get(key);
    byName.set(key, known === undefined ? table : merged(known, table));
  }
  return [...byName.values()];
}

function merged(first: Table, second: Table): Table {
  const names = new Set(first.columns.map(({ name }) => name.toLowerCase()));
  return {
    ...first,
    comment: first.comment ?? second.comment,
    columns: [...first.columns, ...second.columns.filter(({ name }) => !names.has(name.toLowerCase()))],
    primaryKey: first.primaryKey.length > 0 ? first.primaryKey : second.primaryKey,
    foreignKeys: first.foreignKeys.length > 0 ? first.foreignKeys : second.foreignKeys,
  };
}
