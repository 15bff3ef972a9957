/** Rows of real files for the raw tables of pipelines, found by table name. */
import { quoteIdentifier } from '../core/text.ts';
import type { PipelineTable } from '../dataflow/model.ts';
import type { PreparedDataFile } from '../ports/data-files.ts';
import type { SqlSession } from '../ports/sql-runner.ts';
import { castableColumns, readDataSchema } from '../readers/csv/index.ts';

export interface GivenFile {
  readonly file: PreparedDataFile;
  readonly format: 'csv' | 'parquet' | 'json';
  /** May fill targets too, which are looked up or changed by key; others fill sources only. */
  readonly fillsTargets: boolean;
  /** A person named the table: one column in common is enough. */
  readonly isNamed?: boolean;
}

/** Rows of real files, for the raw tables that have some. */
export interface GivenData {
  /** Files that a session may read. */
  readonly readable: readonly string[];
  /** Lower-cased names of the tables that have a file. */
  readonly tables: readonly string[];
  /** Makes the rows readable in `session`, by lower-cased table name. */
  load(session: SqlSession, tables: readonly PipelineTable[]): Promise<ReadonlyMap<string, GivenRows>>;
}

export interface GivenRows {
  readonly file: string;
  /** A table of texts in the session; null where the file is not used. */
  readonly relation: string | null;
  /** What differs from what the table expects, or why the file is not used. */
  readonly notes: readonly string[];
}

const maxNames = 8;

/** `CUST_DIM.csv.gz` → `cust_dim`: the table whose rows a file holds. */
export function tableOfFile(fileName: string): string {
  return (fileName.split('.')[0] ?? fileName).toLowerCase();
}

/**
 * `byTable` is keyed by lower-cased table name. A file that nobody named for its table and that has less than half of the
 * table's columns is of another table. `prefix` begins the names of the relations that are made.
 */
export function givenFiles(byTable: ReadonlyMap<string, GivenFile>, prefix = 'given'): GivenData {
  return {
    readable: [...byTable.values()].map(({ file }) => file.path),
    tables: [...byTable.keys()],
    load: (session, tables) => loadRows(session, tables, { byTable, prefix }),
  };
}

async function loadRows(
  session: SqlSession,
  tables: readonly PipelineTable[],
  { byTable, prefix }: { readonly byTable: ReadonlyMap<string, GivenFile>; readonly prefix: string },
): Promise<ReadonlyMap<string, GivenRows>> {
  const loaded = new Map<string, GivenRows>();
  for (const table of tables) {
    const name = table.name.toLowerCase();
    const found = byTable.get(name);
    if (found === undefined || loaded.has(name) || !(found.fillsTargets || table.role === 'source')) continue;
    loaded.set(name, await loadFile(session, table, found, `${prefix}_${loaded.size}`));
  }
  return loaded;
}

async function loadFile(
  session: SqlSession,
  table: PipelineTable,
  { file, format, isNamed }: GivenFile,
  relation: string,
): Promise<GivenRows> {
  const { schema, load } = await readDataSchema(session, file, format);
  const notes = schema.diagnostics.flatMap(({ severity, message, line }) =>
    severity === 'info' ? [] : [line === null ? message : `${message} (line ${line})`],
  );
  const [read] = schema.tables;
  if (read === undefined || load === null) return { file: file.file, relation: null, notes };
  const names = read.columns.map((column) => column.name);
  const byPosition = hasNoHeader(names) && names.length === table.columns.length;
  const called = byPosition ? table.columns.map((column) => column.name) : names;
  const have = new Set(called.map((one) => one.toLowerCase()));
  const lacks = table.columns.filter((column) => !have.has(column.name.toLowerCase())).map((column) => column.name);
  const known = table.columns.length - lacks.length;
  if (table.columns.length > 0 && known * 2 < (isNamed === true ? 1 : table.columns.length)) {
    const differs = `${file.file} has the columns ${some(names)}, and ${table.name} has ${some(lacks)}`;
    return { file: file.file, relation: null, notes: [...notes, differs] };
  }
  await session.run(`DROP TABLE IF EXISTS ${relation}`);
  await session.run(load.createTableSql(relation, { asText: true, castable: castable(table, castableColumns(read)) }));
  if (byPosition) {
    for (const [at, name] of names.entries())
      await session.run(
        `ALTER TABLE ${relation} RENAME COLUMN ${quoteIdentifier(name)} TO ${quoteIdentifier(called[at] ?? name)}`,
      );
    notes.push(`${file.file} has no header line: its columns are taken in the order of ${table.name}`);
  }
  return { file: file.file, relation, notes: [...notes, ...differences(file.file, table, { called, lacks })] };
}

const hasNoHeader = (names: readonly string[]): boolean => names.every((name, at) => name === `column_${at + 1}`);

/** Dates and numbers are read in the file's own way where the table does not take them as text. */
function castable(table: PipelineTable, typed: ReadonlySet<string>): ReadonlySet<string> {
  const textual = new Set(
    table.columns.filter(({ type }) => /^(?:VARCHAR|CHAR|TEXT)/i.test(type)).map(({ name }) => name.toLowerCase()),
  );
  return new Set([...typed].filter((name) => !textual.has(name)));
}

function differences(
  file: string,
  table: PipelineTable,
  { called, lacks }: { readonly called: readonly string[]; readonly lacks: readonly string[] },
): readonly string[] {
  if (table.columns.length === 0) return [];
  const wanted = new Set(table.columns.map((column) => column.name.toLowerCase()));
  const more = called.filter((name) => !wanted.has(name.toLowerCase()));
  return [
    ...(lacks.length === 0 ? [] : [`${file} lacks ${some(lacks)} of ${table.name}: these are NULL`]),
    ...(more.length === 0 ? [] : [`${file} has more than ${table.name}: ${some(more)}; left out`]),
  ];
}

const some = (names: readonly string[]): string =>
  names.length > maxNames
    ? `${names.slice(0, maxNames).join(', ')} and ${names.length - maxNames} more`
    : names.join(', ');
