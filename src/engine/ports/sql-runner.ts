/** Running SQL in a sandboxed DuckDB: what profiling, validation and pipeline execution need of it. */

export type SqlValue = string | number | bigint | boolean | null;

export interface SqlRows {
  readonly columns: readonly string[];
  readonly types: readonly string[];
  readonly rows: readonly (readonly SqlValue[])[];
}

export interface SqlSessionOptions {
  /** Files that this session may read; everything else outside is refused. */
  readonly readable: readonly string[];
  /** e.g. `1GB`. */
  readonly memoryLimit?: string;
  readonly threads?: number;
  /** Keeps tables in a temporary file, so that they may be larger than memory; it is removed on close. */
  readonly onDisk?: boolean;
  /** Interrupts the running statement; it and all later ones throw PortolanError CANCELLED. */
  readonly signal?: AbortSignal;
}

/** One database. Not shared between jobs; always `close` it. */
export interface SqlSession {
  /**
   * Runs one or more statements without a result. Throws PortolanError INPUT_INVALID with DuckDB's message, and UNSUPPORTED
   * for statements that reach outside the database (COPY, ATTACH, EXPORT, LOAD, PRAGMA and the like).
   */
  run(sql: string): Promise<void>;
  /** Runs one statement; at most `limit` rows come back (default 10,000). Dates, decimals and the like come as text. */
  query(sql: string, limit?: number): Promise<SqlRows>;
  close(): Promise<void>;
}

export interface SqlRunner {
  /** The engine's name and version, for reports. */
  readonly id: string;
  open(options: SqlSessionOptions): Promise<SqlSession>;
}
