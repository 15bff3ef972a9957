import { PortolanError } from '../../shared/errors.ts';
import type { EtlOutline } from '../../shared/model/etl.ts';
import { type Diagnostic, type Dialect, type SchemaFile, dialects } from '../../shared/model/schema.ts';
import {
  type Engine,
  canonicalJson,
  diffSchemas,
  printSchema,
  printSchemaDiff,
  withDialect,
} from '../../engine/index.ts';
import { choice, parseArguments } from '../arguments.ts';
import type { Command, CommandContext } from '../context.ts';
import { fileProblem } from '../file-problem.ts';
import { printDiagnostic, printError, printProblem } from '../print.ts';

const usage = 'Usage: portolan schema FILE… [--dialect D] [--print D], or portolan schema --diff OLD NEW';

/**
 * `schema FILE… [--dialect D]`: each file's tables; a file that cannot be read is reported and the others still are. With
 * `--print D` as the DDL of a dialect, with `--diff` what changed from the first file to the second.
 */
export const schema: Command = async (args, context) => {
  const { engine, progress, json, signal, print } = context;
  const parsed = parseArguments(args, {
    dialect: { type: 'string' },
    print: { type: 'string' },
    diff: { type: 'boolean' },
  });
  const dialect = choice(parsed, 'dialect', dialects) ?? null;
  const printed = choice(parsed, 'print', dialects);
  const isDiff = parsed.has('diff');
  if (parsed.files.length === 0 || (isDiff && (parsed.files.length !== 2 || printed !== undefined)))
    throw new PortolanError(
      'INPUT_INVALID',
      isDiff ? 'schema --diff needs two files' : 'schema needs at least one file',
      {
        hint: usage,
      },
    );
  const files: SchemaFile[] = [];
  let unreadable = 0;
  for (const [i, path] of parsed.files.entries()) {
    progress.step('schema', i, parsed.files.length, path);
    const { file, problem } = await readFile(path, dialect, engine, signal);
    files.push(file);
    if (problem === null) continue;
    unreadable += 1;
    progress.line(problem);
  }
  progress.end();
  if (isDiff) printDiff(files, context);
  else if (printed !== undefined) printDdl(files, printed, context);
  else print(json ? canonicalJson({ files }, 2) : files.map(printFile).join('\n'));
  return unreadable > 0 ? 2 : 0;
};

function printDiff([before, after]: readonly SchemaFile[], { json, print }: CommandContext): void {
  const diff = diffSchemas(before?.tables ?? [], after?.tables ?? []);
  print(json ? canonicalJson({ diff }, 2) : printSchemaDiff(diff));
}

/** The statements to stdout, what they cannot say to stderr. */
function printDdl(files: readonly SchemaFile[], to: Dialect, { json, print, progress }: CommandContext): void {
  const printed = files.map(({ tables, dialect }) => printSchema(tables, to, dialect));
  const sql = printed.map((file) => file.sql).join('\n');
  const notes = printed.flatMap((file) => file.notes);
  if (json) return print(canonicalJson({ sql, notes }, 2));
  for (const { table, column, message } of notes)
    progress.line(`note    ${table}${column === null ? '' : `.${column}`}: ${message}`);
  print(sql);
}

interface ReadFile {
  readonly file: SchemaFile;
  /** Why the file, or a part of it, could not be read. */
  readonly problem: string | null;
}

async function readFile(path: string, dialect: Dialect | null, engine: Engine, signal: AbortSignal): Promise<ReadFile> {
  try {
    const read = await engine.read(withDialect(await engine.describe(path, 'source'), dialect), signal);
    const file = read.kind === 'schema' ? read.schema : definitionsOf(read.etl);
    const error = file.diagnostics.find((diagnostic) => diagnostic.severity === 'error');
    // A script with one bad statement is read; a truncated export, or a file without a table, is not.
    const isRead = error === undefined || (read.kind === 'schema' && file.tables.length > 0);
    return { file, problem: isRead ? null : printProblem(error) };
  } catch (thrown) {
    const error = fileProblem(thrown);
    const name = error.where?.file ?? path;
    const message = error.hint === undefined ? error.message : `${error.message}. ${error.hint}`;
    const diagnostic: Diagnostic = {
      severity: 'error',
      message,
      file: name,
      line: error.where?.line ?? null,
      statement: null,
    };
    return {
      file: { file: name, format: 'unknown', dialect: null, tables: [], diagnostics: [diagnostic] },
      problem: printError(error),
    };
  }
}

function definitionsOf(etl: EtlOutline): SchemaFile {
  return {
    file: etl.file,
    format: etl.tool,
    dialect: null,
    tables: etl.definitions.map((definition) => definition.table),
    diagnostics: etl.diagnostics,
  };
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function printFile(file: SchemaFile): string {
  const lines = [
    `${file.file}  ${file.format}${file.format !== 'ddl' || file.dialect === null ? '' : ` (${file.dialect})`}  ${counted(file.tables.length, 'table')}, ${counted(
      file.tables.reduce((sum, table) => sum + table.columns.length, 0),
      'column',
    )}`,
  ];
  for (const table of file.tables) {
    lines.push(
      `  ${table.schema === null ? '' : `${table.schema}.`}${table.name}${table.comment === null ? '' : `  -- ${table.comment.split('\n')[0]}`}`,
    );
    for (const column of table.columns) {
      const marks = [table.primaryKey.includes(column.name) ? 'key' : '', column.nullable ? '' : 'not null']
        .filter((mark) => mark !== '')
        .join(', ');
      lines.push(`    ${column.name.padEnd(32)} ${column.rawType.padEnd(20)} ${marks}`.trimEnd());
    }
  }
  lines.push(...file.diagnostics.map((diagnostic) => `  ${printDiagnostic(diagnostic)}`));
  return lines.join('\n');
}
