/** Converting a legacy ETL export, wherever it is read: its model stays there, what comes back is the job. */
import type {
  ConversionJob,
  ConvertedTransformation,
  JobIssue,
  KeptText,
  PipelineArtifact,
} from '../../shared/model/conversion.ts';
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

/** A text in the place of a pipeline, and the one that the conversion gave. */
export interface EditTexts {
  readonly yaml: KeptText;
  readonly generated: KeptText;
}

export interface PipelineDefect {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly line: number | null;
  readonly node: string | null;
}

export interface EditedNode extends Pick<
  ConvertedTransformation,
  'id' | 'type' | 'operator' | 'source' | 'confidence' | 'notes'
> {
  /** Whether it differs from the generated one. */
  readonly changed: boolean;
}

export interface EditChange {
  /** Ids of the nodes that the conversion gave. */
  readonly before: readonly string[];
  readonly after: readonly EditedNode[];
  /** What the checks said of the generated pipeline, and what they say now. */
  readonly checked: readonly string[];
  readonly found: readonly JobIssue[];
}

export interface EditFacts {
  /** Null where the text cannot take the place of the pipeline at all; `defects` says why. */
  readonly kind: PipelineArtifact['kind'] | null;
  readonly defects: readonly PipelineDefect[];
  /** Null for a workflow. `change` is null where the generated text cannot be read any more. */
  readonly pipeline: (Pick<PipelineArtifact, 'sql' | 'lineage'> & { readonly change: EditChange | null }) | null;
}

export interface EtlConverter {
  /** Reads a DataFlow text, which may be far too long to be read between two frames. */
  readDocument(text: KeptText): Promise<ReadDocument>;
  /** Reads what a person wrote in the place of a pipeline, for the same reason. */
  readEdit(edit: EditTexts): Promise<EditFacts>;
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
