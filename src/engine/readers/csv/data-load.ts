import type { SchemaFile, Table } from '../../../shared/model/schema.ts';

export interface CreateTableOptions {
  /** Every column as VARCHAR, exactly as in the file. */
  readonly asText?: boolean;
  /**
   * Columns of another type than text, in lower case: with `asText`, their dates and numbers are written the way that a cast
   * understands, whatever the file's own way.
   */
  readonly castable?: ReadonlySet<string>;
  /** Another place of the same file, e.g. relative to a bundle. */
  readonly path?: string;
}

/** What the values of one column amount to. */
export interface ColumnFigures {
  readonly nulls: number;
  readonly distinct: number;
  /** False where `distinct` is an estimate. */
  readonly isExact: boolean;
  readonly min: string | null;
  readonly max: string | null;
  /** Null where lengths were not counted. */
  readonly minLength: number | null;
  readonly maxLength: number | null;
}

/** A file too large to be held in memory: its rows are read where they lie, its figures are known, and a part is at hand. */
export interface LargeData {
  /** By column, in their inferred types. */
  readonly figures: ReadonlyMap<string, ColumnFigures>;
  /** A view of all rows. */
  createViewSql(viewName: string, options?: CreateTableOptions): string;
  /** A table of rows from all over the file. */
  createExcerptSql(tableName: string, options?: CreateTableOptions): string;
}

/** How the rows of a data file get into DuckDB. */
export interface DataLoad {
  readonly rows: number;
  /** Rows that cannot be read because their number of cells is wrong; they are left out and reported as a diagnostic. */
  readonly unreadableRows: number;
  /** One CREATE TABLE … AS statement. `tableName` is quoted here. */
  createTableSql(tableName: string, options?: CreateTableOptions): string;
  /** Null for a file that can be held. */
  readonly large: LargeData | null;
}

/** What a data file says: its schema with one table, and how to load it; `load` is null where nothing can be loaded. */
export interface DataSource {
  readonly schema: SchemaFile;
  readonly load: DataLoad | null;
}

/** The columns of a schema whose values are not text, for `CreateTableOptions.castable`. */
export function castableColumns({ columns }: Table): ReadonlySet<string> {
  return new Set(columns.filter(({ type }) => type !== 'string').map(({ name }) => name.toLowerCase()));
}
