/** Reads a data file of any format that DuckDB knows without extensions: delimited text, Parquet, JSON. */
import { PortolanError } from '../../../shared/errors.ts';
import { type Column, type Diagnostic, withoutKeys } from '../../../shared/model/schema.ts';
import { quoteIdentifier, quoteLiteral } from '../../core/text.ts';
import type { PreparedDataFile } from '../../ports/data-files.ts';
import type { SqlSession } from '../../ports/sql-runner.ts';
import { tableNameOf } from './column-names.ts';
import type { DataSource } from './data-load.ts';
import { duckDbColumnType } from './duckdb-column-type.ts';
import { toCount } from './infer-column-types.ts';
import { readCsvSchema } from './read-csv-schema.ts';
import { soundJsonLines } from './sound-json-lines.ts';

/**
 * `format` as detected by content. The session must be allowed to read `prepared.path`, and `excerpt`, which a caller gives
 * that measures the data.
 */
export async function readDataSchema(
  session: SqlSession,
  prepared: PreparedDataFile,
  format: 'csv' | 'parquet' | 'json',
  excerpt: string | null = null,
): Promise<DataSource> {
  if (format === 'csv') return readCsvSchema(session, { ...prepared, excerpt });
  const failed = (diagnostics: readonly Diagnostic[]): DataSource => ({
    schema: { file: prepared.file, format, dialect: 'duckdb', tables: [], diagnostics },
    load: null,
  });
  if (prepared.diagnostics.some((diagnostic) => diagnostic.severity === 'error')) return failed(prepared.diagnostics);
  try {
    return await readTyped(session, prepared, { format, sourceSql: sources[format], unreadableRows: 0 });
  } catch (thrown) {
    if (!(thrown instanceof PortolanError) || thrown.code !== 'INPUT_INVALID') throw thrown;
    const lines = format === 'json' ? await soundJsonLines(session, prepared) : null;
    if (lines !== null)
      return readTyped(
        session,
        { ...prepared, diagnostics: [...prepared.diagnostics, ...lines.diagnostics] },
        { format, sourceSql: lines.sourceSql, unreadableRows: lines.damaged },
      );
    const reason = thrown.message.split('\n')[0] ?? '';
    const message = `${prepared.file} cannot be read as ${format === 'json' ? 'JSON' : 'Parquet'} (${reason}); export it again`;
    return failed([
      ...prepared.diagnostics,
      { severity: 'error', message, file: prepared.file, line: null, statement: null },
    ]);
  }
}

const sources = {
  parquet: (path: string): string => `read_parquet(${quoteLiteral(path)})`,
  json: (path: string): string => `read_json(${quoteLiteral(path)}, sample_size = -1, maximum_object_size = 67108864)`,
};

interface TypedSource {
  readonly format: keyof typeof sources;
  readonly sourceSql: (path: string) => string;
  readonly unreadableRows: number;
}

async function readTyped(
  session: SqlSession,
  prepared: PreparedDataFile,
  { format, sourceSql, unreadableRows }: TypedSource,
): Promise<DataSource> {
  const from = sourceSql(prepared.path);
  const described = await session.query(`DESCRIBE SELECT * FROM ${from}`);
  const names = described.rows.map((row) => String(row[0]));
  const counted = await session.query(
    `SELECT count(*), ${names.map((name) => `count(${quoteIdentifier(name)})`).join(', ')} FROM ${from}`,
  );
  const counts = counted.rows[0] ?? [];
  const rows = toCount(counts[0]);
  const columns = described.rows.map((row, index): Column => {
    const rawType = String(row[1]);
    return {
      name: names[index] ?? '',
      rawType,
      ...duckDbColumnType(rawType),
      nullable: toCount(counts[index + 1]) < rows || rows === 0,
      default: null,
      comment: null,
      identity: false,
      generated: null,
    };
  });
  const table = {
    schema: null,
    name: tableNameOf(prepared.file),
    kind: 'data' as const,
    comment: null,
    columns,
    ...withoutKeys,
    line: null,
  };
  return {
    schema: { file: prepared.file, format, dialect: 'duckdb', tables: [table], diagnostics: prepared.diagnostics },
    load: {
      rows,
      unreadableRows,
      large: null,
      createTableSql: (tableName, options = {}) => {
        const selected = names.map((name) =>
          options.asText === true
            ? `CAST(${quoteIdentifier(name)} AS VARCHAR) AS ${quoteIdentifier(name)}`
            : quoteIdentifier(name),
        );
        return `CREATE TABLE ${quoteIdentifier(tableName)} AS SELECT ${selected.join(', ')} FROM ${sourceSql(options.path ?? prepared.path)}`;
      },
    },
  };
}
