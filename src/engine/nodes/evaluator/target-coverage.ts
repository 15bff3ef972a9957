/** Which columns of the target get a value. */
import { isAccepted, isDerived, type Mapping } from '../../../shared/model/mapping.ts';
import { columnKey, type ColumnRef, type Table } from '../../../shared/model/schema.ts';
import { keyOfTable } from '../../core/sides.ts';

/** What a mapping writes, or would. */
interface Written {
  readonly tables: readonly string[];
  readonly columns: readonly string[];
}

export interface TargetCoverage {
  /** Columns that get a value. */
  readonly fed: number;
  readonly columns: number;
  /** NOT NULL columns without a default in tables that are fed at all. */
  readonly requiredUnfed: readonly ColumnRef[];
}

/** Measures `target` under mappings that come again and again: the keys of one that it has seen are kept. */
export function createCoverage(target: readonly Table[]): (mappings: readonly Mapping[]) => TargetCoverage {
  const columns = target.reduce((sum, table) => sum + table.columns.length, 0);
  const required = target.flatMap(requiredColumns);
  const known = new WeakMap<Mapping, Written>();
  return (mappings) => {
    const fed = new Set<string>();
    const tables = new Set<string>();
    for (const mapping of mappings) {
      if (!feeds(mapping)) continue;
      let written = known.get(mapping);
      if (written === undefined) known.set(mapping, (written = writtenBy(mapping)));
      for (const key of written.columns) fed.add(key);
      for (const key of written.tables) tables.add(key);
    }
    const requiredUnfed = required.filter(({ table, key }) => tables.has(table) && !fed.has(key)).map(({ ref }) => ref);
    return { fed: fed.size, columns, requiredUnfed };
  };
}

/** A value for every row feeds nothing before somebody has said that it is the right one. */
function feeds(mapping: Mapping): boolean {
  if (mapping.target === null || mapping.status === 'rejected') return false;
  return !isDerived(mapping) || isAccepted(mapping);
}

function writtenBy({ target, additional }: Mapping): Written {
  const refs = [...(target === null ? [] : [target]), ...additional.map((part) => part.target)];
  return {
    tables: refs.map(({ schema, table }) => keyOfTable({ schema, name: table })),
    columns: refs.map(columnKey),
  };
}

function requiredColumns(table: Table) {
  return table.columns
    .filter((column) => !column.nullable && column.default === null && !column.identity && column.generated === null)
    .map((column) => {
      const ref: ColumnRef = { schema: table.schema, table: table.name, column: column.name };
      return { ref, table: keyOfTable(table), key: columnKey(ref) };
    });
}
