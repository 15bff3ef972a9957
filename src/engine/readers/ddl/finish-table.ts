import type { Column, Dialect, ForeignKey, Table } from '../../../shared/model/schema.ts';
import { normaliseType } from '../types/normalise-type.ts';
import type { Catalogue, TypeDefinition } from './catalogue.ts';
import type { ColumnDraft } from './column-draft.ts';
import { findColumn, type ForeignKeyDraft, type TableDraft } from './table-draft.ts';

const maxTypeChain = 10;

/** A table as the model has it: named types resolved, key columns not null, references completed. */
export function finishTable(draft: TableDraft, catalogue: Catalogue, dialect: Dialect | null): Table {
  const primaryKey = spell(draft, draft.primaryKey.columns);
  const keyNames = new Set(primaryKey);
  return {
    schema: draft.schema,
    name: draft.name,
    kind: draft.kind,
    comment: draft.comment,
    columns: draft.columns.map((column) =>
      finishColumn(column, { key: keyNames.has(column.name), view: draft.kind === 'view' }, catalogue, dialect),
    ),
    primaryKey,
    uniques: draft.uniques.map((key) => spell(draft, key.columns)),
    foreignKeys: draft.foreignKeys.map((key) => finishForeignKey(draft, key, catalogue)),
    indexes: draft.indexes.map(({ name, columns, unique }) => ({ name, columns: spell(draft, columns), unique })),
    checks: [
      ...draft.checks.map((check) => check.text),
      ...(draft.kind === 'view' ? [] : draft.columns.flatMap((column) => domainChecks(column, catalogue))),
    ],
    line: draft.line,
  };
}

/** Names in keys, written as the table's columns are. */
function spell(table: TableDraft, names: readonly string[]): readonly string[] {
  return names.map((name) => findColumn(table, name)?.name ?? name);
}

function finishColumn(
  column: ColumnDraft,
  { key, view }: { readonly key: boolean; readonly view: boolean },
  catalogue: Catalogue,
  dialect: Dialect | null,
): Column {
  const named = resolveType(column.rawType, catalogue);
  const { type, length, precision, scale, timeZone } = normaliseType(named?.rawType ?? column.rawType, dialect);
  return {
    name: column.name,
    rawType: column.rawType,
    type,
    length,
    precision,
    scale,
    timeZone,
    nullable: !key && (column.nullable ?? named?.nullable ?? !isFilled(column, dialect)),
    default: defaultOf(column.default ?? (view ? null : named?.default)),
    comment: column.comment ?? null,
    identity: column.identity,
    generated: column.generated ?? null,
  };
}

/** Databases whose identity columns are not null without saying so. */
const filledIdentities: ReadonlySet<Dialect | null> = new Set([
  'oracle',
  'sqlserver',
  'sybase',
  'db2',
  'mysql',
  'postgres',
  'redshift',
]);

/** The default of a sequence does not keep nulls out. */
const isFilled = (column: ColumnDraft, dialect: Dialect | null): boolean =>
  column.identity && (column.default ?? null) === null && filledIdentities.has(dialect);

/** `DEFAULT NULL`, which dumps write out, says no more than no default. */
const defaultOf = (text: string | null | undefined): string | null =>
  text === undefined || text === null || /^\(*null\)*(?:::["\w .()]{1,200})?$/i.test(text) ? null : text;

/** Follows domains and distinct types to the built-in type below them. */
function resolveType(rawType: string, catalogue: Catalogue): TypeDefinition | undefined {
  let found: TypeDefinition | undefined;
  let raw = rawType;
  for (let i = 0; i < maxTypeChain && catalogue.types.size > 0; i += 1) {
    const name = raw
      .slice(raw.lastIndexOf('.') + 1)
      .replace(/["`[\]]/g, '')
      .toLowerCase();
    const next = catalogue.types.get(name);
    if (next === undefined) break;
    found = {
      ...next,
      nullable: found?.nullable ?? next.nullable,
      default: found?.default ?? next.default,
      checks: [...(found?.checks ?? []), ...next.checks],
    };
    raw = next.rawType;
  }
  return found;
}

/** The conditions of a column's domain, on the column. */
function domainChecks(column: ColumnDraft, catalogue: Catalogue): readonly string[] {
  const name = /^\w+$/.test(column.name) ? column.name : `"${column.name.replaceAll('"', '""')}"`;
  return (resolveType(column.rawType, catalogue)?.checks ?? []).map((check) =>
    check.replace(/'(?:[^']|'')*'|\bVALUE\b/gi, (part) => (part.startsWith("'") ? part : name)),
  );
}

/** A reference without columns means the primary key of its table. */
function finishForeignKey(table: TableDraft, key: ForeignKeyDraft, catalogue: Catalogue): ForeignKey {
  const target = catalogue.find({ schema: key.to.schema ?? table.schema, name: key.to.name }) ?? catalogue.find(key.to);
  const columns = key.to.columns.length > 0 ? key.to.columns : (target?.primaryKey.columns ?? []);
  return {
    name: key.name,
    columns: spell(table, key.columns),
    references: {
      schema: key.to.schema,
      table: key.to.name,
      columns: target === undefined ? columns : spell(target, columns),
    },
  };
}
