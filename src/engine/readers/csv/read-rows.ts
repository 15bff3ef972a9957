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
  /** Quotes are taken off whole values and have no other meaning: only where one is opened and never closed. */
  readonly bareQuotes: boolean;
  /** Short rows are filled and long ones left out: only where the strict way fails. */
  readonly lenient: boolean;
  readonly longLines: boolean;
}

const strictly = { bareQuotes: false, lenient: false, longLines: false };
/** Tried in this order; the first that loses nothing, or says what it loses, is the way. */
const ways: readonly Omit<Reading, 'structure' | 'names'>[] = [
  strictly,
  { ...strictly, bareQuotes: true },
  { ...strictly, lenient: true },
  { ...strictly, lenient: true, longLines: true },
];

const rejectsTable = 'portolan_rejected_rows';
const scansTable = 'portolan_rejected_scans';
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
    if (way.bareQuotes && !(structure.quote !== '' && message.includes('unterminated quote'))) continue;
    const reading: Reading = { structure, names, ...way };
    try {
      const read = await readOneWay(session, input, { reading, samples });
      const rejected = reading.bareQuotes
        ? await bareQuotes(session, input, { reading, rows: read.types.rows, message })
        : reading.lenient
          ? await rejectedRows(session, reading)
          : null;
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
  const { names, lenient } = reading;
  if (lenient) await session.run(`DROP TABLE IF EXISTS ${rejectsTable}; DROP TABLE IF EXISTS ${scansTable}`);
  const fromSql = readCsvSql(path, reading, lenient);
  if (typeof excerpt === 'string')
    return measureColumns(session, { fromSql, excerptSql: excerptSql(excerpt, reading), names, samples });
  return { types: await inferColumnTypes(session, fromSql, names, samples), figures: null };
}

/** Throws where more than single rows have such quotes: then they do hold delimiters and line ends together. */
async function bareQuotes(
  session: SqlSession,
  { path, file }: RowsInput,
  { reading, rows, message }: { readonly reading: Reading; readonly rows: number; readonly message: string },
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

async function rejectedRows(session: SqlSession, { longLines }: Reading): Promise<Rejected | null> {
  const { rows } = await session.query(
    `SELECT count(*), min(line), arg_min(sample, line), sum(lines) FILTER (WHERE open), bool_or(open AND length(sample) >= ${cutSample}),
      bool_or(long) FROM (SELECT line, min(csv_line) AS sample, bool_or(error_type = 'UNQUOTED VALUE') AS open,
      max(length(csv_line) - length(replace(csv_line, chr(10), '')) + 1) AS lines,
      bool_or(error_type = 'LINE SIZE OVER MAXIMUM') AS long FROM ${rejectsTable} GROUP BY line)`,
  );
  await session.run(`DROP TABLE ${rejectsTable}; DROP TABLE ${scansTable}`);
  const [count, line, sample, open, isEndless, isTooLong] = rows[0] ?? [];
  if (toCount(count) === 0) return null;
  if (isTooLong === true && !longLines)
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

/** The table function, all columns as text. */
export function readCsvSql(path: string, reading: Reading, storeRejects: boolean): string {
  const { structure, names, bareQuotes: bare } = reading;
  const quote = quoteLiteral(bare ? '' : structure.quote);
  const columns = names.map((name) => `${quoteLiteral(name)}: 'VARCHAR'`).join(', ');
  const options = [
    quoteLiteral(path),
    'auto_detect = false',
    'header = false',
    `skip = ${structure.skipLines}`,
    `delim = ${quoteLiteral(structure.delimiter)}`,
    `quote = ${quote}`,
    `escape = ${quote}`,
    `nullstr = ''`,
    `columns = {${columns}}`,
  ];
  // In parallel, how many rows are left out differs from run to run.
  if (reading.lenient) options.push('null_padding = true', 'ignore_errors = true', 'parallel = false');
  if (storeRejects)
    options.push('store_rejects = true', `rejects_table = '${rejectsTable}'`, `rejects_scan = '${scansTable}'`);
  // DuckDB's buffers are sixteen times the longest line: very long lines are allowed only where nothing else helps.
  if (reading.longLines) options.push('max_line_size = 16777216');
  const from = `read_csv(${options.join(', ')})`;
  return bare ? `(SELECT ${names.map(withoutQuotes).join(', ')} FROM ${from})` : from;
}

function withoutQuotes(name: string): string {
  const text = quoteIdentifier(name);
  const inner = `nullif(replace(substr(${text}, 2, length(${text}) - 2), '""', '"'), '')`;
  const isQuoted = `starts_with(${text}, '"') AND ends_with(${text}, '"') AND strlen(${text}) > 1`;
  return `CASE WHEN ${isQuoted} THEN ${inner} ELSE ${text} END AS ${text}`;
}

/** The lines of an excerpt may be cut within a value that goes over several: such rows are left out. */
export function excerptSql(path: string, reading: Reading): string {
  return readCsvSql(path, { ...reading, lenient: true }, false);
}
