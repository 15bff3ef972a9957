/** Types of text columns: proposed from the first records, then proved on every row of the file. */
import { quoteIdentifier, quoteLiteral } from '../../core/text.ts';
import type { SqlSession, SqlValue } from '../../ports/sql-runner.ts';

export interface InferredColumn {
  readonly name: string;
  /** A DuckDB type that every value of the column converts to without loss. */
  readonly rawType: string;
  /** strptime format of dates that are not written the ISO way. */
  readonly format: string | null;
  /** Where numbers have a decimal comma, or separators between thousands: which character is which. */
  readonly number: NumberFormat | null;
  readonly nulls: number;
  /** A date whose day and month cannot be told apart. */
  readonly ambiguousDate: boolean;
}

export interface InferredTypes {
  readonly rows: number;
  readonly columns: readonly InferredColumn[];
}

export interface NumberFormat {
  readonly decimal: ',' | '.';
  /** Empty where thousands are not separated. */
  readonly thousands: string;
}

interface Candidate {
  readonly rawType: string;
  readonly format: string | null;
  readonly number?: NumberFormat;
  /** A SQL condition on a non-null text value. */
  readonly fits: (column: string) => string;
}

const matches = (pattern: string) => (column: string) => `regexp_full_match(${column}, ${quoteLiteral(pattern)})`;

// Numbers with leading zeros are codes: 00123 is not 123. More than 17 characters do not fit a DOUBLE exactly.
const integer: Candidate = { rawType: 'BIGINT', format: null, fits: matches('-?(0|[1-9][0-9]{0,17})') };
const double: Candidate = {
  rawType: 'DOUBLE',
  format: null,
  fits: (column) =>
    `${matches('[-+]?((0|[1-9][0-9]*)([.][0-9]*)?|[.][0-9]+)([eE][-+]?[0-9]{1,2})?')(column)} AND length(${column}) <= 17`,
};
const boolean: Candidate = {
  rawType: 'BOOLEAN',
  format: null,
  fits: (column) => `lower(${column}) IN ('true', 'false')`,
};
const isoDate: Candidate = {
  rawType: 'DATE',
  format: null,
  fits: (column) => `${matches('[0-9]{4}-[0-9]{2}-[0-9]{2}')(column)} AND TRY_CAST(${column} AS DATE) IS NOT NULL`,
};
const isoTimestamp: Candidate = {
  rawType: 'TIMESTAMP',
  format: null,
  fits: (column) =>
    `${matches('[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?')(column)} AND TRY_CAST(${column} AS TIMESTAMP) IS NOT NULL`,
};
const time: Candidate = {
  rawType: 'TIME',
  format: null,
  fits: (column) =>
    `${matches('[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?')(column)} AND TRY_CAST(${column} AS TIME) IS NOT NULL`,
};
const formatted = (rawType: 'DATE' | 'TIMESTAMP', format: string): Candidate => ({
  rawType,
  format,
  fits: (column) => `try_strptime(${column}, ${quoteLiteral(format)}) IS NOT NULL`,
});

/** Groups of three digits and a decimal part; plain digits are allowed where at least one sample shows the format. */
const grouped = (decimal: ',' | '.', thousands: string): Candidate => {
  const group = thousands === '.' ? '[.]' : thousands;
  return {
    rawType: 'DOUBLE',
    format: null,
    number: { decimal, thousands },
    fits: (column) =>
      `${matches(`[-+]?([0-9]{1,15}|[0-9]{1,3}(${group}[0-9]{3}){1,4})([${decimal}][0-9]+)?`)(column)} AND length(${column}) <= 22`,
  };
};

/** Dates with month names, year first or a zone; the rest of the formats is found by day and month. */
const otherDates: readonly (readonly [RegExp, readonly Candidate[]])[] = [
  [/^\d{4}\/\d{1,2}\/\d{1,2}$/, [formatted('DATE', '%Y/%m/%d')]],
  [/^\d{1,2}-[A-Za-z]{3}-\d{4}$/, [formatted('DATE', '%d-%b-%Y')]],
  [/^\d{1,2}-[A-Za-z]{3}-\d{2}$/, [formatted('DATE', '%d-%b-%y')]],
  [/^\d{1,2} [A-Za-z]{3} \d{4}$/, [formatted('DATE', '%d %b %Y')]],
  [/^\d{1,2}\.\d{1,2}\.\d{2}$/, [formatted('DATE', '%d.%m.%y')]],
  [
    /^\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d{2}:\d{2} [AP]M$/i,
    [formatted('TIMESTAMP', '%m/%d/%Y %I:%M:%S %p'), formatted('TIMESTAMP', '%d/%m/%Y %I:%M:%S %p')],
  ],
  [/^\d{4}\/\d{1,2}\/\d{1,2} \d{1,2}:\d{2}:\d{2}$/, [formatted('TIMESTAMP', '%Y/%m/%d %H:%M:%S')]],
];

/** `1.234,50` and `12,5`; `1,234.50`. One group alone could be either, so it stays text. */
function numbersWithSeparators(samples: readonly string[]): readonly Candidate[] {
  const some = (test: RegExp): boolean => samples.some((sample) => test.test(sample));
  if (!samples.every((sample) => /^[-+]?\d[\d.,]*$/.test(sample)) || !some(/,/)) return [];
  if (some(/\.\d{3},/) || some(/,\d{1,2}$/) || some(/,\d{4,}$/) || some(/^[-+]?0,\d/)) return [grouped(',', '.')];
  return some(/,\d{3}\./) ? [grouped('.', ',')] : [];
}

const writtenDate = /^\d{1,2}([/.-])\d{1,2}\1\d{4}( \d{1,2}:\d{2}(:\d{2})?)?$/;

/** Candidates in order of preference; the first that fits every value is the type. */
function candidatesFor(samples: readonly string[]): readonly Candidate[] {
  const all = (test: RegExp): boolean => samples.every((sample) => test.test(sample));
  if (all(/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/)) return [integer, double];
  if (all(/^(true|false)$/i)) return [boolean];
  if (all(/^\d{4}-\d\d-\d\d$/)) return [isoDate, isoTimestamp];
  if (all(/^\d{4}-\d\d-\d\d[ T]/)) return [isoTimestamp];
  if (all(/^\d\d:\d\d:\d\d/)) return [time];
  const numbers = numbersWithSeparators(samples);
  if (numbers.length > 0) return numbers;
  const other = otherDates.find(([pattern]) => all(pattern));
  if (other !== undefined) return other[1];
  const found = writtenDate.exec(samples[0] ?? '');
  if (found === null || !all(writtenDate)) return [];
  const separator = found[1] ?? '/';
  const clock = found[2] === undefined ? '' : found[3] === undefined ? ' %H:%M' : ' %H:%M:%S';
  const rawType = clock === '' ? 'DATE' : 'TIMESTAMP';
  const parts = (first: string, second: string): string => `${first}${separator}${second}${separator}%Y${clock}`;
  return [formatted(rawType, parts('%m', '%d')), formatted(rawType, parts('%d', '%m'))];
}

interface Tried {
  readonly name: string;
  readonly candidates: readonly Candidate[];
  /** Also ask for the smallest and largest value: nothing is known of the column yet. */
  readonly unknown: boolean;
}

interface Measured {
  readonly filled: number;
  /** Candidates that fit every value. */
  readonly fitting: readonly Candidate[];
  readonly extremes: readonly string[];
}

/** DuckDB's planning time grows with the square of the expressions in a query. */
const figuresAtOnce = 250;

/**
 * `fromSql` yields all columns as text; `samples` are the first values of each column. One pass over the file, more for very
 * wide files and for columns that are empty at first.
 */
export async function inferColumnTypes(
  session: SqlSession,
  fromSql: string,
  names: readonly string[],
  samples: readonly (readonly string[])[],
): Promise<InferredTypes> {
  const columns = names.map((name, index) => ({ name, samples: samples[index] ?? [] }));
  const first = await measure(session, fromSql, columns.map(toTried));
  const empty = columns.filter(
    (column) => column.samples.length === 0 && (first.columns.get(column.name)?.filled ?? 0) > 0,
  );
  const later = empty.map(({ name }) => toTried({ name, samples: first.columns.get(name)?.extremes ?? [] }));
  const second = later.length === 0 ? null : await measure(session, fromSql, later);
  return {
    rows: first.rows,
    columns: names.map((name): InferredColumn => {
      const found = second?.columns.get(name) ?? first.columns.get(name);
      return { name, nulls: first.rows - (found?.filled ?? 0), ...chosen(found?.fitting ?? []) };
    }),
  };
}

function toTried({ name, samples }: { readonly name: string; readonly samples: readonly string[] }): Tried {
  return { name, candidates: samples.length === 0 ? [] : candidatesFor(samples), unknown: samples.length === 0 };
}

async function measure(
  session: SqlSession,
  fromSql: string,
  columns: readonly Tried[],
): Promise<{ readonly rows: number; readonly columns: ReadonlyMap<string, Measured> }> {
  const measured = new Map<string, Measured>();
  let rows = 0;
  for (const batch of batches(columns)) {
    const result = await session.query(
      `SELECT ${['count(*)', ...batch.flatMap(figuresOf)].join(', ')} FROM ${fromSql}`,
    );
    const values = result.rows[0] ?? [];
    rows = toCount(values[0]);
    let next = 1;
    for (const column of batch) {
      const size = figuresOf(column).length;
      measured.set(column.name, read(column, values.slice(next, next + size)));
      next += size;
    }
  }
  return { rows, columns: measured };
}

function figuresOf({ name, candidates, unknown }: Tried): readonly string[] {
  const column = quoteIdentifier(name);
  const extremes = unknown ? [`min(${column})`, `max(${column})`] : [];
  return [`count(${column})`, ...extremes, ...candidates.map((candidate) => `count_if(${candidate.fits(column)})`)];
}

function read({ candidates, unknown }: Tried, values: readonly SqlValue[]): Measured {
  const filled = toCount(values[0]);
  const extremes = unknown
    ? values
        .slice(1, 3)
        .filter((value) => value !== null)
        .map(String)
    : [];
  const fits = values.slice(unknown ? 3 : 1);
  return { filled, extremes, fitting: candidates.filter((_, index) => filled > 0 && toCount(fits[index]) === filled) };
}

function batches(columns: readonly Tried[]): readonly (readonly Tried[])[] {
  const found: Tried[][] = [];
  let size = figuresAtOnce;
  for (const column of columns) {
    const figures = figuresOf(column).length;
    if (size + figures > figuresAtOnce) {
      found.push([]);
      size = 0;
    }
    found.at(-1)?.push(column);
    size += figures;
  }
  return found;
}

function chosen(
  fitting: readonly Candidate[],
): Pick<InferredColumn, 'rawType' | 'format' | 'number' | 'ambiguousDate'> {
  const written = fitting.filter((candidate) => candidate.format !== null);
  if (written.length > 1) return { rawType: 'VARCHAR', format: null, number: null, ambiguousDate: true };
  const first = fitting[0];
  return {
    rawType: first?.rawType ?? 'VARCHAR',
    format: first?.format ?? null,
    number: first?.number ?? null,
    ambiguousDate: false,
  };
}

/** A count that DuckDB returned. */
export function toCount(value: SqlValue | undefined): number {
  return value === null || value === undefined ? 0 : Number(value);
}

/** The SQL expression that turns the text column into its inferred type. */
export function typedExpression(column: InferredColumn): string {
  const name = quoteIdentifier(column.name);
  return column.rawType === 'VARCHAR' ? name : `${typedValue(column)} AS ${name}`;
}

/** The column as text; where its dates and numbers are written another way, in the way that a cast understands. */
export function plainTextExpression(column: InferredColumn): string {
  const name = quoteIdentifier(column.name);
  return column.format === null && column.number === null ? name : `CAST(${typedValue(column)} AS VARCHAR) AS ${name}`;
}

function typedValue({ name: column, format, number, rawType }: InferredColumn): string {
  const name = quoteIdentifier(column);
  if (format !== null) return `CAST(strptime(${name}, ${quoteLiteral(format)}) AS ${rawType})`;
  if (number === null) return `CAST(${name} AS ${rawType})`;
  const bare = `replace(${name}, ${quoteLiteral(number.thousands)}, '')`;
  return `CAST(${number.decimal === ',' ? `replace(${bare}, ',', '.')` : bare} AS ${rawType})`;
}
