/** What legacy jobs know of the tables that they read and write, where nobody gave a schema of them. */
import type { EtlOutline } from '../../../shared/model/etl.ts';
import type { Diagnostic, SchemaFile, Table } from '../../../shared/model/schema.ts';

type Side = 'source' | 'target';

/** The definitions of an export, of both sides unless one is named. */
export function definitionsOf(file: EtlOutline, side?: Side): SchemaFile {
  const tables = file.definitions
    .filter((definition) => side === undefined || definition.role === side)
    .map((definition) => definition.table);
  return { file: file.file, format: file.tool, dialect: null, tables, diagnostics: [] };
}

/**
 * `given` with the definitions of tables that none of its files declares and no data shows, each once. The targets of legacy
 * jobs are those of the old system: they stand in for a target schema only where there is none at all.
 */
export function withLegacyDefinitions(
  given: readonly SchemaFile[],
  etl: readonly EtlOutline[],
  side: Side,
  data: readonly Table[] = [],
): readonly SchemaFile[] {
  const known = [...given.flatMap(({ tables }) => tables), ...data];
  if (side === 'target' && (known.length > 0 || given.length > 0)) return given;
  const taken = new Set(known.map(({ name }) => plainName(name)));
  const files = etl.flatMap((file): readonly SchemaFile[] => {
    const definitions = definitionsOf(file, side);
    const tables: Table[] = [];
    for (const table of definitions.tables) {
      if (table.columns.length === 0 || taken.has(plainName(table.name))) continue;
      taken.add(plainName(table.name));
      tables.push(fullest(table, etl, side));
    }
    return tables.length === 0 ? [] : [{ ...definitions, tables, diagnostics: [remark(file, tables, side)] }];
  });
  return [...given, ...files];
}

/** Jobs may define one table with more or fewer of its columns. */
function fullest(first: Table, etl: readonly EtlOutline[], side: Side): Table {
  const same = etl
    .flatMap((file) => definitionsOf(file, side).tables)
    .filter((table) => plainName(table.name) === plainName(first.name));
  return same.reduce((best, table) => (table.columns.length > best.columns.length ? table : best), first);
}

function remark({ file }: EtlOutline, tables: readonly Table[], side: Side): Diagnostic {
  const names = tables.map(({ name }) => name);
  const listed = names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
  const message = `The columns of ${listed} come from the ${side} definitions of ${file}: no other ${side} schema has them`;
  return { severity: 'info', message, file, line: null, statement: null };
}

const plainName = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
