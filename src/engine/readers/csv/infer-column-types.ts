/** Types of text columns: proposed from the first records, then proved on every row of the file. */
import { quoteIdentifier } from '../../core/text.ts';
import type { SqlSession, SqlValue } from '../../ports/sql-runner.ts';
import { type Candidate, type NumberFormat, type QuickProof, candidatesFor, typedValue } from './type-candidates.ts';

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
  /** A SQL condition that is true of a text value of this type; null for text. */
  readonly fits: Candidate['fits'] | null;
  readonly quick: QuickProof | null;
}

export interface InferredTypes {
  readonly rows: number;
  readonly columns: readonly InferredColumn[];
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

function chosen(fitting: readonly Candidate[]): Omit<InferredColumn, 'name' | 'nulls'> {
  const written = fitting.filter((candidate) => candidate.format !== null);
  if (written.length > 1)
    return { rawType: 'VARCHAR', format: null, number: null, ambiguousDate: true, fits: null, quick: null };
  const first = fitting[0];
  return {
    rawType: first?.rawType ?? 'VARCHAR',
    format: first?.format ?? null,
    number: first?.number ?? null,
    ambiguousDate: false,
    fits: first?.fits ?? null,
    quick: first?.quick ?? null,
  };
}

/** A count that DuckDB returned. */
export function toCount(value: SqlValue | undefined): number {
  return value === null || value === undefined ? 0 : Number(value);
}

/** The SQL expression that turns the text column into its inferred type; `tried`: null where a value does not fit. */
export function typedExpression(column: InferredColumn, tried = false): string {
  const name = quoteIdentifier(column.name);
  return column.rawType === 'VARCHAR' ? name : `${typedValue(name, column, tried)} AS ${name}`;
}

/** The column as text; where its dates and numbers are written another way, in the way that a cast understands. */
export function plainTextExpression(column: InferredColumn, tried = false): string {
  const name = quoteIdentifier(column.name);
  const isPlain = column.format === null && column.number === null;
  return isPlain ? name : `CAST(${typedValue(name, column, tried)} AS VARCHAR) AS ${name}`;
}
