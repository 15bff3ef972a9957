/**
 * Reads a delimited text file through DuckDB: its columns with types that hold for every row, and the statement that loads
 * it. Structure comes from the first characters, everything else from one pass over the whole file.
 */
import {
  type Column,
  type Diagnostic,
  type SchemaFile,
  type Table,
  withoutKeys,
} from '../../../shared/model/schema.ts';
import { quoteIdentifier } from '../../core/text.ts';
import type { PreparedDataFile } from '../../ports/data-files.ts';
import type { SqlSession } from '../../ports/sql-runner.ts';
import { columnNames, tableNameOf } from './column-names.ts';
import { type CsvStructure, detectCsvStructure } from './csv-structure.ts';
import type { CreateTableOptions, DataLoad, DataSource } from './data-load.ts';
import { delimitedRecords } from './delimited-records.ts';
import { duckDbColumnType } from './duckdb-column-type.ts';
import { type InferredColumn, type InferredTypes, plainTextExpression, typedExpression } from './infer-column-types.ts';
import { type ReadRows, type Rejected, type RowsInput, excerptSql, readCsvSql, readRows } from './read-rows.ts';

export interface CsvInput extends RowsInput {
  readonly head: string;
  /** Bytes of the file: tells whether `head` is all of it. */
  readonly bytes: number;
  /** What is known of the file already. */
  readonly diagnostics?: readonly Diagnostic[];
  /** A table that was written to be read here: nothing needs to be found out. */
  readonly known?: PreparedDataFile['known'];
}

/** Defects of the file are diagnostics of the schema; with an error among them there is no table and `load` is null. */
export async function readCsvSchema(session: SqlSession, input: CsvInput): Promise<DataSource> {
  const known = input.diagnostics ?? [];
  if (known.some((diagnostic) => diagnostic.severity === 'error')) return without(input.file, known);
  if (input.head.trim() === '')
    return without(input.file, [...known, problem(input.file, 'error', `${input.file} is empty; export it again`)]);
  const structure = structureOf(input);
  if (structure === null) {
    return without(input.file, [
      ...known,
      problem(input.file, 'error', `${input.file} has no rows of equal width; export it as CSV with a header line`),
    ]);
  }
  const named =
    input.known === undefined
      ? columnNames(structure.header, structure.columns, input.file)
      : { names: input.known.header, diagnostics: [] };
  const read = await readRows(session, input, structure, named.names);
  if (read.kind === 'failed') {
    const message = `${input.file} cannot be read as CSV (${read.reason}); export it again`;
    return without(input.file, [...known, problem(input.file, 'error', message)]);
  }
  const table = tableOf(input.known?.table ?? tableNameOf(input.file), read.types);
  const diagnostics = [
    ...known,
    ...named.diagnostics,
    ...(input.known === undefined ? found(input.file, structure, read.types) : []),
    ...remarks(input.file, read.types, read.rejected),
  ];
  return { schema: schemaOf(input.file, [table], diagnostics), load: loadOf(input, read) };
}

function structureOf({ head, bytes, known }: CsvInput): CsvStructure | null {
  const whole = Buffer.byteLength(head) >= bytes - 3;
  if (known === undefined) return detectCsvStructure(head, whole);
  const plain = { delimiter: ',', quote: '"' };
  const { records } = delimitedRecords(head, { ...plain, whole });
  return {
    ...plain,
    skipLines: 1,
    header: known.header,
    columns: known.header.length,
    records: records.slice(1).map(({ cells }) => cells),
  };
}

type Rows = Extract<ReadRows, { kind: 'read' }>;

function loadOf({ path, excerpt }: CsvInput, { reading, types, rejected, figures }: Rows): DataLoad {
  const selected = ({ asText, castable }: CreateTableOptions, tried = false): string =>
    types.columns
      .map((column) => {
        if (asText !== true) return typedExpression(column, tried);
        return castable?.has(column.name.toLowerCase()) === true
          ? plainTextExpression(column, tried)
          : quoteIdentifier(column.name);
      })
      .join(', ');
  const rows = (options: CreateTableOptions): string =>
    `SELECT ${selected(options)} FROM ${readCsvSql(options.path ?? path, reading, false)}`;
  return {
    rows: types.rows,
    unreadableRows: rejected === null || rejected.kind === 'bare quote' ? 0 : rejected.rows,
    createTableSql: (name, options = {}) => `CREATE TABLE ${quoteIdentifier(name)} AS ${rows(options)}`,
    large:
      figures === null || typeof excerpt !== 'string'
        ? null
        : {
            figures,
            createViewSql: (name, options = {}) => `CREATE VIEW ${quoteIdentifier(name)} AS ${rows(options)}`,
            createExcerptSql: (name, options = {}) =>
              `CREATE TABLE ${quoteIdentifier(name)} AS SELECT ${selected(options, true)} FROM ${excerptSql(excerpt, reading)}`,
          },
  };
}

function tableOf(name: string, types: InferredTypes): Table {
  return {
    schema: null,
    name,
    kind: 'data',
    comment: null,
    columns: types.columns.map((column) => columnOf(column, types.rows)),
    ...withoutKeys,
    line: null,
  };
}

function columnOf(column: InferredColumn, rows: number): Column {
  return {
    name: column.name,
    rawType: column.rawType,
    ...duckDbColumnType(column.rawType),
    nullable: column.nulls > 0 || rows === 0,
    default: null,
    comment: null,
    identity: false,
    generated: null,
  };
}

/** What was found of the way in which the file is written, where it is not the plain one. */
function found(
  file: string,
  { delimiter, quote, skipLines, header }: CsvStructure,
  types: InferredTypes,
): readonly Diagnostic[] {
  const words: string[] = [];
  const names = new Map([
    ['\t', 'tab'],
    [' ', 'space'],
    ['\u0001', 'control character 1'],
    ['\u001f', 'control character 31'],
  ]);
  if (delimiter !== ',' && types.columns.length > 1) words.push(`delimiter ${names.get(delimiter) ?? delimiter}`);
  if (quote === '') words.push('quotes are ordinary characters');
  if (header !== null && skipLines > 1) words.push(`names in line ${skipLines}`);
  for (const { name, format, number } of types.columns) {
    if (format !== null) words.push(`dates of ${name} as ${format}`);
    if (number !== null)
      words.push(`numbers of ${name} with a decimal ${number.decimal === ',' ? 'comma' : 'point'} and thousands apart`);
  }
  return words.length === 0 ? [] : [problem(file, 'info', `${file} is read with ${words.join('; ')}`)];
}

function remarks(file: string, types: InferredTypes, rejected: Rejected | null): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  if (types.rows === 0) found.push(problem(file, 'warning', `${file} has column names and no rows`));
  for (const column of types.columns) {
    if (!column.ambiguousDate) continue;
    found.push(problem(file, 'info', `Day and month of ${column.name} in ${file} cannot be told apart; it stays text`));
  }
  if (rejected !== null) {
    const { kind, rows, line, sample } = rejected;
    const message =
      kind === 'bare quote'
        ? `${file} holds quotes that are not closed, or not doubled within a quoted value; they are kept as characters`
        : `${rows} rows of ${file} ${remedyOf[kind]}`;
    found.push({ ...problem(file, 'warning', message), line, statement: sample });
  }
  return found;
}

const remedyOf: Readonly<Record<Exclude<Rejected['kind'], 'bare quote'>, string>> = {
  'long row': 'have more cells than columns and are left out; quote cells that hold the delimiter',
  'open quote': 'hold a quote that is opened and not closed, and are left out; close or double it',
};

function problem(file: string, severity: Diagnostic['severity'], message: string): Diagnostic {
  return { severity, message, file, line: null, statement: null };
}

function schemaOf(file: string, tables: readonly Table[], diagnostics: readonly Diagnostic[]): SchemaFile {
  return { file, format: 'csv', dialect: 'duckdb', tables, diagnostics };
}

function without(file: string, diagnostics: readonly Diagnostic[]): DataSource {
  return { schema: schemaOf(file, [], diagnostics), load: null };
}
