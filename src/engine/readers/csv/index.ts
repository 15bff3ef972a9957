/**
 * Data files: delimited text, Parquet and JSON, read through a DuckDB session. Gives the schema that the data shows and the
 * statement that loads it; measuring the data is the work of discovery.
 */
export { type ColumnFigures, type DataLoad, type DataSource, type LargeData, castableColumns } from './data-load.ts';
export { readDataSchema } from './read-data-schema.ts';
