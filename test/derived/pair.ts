/** A pair of schemas with sample rows and the truth about the target columns that are not made of one source column. */
import type { ColumnProfile, TableProfile } from '../../src/shared/model/profile.ts';
import { type Table, tableKey } from '../../src/shared/model/schema.ts';
import { readDdl } from '../../src/engine/readers/ddl/index.ts';
import { columnProfile, tableProfile } from '../support/builders.ts';

export interface Truth {
  readonly type: 'merge' | 'calculated' | 'lookup' | 'constant';
  /** Names of source columns in their order. */
  readonly sources: readonly string[];
}

export interface Pair {
  readonly name: string;
  readonly source: string;
  readonly target: string;
  /** Rows by source table, values split at `|`; blank is NULL. */
  readonly rows: Readonly<Record<string, readonly string[]>>;
  /** Rows that the target has already. */
  readonly targetRows?: Readonly<Record<string, readonly string[]>>;
  /** By `table.column` of the target. */
  readonly truth: Readonly<Record<string, Truth>>;
}

export interface PreparedPair {
  readonly source: readonly Table[];
  readonly target: readonly Table[];
  readonly profiles: ReadonlyMap<string, TableProfile>;
  readonly targetProfiles: ReadonlyMap<string, TableProfile>;
}

export function preparePair(pair: Pair): PreparedPair {
  const read = (text: string): readonly Table[] => readDdl(text, { file: 'pair.sql' }).tables;
  const [source, target] = [read(pair.source), read(pair.target)];
  return {
    source,
    target,
    profiles: profilesOf(source, pair.rows),
    targetProfiles: profilesOf(target, pair.targetRows ?? {}),
  };
}

export const rowsOf = (lines: readonly string[]): readonly (readonly (string | null)[])[] =>
  lines.map((line) => line.split('|').map((value) => (value.trim() === '' ? null : value.trim())));

function profilesOf(tables: readonly Table[], rows: Pair['rows']): ReadonlyMap<string, TableProfile> {
  return new Map(
    tables.flatMap((table) => {
      const own = rows[table.name];
      if (own === undefined) return [];
      const key = tableKey({ schema: table.schema, table: table.name });
      return [[key, profileOf(key, table, rowsOf(own))] as const];
    }),
  );
}

const profileOf = (key: string, table: Table, rows: readonly (readonly (string | null)[])[]): TableProfile =>
  tableProfile(
    key,
    table.columns.map(({ name }, at) =>
      figuresOf(
        name,
        rows.map((row) => row[at] ?? null),
      ),
    ),
    rows,
    { file: `${table.name}.csv` },
  );

function figuresOf(name: string, values: readonly (string | null)[]): ColumnProfile {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const top = [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
  const lengths = [...counts.keys()].map((value) => value.length);
  return columnProfile(name, {
    nulls: values.filter((value) => value === null).length,
    distinct: counts.size,
    minLength: lengths.length === 0 ? null : Math.min(...lengths),
    maxLength: lengths.length === 0 ? null : Math.max(...lengths),
    top,
  });
}
