/** Reading an untrusted text file of a schema or a legacy ETL export, in a process that may be lost. */
import type { ErrorShape } from '../../shared/errors.ts';
import type { EtlOutline } from '../../shared/model/etl.ts';
import type { Dialect, InputFormat, SchemaFile } from '../../shared/model/schema.ts';

export interface ReadRequest {
  readonly path: string;
  /** The name that outputs and diagnostics show. */
  readonly name: string;
  readonly format: InputFormat;
  readonly dialect: Dialect | null;
  /** Which side of a mapping table gives the tables; the source's where nothing is said. */
  readonly side?: 'source' | 'target';
  /** Given for legacy ETL exports, whose models are kept by their content. */
  readonly sha256?: string;
}

export type WorkbookRequest = Omit<ReadRequest, 'format' | 'side' | 'sha256'> & Required<Pick<ReadRequest, 'side'>>;

/** A table of a workbook that holds rows. */
export interface WorkbookTable {
  readonly name: string;
  readonly sheet: string;
  /** Row of its header. */
  readonly row: number;
  /** Identifies it within the workbook. */
  readonly part: string;
  readonly header: readonly string[];
  readonly rows: number;
  /** Header and rows, comma-separated, in quotes where needed. */
  readonly csv: string;
}

export interface WorkbookContent {
  /** What dictionaries and mapping tables describe. */
  readonly schema: SchemaFile;
  readonly data: readonly WorkbookTable[];
}

export type ReadResult =
  | { readonly kind: 'schema'; readonly schema: SchemaFile }
  | { readonly kind: 'etl'; readonly etl: EtlOutline };

/** One script's schema, or why nothing of it can be used. */
export type DdlResult =
  | { readonly ok: true; readonly schema: SchemaFile }
  | { readonly ok: false; readonly error: ErrorShape };

export interface InputReader {
  /** Defects of the file come back as diagnostics; throws only where nothing of it can be read. */
  read(request: ReadRequest, signal?: AbortSignal): Promise<ReadResult>;
  /** The tables of a workbook: those that it describes, and those whose rows it holds. Throws as `read` does. */
  readWorkbook(request: WorkbookRequest, signal?: AbortSignal): Promise<WorkbookContent>;
  /** Several scripts of one database: keys, comments and changes in one find the tables of another. In the order given. */
  readDdlSet(requests: readonly ReadRequest[], signal?: AbortSignal): Promise<readonly DdlResult[]>;
}
