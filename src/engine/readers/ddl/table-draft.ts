import type { ColumnDraft, Reference } from './column-draft.ts';

export interface KeyDraft {
  readonly name: string | null;
  readonly columns: readonly string[];
}

export interface IndexDraft extends KeyDraft {
  readonly unique: boolean;
}

export interface ForeignKeyDraft extends KeyDraft {
  readonly to: Reference;
}

export interface CheckDraft {
  readonly name: string | null;
  readonly text: string;
}

/** A table while its script is being read: CREATE makes it, ALTER and COMMENT change it. */
export interface TableDraft {
  schema: string | null;
  name: string;
  readonly kind: 'table' | 'view';
  /** Index of the input that creates it. */
  readonly file: number;
  readonly line: number;
  comment: string | null;
  columns: ColumnDraft[];
  primaryKey: KeyDraft;
  uniques: KeyDraft[];
  foreignKeys: ForeignKeyDraft[];
  indexes: IndexDraft[];
  checks: CheckDraft[];
  /** A DROP follows its CREATE: creating it again is no conflict. */
  dropped: boolean;
}

export const noKey: KeyDraft = { name: null, columns: [] };

export function newTableDraft(
  name: { readonly schema: string | null; readonly name: string },
  kind: 'table' | 'view',
  place: { readonly file: number; readonly line: number },
): TableDraft {
  return {
    schema: name.schema,
    name: name.name,
    kind,
    file: place.file,
    line: place.line,
    comment: null,
    columns: [],
    primaryKey: noKey,
    uniques: [],
    foreignKeys: [],
    indexes: [],
    checks: [],
    dropped: false,
  };
}

/** Names of columns and constraints are compared without case, as nearly every database does. */
export function sameName(a: string, b: string): boolean {
  return a === b || a.toLowerCase() === b.toLowerCase();
}

interface ColumnIndex {
  readonly columns: readonly ColumnDraft[];
  readonly exact: Map<string, ColumnDraft>;
  /** The first of each name in lower case. */
  readonly folded: Map<string, ColumnDraft>;
  indexed: number;
}

/** Tables of many thousand columns are looked up by name as often: made on first use, made anew after a change of order or name. */
const indexes = new WeakMap<TableDraft, ColumnIndex>();

function indexOf(table: TableDraft): ColumnIndex {
  let index = indexes.get(table);
  if (index === undefined || index.columns !== table.columns || index.indexed > table.columns.length) {
    index = { columns: table.columns, exact: new Map(), folded: new Map(), indexed: 0 };
    indexes.set(table, index);
  }
  for (; index.indexed < table.columns.length; index.indexed += 1) {
    const column = table.columns[index.indexed] as ColumnDraft;
    const folded = column.name.toLowerCase();
    if (!index.exact.has(column.name)) index.exact.set(column.name, column);
    if (!index.folded.has(folded)) index.folded.set(folded, column);
  }
  return index;
}

/** The column of that name; one that differs in case where none is spelt alike. */
export function findColumn(table: TableDraft, name: string): ColumnDraft | undefined {
  const { exact, folded } = indexOf(table);
  return exact.get(name) ?? folded.get(name.toLowerCase());
}

/** Adds a column with the keys and checks that its definition carries; an equal name is replaced. */
export function addColumn(table: TableDraft, column: ColumnDraft): 'added' | 'replaced' {
  const { name } = column;
  addKeys(table, column);
  const existing = indexOf(table).exact.get(name);
  if (existing !== undefined) table.columns[table.columns.indexOf(existing)] = column;
  else if (column.place === undefined) table.columns.push(column);
  else table.columns.splice(indexFor(table, column), 0, column);
  if (existing !== undefined || column.place !== undefined) indexes.delete(table);
  return existing === undefined ? 'added' : 'replaced';
}

function indexFor({ columns }: TableDraft, { place }: ColumnDraft): number {
  if (place === undefined) return columns.length;
  const other = 'before' in place ? place.before : place.after;
  if (other === null) return 0;
  const index = columns.findIndex((column) => sameName(column.name, other));
  return index === -1 ? columns.length : index + ('before' in place ? 0 : 1);
}

/** Puts what a later definition says into a column. `whole`: what it does not say returns to its default (MySQL). */
export function mergeColumn(table: TableDraft, column: ColumnDraft, change: ColumnDraft, whole = false): void {
  if (change.rawType !== '') column.rawType = change.rawType;
  if (change.nullable !== undefined || whole) column.nullable = change.nullable;
  if (change.default !== undefined || whole) column.default = change.default;
  if (change.comment !== undefined || whole) column.comment = change.comment;
  if (change.generated !== undefined || whole) column.generated = change.generated;
  column.identity = change.identity || (column.identity && !whole);
  addKeys(table, { ...change, name: column.name });
}

/** Keys, indexes and checks that a column's definition carries. */
function addKeys(table: TableDraft, column: ColumnDraft): void {
  const { name } = column;
  if (column.primaryKey && table.primaryKey.columns.length === 0)
    table.primaryKey = { name: column.constraintName, columns: [name] };
  if (column.unique) table.uniques.push({ name: column.constraintName, columns: [name] });
  if (column.references !== undefined)
    table.foreignKeys.push({ name: column.references.name, columns: [name], to: column.references.to });
  table.indexes.push(...column.indexes);
  table.checks.push(...column.checks);
}

/** Adds a reference unless the columns have one to that table already. */
export function addForeignKey(table: TableDraft, key: ForeignKeyDraft): void {
  const same = (other: ForeignKeyDraft): boolean =>
    sameName(other.to.name, key.to.name) &&
    other.columns.length === key.columns.length &&
    other.columns.every((name, index) => sameName(name, key.columns[index] ?? ''));
  if (!table.foreignKeys.some(same)) table.foreignKeys.push(key);
}

/** Removes a column and every key, index and reference that stands on it. */
export function dropColumn(table: TableDraft, name: string): boolean {
  const before = table.columns.length;
  table.columns = table.columns.filter((column) => !sameName(column.name, name));
  const without = <T extends KeyDraft>(keys: readonly T[]): T[] =>
    keys.filter((key) => !key.columns.some((column) => sameName(column, name)));
  table.uniques = without(table.uniques);
  table.foreignKeys = without(table.foreignKeys);
  table.indexes = without(table.indexes);
  if (table.primaryKey.columns.some((column) => sameName(column, name))) table.primaryKey = noKey;
  return table.columns.length < before;
}

/** Gives a column another name, in its keys as well. */
export function renameColumn(table: TableDraft, from: string, to: string): boolean {
  const column = findColumn(table, from);
  if (column === undefined) return false;
  column.name = to;
  indexes.delete(table);
  const rename = (columns: readonly string[]): readonly string[] =>
    columns.map((name) => (sameName(name, from) ? to : name));
  table.primaryKey = { ...table.primaryKey, columns: rename(table.primaryKey.columns) };
  table.uniques = table.uniques.map((key) => ({ ...key, columns: rename(key.columns) }));
  table.foreignKeys = table.foreignKeys.map((key) => ({ ...key, columns: rename(key.columns) }));
  table.indexes = table.indexes.map((key) => ({ ...key, columns: rename(key.columns) }));
  return true;
}

/** Removes the constraint or index of that name. */
export function dropConstraint(table: TableDraft, name: string): void {
  const other = (item: { readonly name: string | null }): boolean => item.name === null || !sameName(item.name, name);
  if (!other(table.primaryKey)) table.primaryKey = noKey;
  table.uniques = table.uniques.filter(other);
  table.foreignKeys = table.foreignKeys.filter(other);
  table.indexes = table.indexes.filter(other);
  table.checks = table.checks.filter(other);
}

/** Gives a constraint or index another name. */
export function renameConstraint(table: TableDraft, from: string, to: string): void {
  const rename = <T extends { readonly name: string | null }>(item: T): T =>
    item.name !== null && sameName(item.name, from) ? { ...item, name: to } : item;
  table.primaryKey = rename(table.primaryKey);
  table.uniques = table.uniques.map(rename);
  table.foreignKeys = table.foreignKeys.map(rename);
  table.indexes = table.indexes.map(rename);
  table.checks = table.checks.map(rename);
}

/** What a copy of a table takes besides names, types and NOT NULL. */
export interface CopyParts {
  readonly defaults: boolean;
  readonly keys: boolean;
  readonly checks: boolean;
}

/** Keys and checks of another table, under the names that it has in this one. */
function copyKeys(table: TableDraft, from: TableDraft, { keys, checks }: CopyParts): void {
  if (keys) {
    if (table.primaryKey.columns.length === 0) table.primaryKey = from.primaryKey;
    table.uniques.push(...from.uniques);
    table.indexes.push(...from.indexes);
  }
  if (checks) table.checks.push(...from.checks);
}

export const columnsOnly: CopyParts = { defaults: true, keys: false, checks: false };

/** Puts the columns of another table at a place, for LIKE, INHERITS and PARTITION OF. What the table says itself goes before. */
export function insertColumns(table: TableDraft, from: TableDraft, at: number, parts = columnsOnly): void {
  const own = new Map(table.columns.map((column) => [column.name.toLowerCase(), column]));
  const copies = from.columns.map((column): ColumnDraft => {
    const said = own.get(column.name.toLowerCase());
    return {
      ...column,
      line: table.line,
      rawType: said?.rawType || column.rawType,
      nullable: said?.nullable ?? column.nullable,
      default: said?.default ?? (parts.defaults ? column.default : undefined),
      ...(parts.defaults ? {} : { identity: false, generated: undefined }),
      comment: said?.comment ?? column.comment,
      primaryKey: false,
      unique: false,
      references: undefined,
      indexes: [],
      checks: [],
      place: undefined,
      unknown: [],
    };
  });
  const copied = new Set(copies.map(({ name }) => name.toLowerCase()));
  const rest = (columns: readonly ColumnDraft[]): readonly ColumnDraft[] =>
    columns.filter(({ name }) => !copied.has(name.toLowerCase()));
  table.columns = [...rest(table.columns.slice(0, at)), ...copies, ...rest(table.columns.slice(at))];
  copyKeys(table, from, parts);
}
