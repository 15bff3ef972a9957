/** How the rows of a delimited file are read: strictly where that works, else in the way that loses least and says what. */
import { PortolanError } from '../../../shared/errors.ts';
import { quoteIdentifier, quoteLiteral } from '../../core/text.ts';
import type { SqlSession } from '../../ports/sql-runner.ts';
import type { CsvStructure } from './csv-structure.ts';
import { type InferredTypes, inferColumnTypes, toCount } from './infer-column-types.ts';
import { type MeasuredTypes, measureColumns } from './measure-columns.ts';

export interface RowsInput {
  /** What DuckDB reads; the session must allow it. UTF-8. */
  readonly path: string;
  /** The name that outputs show. */
  readonly file: string;
  /** Where an excerpt of a large file lies; null measures nothing beside the types. */
  readonly excerpt?: string | null;
}

/** How the file is read. */
export interface Reading {
  readonly structure: CsvStructure;
  readonly names: readonly string[];
  readonly way: Way;
}

/** Tried in this order; the first that loses nothing, or says what it loses, is the way. */
const ways = [
  'strict',
  /** Quotes are taken off whole values and have no other meaning: only where one is opened and never closed. */
  'bare quotes',
  /** Only where they are mixed. */
  'any line end',
  /** Short rows are filled and long ones left out. */
  'lenient',
  'long lines',
] as const;
type Way = (typeof ways)[number];

/** What a failure of the way before must say for these to be tried. */
const triedAfter: ReadonlyMap<Way, string> = new Map([
  ['bare quotes', 'unterminated quote'],
  ['any line end', 'invalid state'],
]);

const rejectsTable = 'portolan_rejected_rows';
const scansTable = 'portolan_rejected_scans';
/** Not strict, the reader drops cells that no column is declared for. */
const furtherCell = 'portolan_further_cell';
const sampledValues = 200;
/** DuckDB keeps as many characters of a row that it cannot read. */
const cutSample = 10_000;
/** The share of rows that may hold a quote without its other half. */
const mostBareQuotes = 0.01;

/** Rows that cannot be read as they are written. */
export interface Rejected {
  readonly kind: 'long row' | 'open quote' | 'bare quote';
  readonly rows: number;
  readonly line: number | null;
  readonly sample: string | null;
}

export type ReadRows =
  | {
      readonly kind: 'read';
      readonly types: InferredTypes;
      readonly reading: Reading;
      readonly rejected: Rejected | null;
      readonly figures: MeasuredTypes['figures'] | null;
    }
  | { readonly kind: 'failed'; readonly reason: string };

/** Reads all rows once, or more often where they are not written strictly. */
export async function readRows(
  session: SqlSession,
  input: RowsInput,
  structure: CsvStructure,
  names: readonly string[],
): Promise<ReadRows> {
  const samples = names.map((_, index) =>
    structure.records
      .slice(0, sampledValues)
      .map((record) => record[index] ?? '')
      .filter((value) => value !== ''),
  );
  let message = '';
  for (const way of ways) {
    if (!message.includes(triedAfter.get(way) ?? '')) continue;
    const reading: Reading = { structure, names, way };
    try {
      const read = await readOneWay(session, input, { reading, samples });
      const rejected = await rejectedBy(session, input, { reading, rows: read.types.rows, message });
      return { kind: 'read', ...read, reading, rejected };
    } catch (thrown) {
      if (!(thrown instanceof PortolanError) || thrown.code !== 'INPUT_INVALID') throw thrown;
      message = thrown.message;
    }
  }
  return { kind: 'failed', reason: message.split('\n')[0] ?? '' };
}

async function readOneWay(
  session: SqlSession,
  { path, excerpt }: RowsInput,
  { reading, samples }: { readonly reading: Reading; readonly samples: readonly (readonly string[])[] },
): Promise<{ readonly types: InferredTypes; readonly figures: MeasuredTypes['figures'] | null }> {
  const { names } = reading;
  const isLenient = leavesOut(reading);
  if (isLenient) await session.run(`DROP TABLE IF EXISTS ${rejectsTable}; DROP TABLE IF EXISTS ${scansTable}`);
  const fromSql = readCsvSql(path, reading, isLenient);
  if (typeof excerpt === 'string')
    return measureColumns(session, { fromSql, excerptSql: excerptSql(excerpt, reading), names, samples });
  return { types: await inferColumnTypes(session, fromSql, names, samples), figures: null };
}

const leavesOut = ({ way }: Reading): boolean => way === 'lenient' || way === 'long lines';

interface Read {
  readonly reading: Reading;
  readonly rows: number;
  /** What was wrong with the way before. */
  readonly message: string;
}

async function rejectedBy(session: SqlSession, input: RowsInput, read: Read): Promise<Rejected | null> {
  const { way } = read.reading;
  if (way === 'bare quotes') return bareQuotes(session, input, read);
  if (way === 'any line end') return rowsWithFurtherCells(session, input, read);
  return leavesOut(read.reading) ? rejectedRows(session, read.reading) : null;
}

async function rowsWithFurtherCells(
  session: SqlSession,
  { path }: RowsInput,
  { reading }: Read,
): Promise<Rejected | null> {
  const { rows } = await session.query(`SELECT count(${furtherCell}) FROM ${tableFunction(path, reading, false)}`);
  const count = toCount(rows[0]?.[0]);
  return count === 0 ? null : { kind: 'long row', rows: count, line: null, sample: null };
}

/** Throws where more than single rows have such quotes: then they do hold delimiters and line ends together. */
async function bareQuotes(
  session: SqlSession,
  { path, file }: RowsInput,
  { reading, rows, message }: Read,
): Promise<Rejected> {
  const halves = reading.names.map((name) => {
    const text = quoteIdentifier(name);
    return `starts_with(${text}, '"') <> ends_with(${text}, '"')`;
  });
  const { rows: found } = await session.query(
    `SELECT count_if(${halves.join(' OR ')}) FROM ${readCsvSql(path, reading, false)}`,
  );
  const odd = toCount(found[0]?.[0]);
  if (odd > rows * mostBareQuotes) throw new PortolanError('INPUT_INVALID', `${file} holds quotes that are not closed`);
  const line = /CSV Error on Line: (\d+)/.exec(message)?.[1];
  return { kind: 'bare quote', rows: odd, line: line === undefined ? null : Number(line), sample: null };
}

async function rejectedRows(session: SqlSession, { way }: Reading): Promise<Rejected | null> {
  const { rows } = await session.query(
    `SELECT count(*), min(line), arg_min(sample, line), sum(lines) FILTER (WHERE open), bool_or(open AND length(sample) >= ${cutSample}),
      bool_or(long) FROM (SELECT line, min(csv_line) AS sample, bool_or(error_type = 'UNQUOTED VALUE') AS open,
      max(length(csv_line) - length(replace(csv_line, chr(10), '')) + 1) AS lines,
      bool_or(error_type = 'LINE SIZE OVER MAXIMUM') AS long FROM ${rejectsTable} GROUP BY line)`,
  );
  await session.run(`DROP TABLE ${rejectsTable}; DROP TABLE ${scansTable}`);
  const [count, line, sample, open, isEndless, isTooLong] = rows[0] ?? [];
  if (toCount(count) === 0) return null;
  if (isTooLong === true && way !== 'long lines')
    throw new PortolanError('INPUT_INVALID', `line ${String(line)} is longer than two million characters`);
  if (isEndless === true)
    throw new PortolanError('INPUT_INVALID', `a quote that is opened in line ${String(line)} is never closed`);
  return {
    kind: toCount(open) > 0 ? 'open quote' : 'long row',
    rows: Math.max(toCount(count), toCount(open)),
    line: line === null || line === undefined ? null : Number(line),
    sample: sample === null ? null : String(sample).slice(0, 120),
  };
}

/** All rows, all columns as text. */
export function readCsvSql(path: string, reading: Reading, storeRejects: boolean): string {
  const from = tableFunction(path, reading, storeRejects);
  const { names, way } = reading;
  if (way === 'bare quotes') return `(SELECT ${names.map(withoutQuotes).join(', ')} FROM ${from})`;
  if (way === 'any line end') return `(SELECT * EXCLUDE (${furtherCell}) FROM ${from} WHERE ${furtherCell} IS NULL)`;
  return from;
}

function tableFunction(path: string, reading: Reading, storeRejects: boolean): string {
  const { structure, names, way } = reading;
  const quote = quoteLiteral(way === 'bare quotes' ? '' : structure.quote);
  const cells = way === 'any line end' ? [...names, furtherCell] : names;
  const options = [
    quoteLiteral(path),
    'auto_detect = false',
    'header = false',
    `skip = ${structure.skipLines}`,
    `delim = ${quoteLiteral(structure.delimiter)}`,
    `quote = ${quote}`,
    `escape = ${quote}`,
    `nullstr = ''`,
    `columns = {${cells.map((name) => `${quoteLiteral(name)}: 'VARCHAR'`).join(', ')}}`,
  ];
  if (way === 'any line end') options.push('strict_mode = false', 'null_padding = true');
  // In parallel, how many rows are left out differs from run to run.
  if (leavesOut(reading)) options.push('null_padding = true', 'ignore_errors = true', 'parallel = false');
  if (storeRejects)
    options.push('store_rejects = true', `rejects_table = '${rejectsTable}'`, `rejects_scan = '${scansTable}'`);
  // DuckDB's buffers are sixteen times the longest line: very long lines are allowed only where nothing else helps.
  if (way === 'long lines') options.push('max_line_size = 16777216');
  return `read_csv(${options.join(', ')})`;
}

function withoutQuotes(name: string): string {
  const text = quoteIdentifier(name);
  const inner = `nullif(replace(substr(${text}, 2, length(${text}) - 2), '""', '"'), '')`;
  const isQuoted = `starts_with(${text}, '"') AND ends_with(${text}, '"') AND strlen(${text}) > 1`;
  return `CASE WHEN ${isQuoted} THEN ${inner} ELSE ${text} END AS ${text}`;
}

/** The lines of an excerpt may be cut within a value that goes over several: such rows are left out. */
export function excerptSql(path: string, reading: Reading): string {
  return readCsvSql(path, { ...reading, way: reading.way === 'strict' ? 'lenient' : reading.way }, false);
}
