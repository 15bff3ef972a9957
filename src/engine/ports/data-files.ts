/** Making a customer's data file readable for DuckDB: decompressed and in UTF-8. */
import type { Diagnostic } from '../../shared/model/schema.ts';

/** An excerpt consists of runs of lines that follow one another, from as many places at most. */
export const excerptPlaces = 160;

export interface PreparedDataFile {
  /** The name that outputs and diagnostics show. */
  readonly file: string;
  /** What DuckDB reads: the file itself, or a UTF-8 copy of it. Never shown. */
  readonly path: string;
  /** Bytes of what DuckDB reads. */
  readonly bytes: number;
  /** The first characters (up to 256 Ki) of a text file; empty for Parquet. */
  readonly head: string;
  /** e.g. `utf-8`, `windows-1252`, `utf-16le`; `binary` for Parquet. */
  readonly encoding: string;
  /** Set where the file was written by the program itself: a comma-separated table with these names in its first line. */
  readonly known?: { readonly table: string; readonly header: readonly string[] };
  /** An error among them means that the file cannot be used. */
  readonly diagnostics: readonly Diagnostic[];
  /**
   * Of a text file too large to be held in memory: a small file of lines from all over it, for what need not be exact. Null
   * for others. A quoted value that goes over several lines may be cut in it.
   */
  excerpt(): Promise<string | null>;
  /** Removes the copies that were made. */
  dispose(): Promise<void>;
}

export interface HeldTable {
  readonly name: string;
  readonly header: readonly string[];
  readonly csv: string;
}

export interface DataFiles {
  /** Throws PortolanError INPUT_UNREADABLE where the file cannot be opened; defects of its content are diagnostics. */
  prepare(path: string, file: string, signal?: AbortSignal): Promise<PreparedDataFile>;
  /** Writes a table out of a larger file where DuckDB can read it. `csv` begins with the line of its names. */
  hold(file: string, table: HeldTable): Promise<PreparedDataFile>;
}
