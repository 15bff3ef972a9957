/** Reading an untrusted text file of a schema or a legacy ETL export, in a process that may be lost. */
import type { ErrorShape } from '../../shared/errors.ts';
import type { EtlFile } from '../../shared/model/etl.ts';
import type { Dialect, InputFormat, SchemaFile } from '../../shared/model/schema.ts';

export interface ReadRequest {
  readonly path: string;
  /** The name that outputs and diagnostics show. */
  readonly name: string;
  readonly format: InputFormat;
  readonly dialect: Dialect | null;
}

export type ReadResult =
  | { readonly kind: 'schema'; readonly schema: SchemaFile }
  | { readonly kind: 'etl'; readonly etl: EtlFile };

/** One script's schema, or why nothing of it can be used. */
export type DdlResult =
  | { readonly ok: true; readonly schema: SchemaFile }
  | { readonly ok: false; readonly error: ErrorShape };

export interface InputReader {
  /** Defects of the file come back as diagnostics; throws only where nothing of it can be read. */
  read(request: ReadRequest, signal?: AbortSignal): Promise<ReadResult>;
  /** Several scripts of one database: keys, comments and changes in one find the tables of another. In the order given. */
  readDdlSet(requests: readonly ReadRequest[], signal?: AbortSignal): Promise<readonly DdlResult[]>;
}
