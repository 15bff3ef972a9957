import { type Table, tableKey } from '../../shared/model/schema.ts';
import { compareText, quoteIdentifier } from '../core/text.ts';

/** The DuckDB schemas that the generated SQL works in. */
export const sqlSchemas = ['legacy', 'stage', 'rejects', 'target'] as const;
export type SqlSchema = (typeof sqlSchemas)[number];

/** What generated SQL calls a table of one of its schemas. */
export interface RelationNaming {
  /** `legacy."CUST_MSTR"` for a table of that `tableKey`. Throws for a table that is not known. */
  sql(schema: SqlSchema, key: string): string;
}

/** What a table is called inside each of those schemas: its own name, with its schema in front where names clash. */
class SideNames {
  readonly #names: ReadonlyMap<string, string>;

  constructor(tables: readonly Table[]) {
    const byName = new Map<string, number>();
    for (const table of tables) byName.set(table.name.toLowerCase(), (byName.get(table.name.toLowerCase()) ?? 0) + 1);
    const taken = new Set<string>();
    const names = new Map<string, string>();
    for (const table of [...tables].sort((a, b) => compareText(keyOf(a), keyOf(b)))) {
      const clashes = (byName.get(table.name.toLowerCase()) ?? 0) > 1 && table.schema !== null;
      let name = clashes ? `${table.schema}_${table.name}` : table.name;
      while (taken.has(name.toLowerCase())) name = `${name}_2`;
      taken.add(name.toLowerCase());
      names.set(keyOf(table), name);
    }
    this.#names = names;
  }

  get(key: string): string {
    const name = this.#names.get(key);
    if (name === undefined) throw new Error(`no table ${key}`);
    return quoteIdentifier(name);
  }
}

/** Names for both sides: source tables live in `legacy`, target tables in the other schemas. */
export function relationNames(source: readonly Table[], target: readonly Table[]): RelationNaming {
  const sides = { source: new SideNames(source), target: new SideNames(target) };
  return { sql: (schema, key) => `${schema}.${(schema === 'legacy' ? sides.source : sides.target).get(key)}` };
}

const keyOf = (table: Table): string => tableKey({ schema: table.schema, table: table.name });
