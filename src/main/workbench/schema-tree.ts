/** The tree of one side's schemas, tables and columns, as far as it can be seen. */
import type { Output, ParsedInput, TreeRow } from '../../shared/ipc/contract.ts';
import type { Column, Table } from '../../shared/model/schema.ts';
import type { ColumnIndex } from './column-index.ts';
import { wordsOf } from './search-words.ts';

interface SchemaEntry {
  /** Null: the tables name no schema, and the tree has no such level. */
  readonly name: string | null;
  readonly tables: readonly TableEntry[];
}

interface TableEntry {
  readonly key: string;
  readonly table: Table;
}

/** A schema's or table's own line and the lines of columns below it. */
interface Block {
  readonly schema: SchemaEntry;
  readonly entry: TableEntry | null;
  /** Indexes of the columns shown; null: all of the table. */
  readonly columns: readonly number[] | null;
  readonly open: boolean;
  readonly position: number;
  readonly siblings: number;
  /** Number of its first line. */
  readonly start: number;
}

interface Listing {
  readonly blocks: readonly Block[];
  readonly total: number;
  readonly tables: number;
  readonly columns: number;
}

const everything = new WeakMap<ColumnIndex, readonly SchemaEntry[]>();
const lastListing = new WeakMap<ColumnIndex, { readonly key: string; readonly listing: Listing }>();

export function treePage(index: ColumnIndex, query: ParsedInput<'schema.tree'>): Output<'schema.tree'> {
  const { text, toggled, offset, limit } = query;
  const key = JSON.stringify([text, toggled]);
  const known = lastListing.get(index);
  const listing = known?.key === key ? known.listing : listBlocks(entriesOf(index), wordsOf(text), new Set(toggled));
  lastListing.set(index, { key, listing });
  return {
    total: listing.total,
    tables: listing.tables,
    columns: listing.columns,
    rows: rowsOf(index, listing, offset, limit),
  };
}

function entriesOf(index: ColumnIndex): readonly SchemaEntry[] {
  const known = everything.get(index);
  if (known !== undefined) return known;
  const bySchema = new Map<string | null, TableEntry[]>();
  for (const [key, table] of index.tables) {
    const others = bySchema.get(table.schema);
    if (others === undefined) bySchema.set(table.schema, [{ key, table }]);
    else others.push({ key, table });
  }
  const entries = [...bySchema].map(([name, tables]) => ({ name, tables }));
  everything.set(index, entries);
  return entries;
}

function listBlocks(schemas: readonly SchemaEntry[], words: readonly string[], toggled: ReadonlySet<string>): Listing {
  const blocks: Block[] = [];
  let total = 0;
  let tableCount = 0;
  let columnCount = 0;
  const found = schemas
    .map((schema) => ({ schema, tables: schema.tables.flatMap((entry) => fit(entry, words) ?? []) }))
    .filter(({ tables }) => tables.length > 0);
  const add = (block: Omit<Block, 'start'>, below: number): void => {
    blocks.push({ ...block, start: total });
    total += 1 + below;
  };
  found.forEach(({ schema, tables }, at) => {
    tableCount += tables.length;
    const shown = schema.name === null || !toggled.has(schemaKey(schema.name));
    if (schema.name !== null)
      add({ schema, entry: null, columns: null, open: shown, position: at + 1, siblings: found.length }, 0);
    tables.forEach(({ entry, columns }, place) => {
      const size = columns?.length ?? entry.table.columns.length;
      columnCount += size;
      if (!shown) return;
      const open = (columns !== null) !== toggled.has(entry.key);
      add({ schema, entry, columns, open, position: place + 1, siblings: tables.length }, open ? size : 0);
    });
  });
  return { blocks, total, tables: tableCount, columns: columnCount };
}

/** The columns that fit: all where the table itself does, otherwise those whose names, with the table's, hold every word. */
function fit(
  entry: TableEntry,
  words: readonly string[],
): { readonly entry: TableEntry; readonly columns: readonly number[] | null } | null {
  if (words.length === 0) return { entry, columns: null };
  const said = saidOf(entry);
  const missing = words.filter((word) => !said.table.includes(word));
  if (missing.length === 0) return { entry, columns: null };
  // Most tables hold no such column: one look at all of them together tells.
  if (!missing.every((word) => said.all.includes(word))) return null;
  const columns: number[] = [];
  said.columns().forEach((column, index) => {
    if (missing.every((word) => column.includes(word))) columns.push(index);
  });
  return columns.length === 0 ? null : { entry, columns };
}

/** Names and comments in lower case. */
interface Said {
  readonly table: string;
  readonly all: string;
  readonly columns: () => readonly string[];
}

const heard = new WeakMap<TableEntry, Said>();

const saysOf = ({ name, comment }: Column): string => `${name} ${comment ?? ''}`.replaceAll('\n', ' ');

function saidOf(entry: TableEntry): Said {
  const known = heard.get(entry);
  if (known !== undefined) return known;
  const { key, table } = entry;
  const all = table.columns.map(saysOf).join('\n').toLowerCase();
  const said = { table: `${key} ${table.comment ?? ''}`.toLowerCase(), all, columns: () => all.split('\n') };
  heard.set(entry, said);
  return said;
}

function rowsOf(index: ColumnIndex, { blocks, total }: Listing, offset: number, limit: number): TreeRow[] {
  const rows: TreeRow[] = [];
  for (let at = blockAt(blocks, offset); at < blocks.length && rows.length < limit; at += 1) {
    const block = blocks[at];
    if (block === undefined) break;
    const next = blocks[at + 1]?.start ?? total;
    for (let line = Math.max(offset, block.start); line < next && rows.length < limit; line += 1)
      rows.push(rowOf(index, block, line - block.start - 1));
  }
  return rows;
}

/** Index of the block that holds the line. */
function blockAt(blocks: readonly Block[], line: number): number {
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((blocks[middle]?.start ?? 0) <= line) low = middle;
    else high = middle - 1;
  }
  return low;
}

const schemaKey = (name: string): string => `schema ${name}`;

/** The block's own line where `nth` is -1, otherwise that of its column. */
function rowOf(index: ColumnIndex, block: Block, nth: number): TreeRow {
  const { schema, entry, columns, open, position, siblings } = block;
  const level = schema.name === null ? 1 : 2;
  const blank = { rows: null, type: '', mark: 'none', position, siblings } as const;
  if (entry === null) {
    const name = schema.name ?? '';
    const count = schema.tables.length;
    return { ...blank, kind: 'schema', key: schemaKey(name), name, table: null, level: 1, open, count };
  }
  const { key, table } = entry;
  const column = nth < 0 ? undefined : table.columns[columns?.[nth] ?? nth];
  if (column === undefined) {
    const rows = index.measured(key)?.rows ?? null;
    const count = table.columns.length;
    return { ...blank, kind: 'table', key, name: table.name, table: key, level, open, count, rows, type: table.kind };
  }
  return {
    ...blank,
    kind: 'column',
    key: `${key}\n${column.name}`,
    name: column.name,
    table: key,
    level: level + 1,
    open: null,
    count: 0,
    type: column.rawType,
    mark: markOf(table, column.name),
    position: nth + 1,
    siblings: columns?.length ?? table.columns.length,
  };
}

function markOf(table: Table, column: string): TreeRow['mark'] {
  if (table.primaryKey.includes(column)) return 'primary';
  return table.foreignKeys.some((key) => key.columns.includes(column)) ? 'foreign' : 'none';
}
