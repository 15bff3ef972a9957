/** Converting a parsed legacy ETL export, wherever it runs. */
import type { ConversionJob } from '../../shared/model/conversion.ts';
import type { EtlFile } from '../../shared/model/etl.ts';

export interface EtlConverter {
  /** The job without its execution (`skipped`): running needs data and DuckDB. */
  convert(file: EtlFile, signal?: AbortSignal): Promise<ConversionJob>;
}
