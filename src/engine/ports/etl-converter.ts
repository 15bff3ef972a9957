/** Converting a legacy ETL export, wherever it is read: its model stays there, what comes back is the job. */
import type { ConversionJob, KeptText } from '../../shared/model/conversion.ts';
import type { EtlOutline, EtlSettings, EtlTool, EtlTransformation } from '../../shared/model/etl.ts';

/** An export, known by its content: it is read again where its model is no longer at hand. */
export interface ExportFile {
  readonly path: string;
  /** The name that outputs and diagnostics show. */
  readonly name: string;
  readonly tool: EtlTool;
  readonly sha256: string;
}

export interface ConversionRequest {
  readonly file: ExportFile;
  /** The exports of the import, `file` among them: it may use what they define. */
  readonly files: readonly ExportFile[];
  readonly settings: EtlSettings;
}

/** A DataFlow text that was read, with the lines of its nodes or tasks. */
export interface ReadDocument {
  /** Null where the text is no DataFlow document; `problem` then says why. */
  readonly document: unknown;
  readonly problem: string | null;
  readonly lines: readonly (readonly [id: string, line: number])[];
}

export interface EtlConverter {
  /** Reads a DataFlow text, which may be far too long to be read between two frames. */
  readDocument(text: KeptText): Promise<ReadDocument>;
  /** The job without its execution (`skipped`): running needs data and DuckDB. Throws where the file cannot be read. */
  convert(
    request: ConversionRequest,
    signal?: AbortSignal,
  ): Promise<{ readonly job: ConversionJob; readonly outline: EtlOutline }>;
  /** One transformation as the export has it; null where there is none of that id. */
  transformation(
    file: ExportFile,
    place: { readonly mapping: string; readonly id: string },
  ): Promise<EtlTransformation | null>;
}
