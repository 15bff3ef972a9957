import type { Table } from '../../../shared/model/schema.ts';

export interface MatchedData {
  /** The declared table: the schema. */
  readonly table: Table;
  /** The table of the data file: the rows. */
  readonly data: Table;
  /** Declared columns that the data does not have, and data columns that are not declared. */
  readonly missingColumns: readonly string[];
  readonly extraColumns: readonly string[];
}

export interface JoinedData {
  readonly matched: readonly MatchedData[];
  /** Data without a declaration: a table of its own. */
  readonly dataOnly: readonly Table[];
  /** Declarations without data. */
  readonly tablesOnly: readonly Table[];
}

/**
 * Pairs declared tables with data files of the same name (case, separators and a schema prefix do not matter) that share at
 * least half of their columns. Each side is used once; the order is that of `tables`.
 */
export function joinDataToTables(tables: readonly Table[], dataTables: readonly Table[]): JoinedData {
  const free = new Set(dataTables);
  const matched: MatchedData[] = [];
  const tablesOnly: Table[] = [];
  for (const table of tables) {
    const data = bestData(table, free);
    if (data === undefined) {
      tablesOnly.push(table);
      continue;
    }
    free.delete(data);
    matched.push({ table, data, missingColumns: without(table, data), extraColumns: without(data, table) });
  }
  return { matched, dataOnly: dataTables.filter((data) => free.has(data)), tablesOnly };
}

function bestData(table: Table, free: ReadonlySet<Table>): Table | undefined {
  const bare = plainName(table.name);
  const qualified = plainName(`${table.schema ?? ''}${table.name}`);
  const named = [...free].filter(
    (data) => [bare, qualified].includes(plainName(data.name)) && sharesColumns(table, data),
  );
  return (
    named.find((data) => data.name === table.name) ??
    named.find((data) => plainName(data.name) === qualified) ??
    named[0]
  );
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function sharesColumns(table: Table, data: Table): boolean {
  const shared = data.columns.length - without(data, table).length;
  return shared > 0 && shared * 2 >= Math.min(table.columns.length, data.columns.length);
}

/** Names of columns of `a` that `b` does not have. */
function without(a: Table, b: Table): readonly string[] {
  const names = new Set(b.columns.map((column) => column.name.toLowerCase()));
  return a.columns.map((column) => column.name).filter((name) => !names.has(name.toLowerCase()));
}
