/** What the program says about each format it can be given: one entry a format. */
import type { InputFormat } from '../../shared/model/schema.ts';

export interface ReaderEntry {
  /** How the format is called in the window and in messages. */
  readonly title: string;
  readonly extensions: readonly string[];
  /** `schema` and `etl` are read from text by the engine, `data` through DuckDB; `none` is recognised but not read. */
  readonly reads: 'schema' | 'data' | 'etl' | 'none';
  /** True where the reader needs to know which database wrote the file. */
  readonly hasDialect: boolean;
}

/** Readers by format. */
export const readers = {
  ddl: { title: 'SQL script', extensions: ['sql', 'ddl', 'db2'], reads: 'schema', hasDialect: true },
  dictionary: { title: 'Schema as a table', extensions: [], reads: 'schema', hasDialect: true },
  csv: { title: 'Delimited text', extensions: ['csv', 'tsv', 'psv', 'tab', 'txt'], reads: 'data', hasDialect: false },
  parquet: { title: 'Parquet', extensions: ['parquet', 'parq'], reads: 'data', hasDialect: false },
  json: { title: 'JSON', extensions: ['json', 'ndjson', 'jsonl'], reads: 'data', hasDialect: false },
  excel: { title: 'Excel workbook', extensions: ['xlsx', 'xlsm', 'xls'], reads: 'data', hasDialect: false },
  powercenter: { title: 'PowerCenter export', extensions: [], reads: 'etl', hasDialect: false },
  ssis: { title: 'SSIS package', extensions: ['dtsx'], reads: 'none', hasDialect: false },
  alteryx: { title: 'Alteryx workflow', extensions: ['yxmd', 'yxmc', 'yxwz'], reads: 'none', hasDialect: false },
  datastage: { title: 'DataStage export', extensions: ['dsx', 'isx'], reads: 'none', hasDialect: false },
  unknown: { title: 'Unknown', extensions: [], reads: 'none', hasDialect: false },
} as const satisfies Record<InputFormat, ReaderEntry>;

/** The format that a file name's extension speaks for, without its dot and in lower case; null where none does. */
export function formatOfExtension(extension: string): InputFormat | null {
  for (const format of Object.keys(readers) as InputFormat[]) {
    const extensions: readonly string[] = readers[format].extensions;
    if (extensions.includes(extension)) return format;
  }
  return null;
}
