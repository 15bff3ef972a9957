import type { Dialect } from '../../../shared/model/schema.ts';
import type { ColumnDraft } from './column-draft.ts';
import { tableNameOf, type QualifiedName } from './read-name.ts';
import type { QueryColumns } from './query-columns.ts';
import type { TableDraft } from './table-draft.ts';
import type { TokenCursor } from './token-cursor.ts';

/** A named type of the script: the type it stands for, or the columns of a composite. */
export interface TypeDefinition {
  readonly rawType: string;
  readonly nullable: boolean | undefined;
  readonly default: string | null | undefined;
  /** Conditions on VALUE. */
  readonly checks: readonly string[];
  readonly columns: readonly ColumnDraft[];
}

/** A statement whose table has not been seen yet; tried again when all inputs are read. */
export interface Deferred {
  readonly table: QualifiedName;
  readonly line: number;
  readonly file: number;
  readonly statement: string;
  readonly apply: (table: TableDraft) => void;
}

/** A query or copy whose source has not been seen yet. */
export interface Pending {
  /** True when the source is known now. */
  readonly ready: () => boolean;
  readonly apply: () => void;
}

const keyOf = (schema: string | null, name: string): string =>
  `${schema === null ? '' : schema.toLowerCase()}\u0000${name.toLowerCase()}`;

/** All tables and types of the inputs. Names are found without case, and without schema where that is unambiguous. */
export class Catalogue {
  readonly deferred: Deferred[] = [];
  readonly pending: Pending[] = [];
  readonly types = new Map<string, TypeDefinition>();
  /** The last text that a script gave each of its variables. */
  readonly variables = new Map<string, string>();
  readonly #tables = new Map<string, TableDraft>();
  readonly #byName = new Map<string, TableDraft[]>();

  get tables(): readonly TableDraft[] {
    return [...this.#tables.values()];
  }

  /** The table of exactly this schema and name. */
  exact(name: QualifiedName): TableDraft | undefined {
    return this.#tables.get(keyOf(name.schema, name.name));
  }

  /** The table of this name; one side may leave out the schema if a single table fits, and `a.b` may be quoted as a whole. */
  find(name: QualifiedName): TableDraft | undefined {
    const exact = this.exact(name);
    if (exact !== undefined) return exact;
    const candidates = (this.#byName.get(name.name.toLowerCase()) ?? []).filter(
      (table) => name.schema === null || table.schema === null,
    );
    if (candidates.length === 1) return candidates[0];
    const parts = name.schema === null && candidates.length === 0 ? name.name.split('.') : [];
    return parts.length > 1 ? this.find(tableNameOf(parts)) : undefined;
  }

  /** Adds a table at the end, in place of one of the same name. */
  put(table: TableDraft): void {
    const old = this.exact(table);
    if (old !== undefined) this.remove(old);
    this.#tables.set(keyOf(table.schema, table.name), table);
    const key = table.name.toLowerCase();
    const sameName = this.#byName.get(key);
    if (sameName === undefined) this.#byName.set(key, [table]);
    else sameName.push(table);
  }

  remove(table: TableDraft): void {
    this.#tables.delete(keyOf(table.schema, table.name));
    const key = table.name.toLowerCase();
    this.#byName.set(
      key,
      (this.#byName.get(key) ?? []).filter((other) => other !== table),
    );
  }

  /** Gives a table another name or schema. */
  rename(table: TableDraft, to: QualifiedName): void {
    this.remove(table);
    table.name = to.name;
    table.schema = to.schema;
    this.put(table);
  }
}

/** What a statement handler works with. */
export interface StatementContext {
  readonly catalogue: Catalogue;
  readonly dialect: Dialect | null;
  readonly file: number;
  readonly line: number;
  /** The statement stands in a block or a text that the script runs. */
  readonly nested: boolean;
  /**
   * Reads statements that stand in a text of the script, or with null in the statement itself, where that is a block:
   * what it runs from texts, and what is written out in the body of `DO`.
   */
  readonly readNested: (text: string | null, line: number) => void;
  /** Says something about the statement at hand. */
  readonly report: (severity: 'error' | 'warning' | 'info', message: string, line?: number) => void;
  /** Runs at once if the table is known, else when all inputs are read. */
  readonly withTable: (name: QualifiedName, apply: (table: TableDraft) => void) => void;
  /** Runs when the table is known; with undefined where it never is. */
  readonly withSource: (name: QualifiedName, apply: (table: TableDraft | undefined) => void) => void;
  /** Runs when all tables of the query at the cursor are known, or else when all inputs are read. */
  readonly withQuery: (cursor: TokenCursor, apply: (query: QueryColumns | null) => void) => void;
}
