/**
 * Scripts of any database to the schema model. Reads names, types and keys from the tokens themselves, so that storage
 * clauses and unknown options never cost a table. It does not check a script: what a database would refuse may be read.
 */
import type { Dialect, SchemaFile } from '../../../shared/model/schema.ts';
import { Catalogue, type Deferred, type StatementContext } from './catalogue.ts';
import { detectDialect } from './detect-dialect.ts';
import { DiagnosticList } from './diagnostic-list.ts';
import { executedTexts, type ExecutedText } from './executed-texts.ts';
import { finishTable } from './finish-table.ts';
import { readSelectColumns } from './read-select.ts';
import { readStatement } from './read-statement.ts';
import { StatementSplitter } from './statement-splitter.ts';
import { syntaxOf } from './syntax.ts';
import type { Statement } from './token.ts';
import { DdlSyntaxError, TokenCursor } from './token-cursor.ts';

export interface DdlInput {
  readonly text: string;
  /** The name that the user knows the file by. */
  readonly file: string;
  /** Null or absent: detected. */
  readonly dialect?: Dialect | null;
}

interface OpenFile {
  readonly input: DdlInput;
  readonly dialect: Dialect | null;
  readonly diagnostics: DiagnosticList;
}

/** The schema of one script. Never throws for what the script says: defects come back as diagnostics. */
export function readDdl(
  text: string,
  options: { readonly file: string; readonly dialect?: Dialect | null },
): SchemaFile {
  const [schema] = readDdlFiles([{ text, ...options }]);
  if (schema === undefined) throw new Error('no schema for the file');
  return schema;
}

/**
 * The schemas of several scripts of one database, one a file. Keys, comments and changes in one script find tables of
 * another, whatever their order.
 */
export function readDdlFiles(inputs: readonly DdlInput[]): readonly SchemaFile[] {
  const catalogue = new Catalogue();
  const files = inputs.map((input): OpenFile => ({
    input,
    dialect: input.dialect ?? detectDialect(input.text),
    diagnostics: new DiagnosticList(input.file),
  }));
  files.forEach((file, index) => readFile(file, index, catalogue));
  const waiting = applyDeferred(files, catalogue);
  applyPending(catalogue);
  reportMissing(applyDeferred(files, catalogue, waiting), files);
  return files.map(({ input, dialect, diagnostics }, index) => {
    const drafts = catalogue.tables.filter((table) => table.file === index).toSorted((a, b) => a.line - b.line);
    const tables = drafts.map((table) => finishTable(table, catalogue, dialect));
    if (tables.length === 0)
      diagnostics.add(
        'warning',
        'No table is defined in the file; check that it is a DDL script and that its dialect is right',
      );
    return { file: input.file, format: 'ddl', dialect, tables, diagnostics: diagnostics.finish() };
  });
}

/** Where a script is read into, and where what it says is reported. */
interface Place {
  readonly text: string;
  readonly dialect: Dialect | null;
  readonly file: number;
  readonly diagnostics: DiagnosticList;
  readonly catalogue: Catalogue;
  /** How many texts of a script this one stands in: a text that a block runs may hold a block. */
  readonly nesting: number;
}

const maxNesting = 3;

function readFile({ input, dialect, diagnostics }: OpenFile, file: number, catalogue: Catalogue): void {
  const { text } = input;
  const splitter = readScript({ text, dialect, file, diagnostics, catalogue, nesting: 0 }, 1);
  for (const line of splitter.unclosed)
    diagnostics.add(
      'error',
      'A quote or comment that begins here is not closed; it is read up to the end of its line',
      line,
    );
  for (const line of splitter.strayQuotes)
    diagnostics.add('warning', 'A quote between two statements is left out', line);
  for (const line of splitter.endless)
    diagnostics.add(
      'warning',
      'The end of the procedure that begins here is not found; statements after it are read from the next CREATE on',
      line,
    );
}

function readScript(place: Place, line: number): StatementSplitter {
  const { text, dialect, diagnostics, nesting } = place;
  const splitter = new StatementSplitter(text, dialect, { line, inBlock: nesting > 0 });
  for (const statement of splitter.statements()) {
    const source = (): string => text.slice(statement.start, Math.min(statement.end, statement.start + 1000));
    const context = contextOf(statement, source, place);
    try {
      readStatement(new TokenCursor(text, statement.tokens), context);
    } catch (error) {
      if (!(error instanceof DdlSyntaxError)) throw error;
      diagnostics.add('error', `The statement is left out: ${error.message}`, error.line, source());
    }
  }
  return splitter;
}

function contextOf(statement: Statement, source: () => string, place: Place): StatementContext {
  const { catalogue, dialect, file, diagnostics, nesting } = place;
  const { line } = statement;
  const readText = ({ text, line: at }: ExecutedText): void => {
    readScript({ ...place, text, nesting: nesting + 1 }, at);
  };
  const context: StatementContext = {
    catalogue,
    dialect,
    file,
    line,
    nested: nesting > 0,
    // Most of a block is no definition, and says so.
    report: (severity, message, at = line) => {
      if (nesting === 0 || severity !== 'info') diagnostics.add(severity, message, at, source());
    },
    readNested: (text, at) => {
      if (nesting >= maxNesting) return;
      const block = text ?? place.text.slice(statement.start, statement.end);
      if (text !== null) readText({ text, line: at });
      executedTexts(block, at, syntaxOf(dialect)).forEach(readText);
    },
    withTable: (table, apply) => {
      const known = catalogue.find(table);
      if (known === undefined) catalogue.deferred.push({ table, line, file, statement: source(), apply });
      else apply(known);
    },
    withSource: (table, apply) => {
      const known = catalogue.find(table);
      if (known !== undefined) apply(known);
      else
        catalogue.pending.push({
          ready: () => catalogue.find(table) !== undefined,
          apply: () => apply(catalogue.find(table)),
        });
    },
    withQuery: (cursor, apply) => {
      let query = readSelectColumns(cursor, context);
      if (query?.unknown !== true) return apply(query);
      const ready = (): boolean => (query = readSelectColumns(cursor, context))?.unknown !== true;
      catalogue.pending.push({ ready, apply: () => apply(query) });
    },
  };
  return context;
}

const maxPasses = 10;

/** Queries and copies on tables that came later. One may wait for another; what stays unknown is read as it is. */
function applyPending(catalogue: Catalogue): void {
  let pending = catalogue.pending.splice(0);
  for (let pass = 0; pass < maxPasses; pass += 1) {
    const waiting = pending.filter((item) => {
      const ready = item.ready();
      if (ready) item.apply();
      return !ready;
    });
    if (waiting.length === pending.length) break;
    pending = waiting;
  }
  for (const item of pending) item.apply();
}

/** Statements on tables that came later; gives back those whose table is not known yet. */
function applyDeferred(files: readonly OpenFile[], catalogue: Catalogue, items = catalogue.deferred): Deferred[] {
  return items.filter((item) => {
    const table = catalogue.find(item.table);
    if (table !== undefined) applyLate(item, table, files);
    return table === undefined;
  });
}

/** One warning for each table that never came. */
function reportMissing(items: readonly Deferred[], files: readonly OpenFile[]): void {
  const missing = new Map<string, { readonly first: Deferred; count: number }>();
  for (const item of items) {
    const key = `${item.file} ${item.table.schema ?? ''}.${item.table.name}`.toLowerCase();
    const known = missing.get(key);
    if (known === undefined) missing.set(key, { first: item, count: 1 });
    else known.count += 1;
  }
  for (const { first, count } of missing.values()) {
    const what = count === 1 ? 'a statement on it is' : `${count} statements on it are`;
    files[first.file]?.diagnostics.add(
      'warning',
      `No table ${first.table.name} is created in the files read together; ${what} left out`,
      first.line,
      first.statement,
    );
  }
}

function applyLate(item: Deferred, table: Parameters<typeof item.apply>[0], files: readonly OpenFile[]): void {
  try {
    item.apply(table);
  } catch (error) {
    if (!(error instanceof DdlSyntaxError)) throw error;
    files[item.file]?.diagnostics.add(
      'error',
      `The statement is left out: ${error.message}`,
      error.line,
      item.statement,
    );
  }
}
