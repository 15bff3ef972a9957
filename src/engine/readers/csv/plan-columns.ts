/** What is to be asked of each column of a large file in one pass, planned from its excerpt. */
import { quoteIdentifier } from '../../core/text.ts';
import { excerptPlaces } from '../../ports/data-files.ts';
import type { SqlSession, SqlValue } from '../../ports/sql-runner.ts';
import type { DistinctPlan } from './distinct-values.ts';
import { type InferredColumn, type InferredTypes, toCount } from './infer-column-types.ts';
import { type QuickProof, candidatesFor, typedValue } from './type-candidates.ts';

export interface Plan {
  readonly column: InferredColumn;
  /** False where the excerpt cannot tell the type. */
  readonly decided: boolean;
  /** Null where the excerpt holds values that it does not prove. */
  readonly quick: QuickProof | null;
  readonly distinct: DistinctPlan;
}

/** Whole numbers within a range of this size are told apart by one bit each. */
const mostBits = 200_000_000n;
/** Columns with at most as many values are counted in the excerpt where its second half brings no new ones. */
const fewValues = 5000;
/** With as many values in both halves of the excerpt, how many there are in all is known to about five per cent. */
const fewestShared = 400;
/** Halves of rows in another order than by chance tell numbers that lie further apart. */
const greatestDifference = 0.1;
/** DuckDB's planning time grows with the square of the expressions in a query. */
const columnsAtOnce = 30;
const figuresAColumn = 9;

/** `table` holds the excerpt as text; `samples` are the first values of each column. */
export async function planColumns(
  session: SqlSession,
  table: string,
  { rows, columns }: InferredTypes,
  samples: readonly (readonly string[])[],
): Promise<readonly Plan[]> {
  const plans: Plan[] = [];
  for (let at = 0; at < columns.length; at += columnsAtOnce) {
    const some = columns.slice(at, at + columnsAtOnce);
    const figures = some.flatMap((column) => figuresOf(column, rows));
    const result = await session.query(`SELECT ${figures.join(', ')} FROM ${table}`);
    some.forEach((column, index) => {
      const values = (result.rows[0] ?? []).slice(index * figuresAColumn, (index + 1) * figuresAColumn);
      const isOpen = column.rawType === 'VARCHAR' && candidatesFor(samples[at + index] ?? []).length > 0;
      const decided = column.nulls < rows && !column.ambiguousDate && !isOpen;
      const quick = toCount(values[8]) === rows - column.nulls ? column.quick : null;
      plans.push({ column, decided, quick, distinct: distinctPlan(column, rows, values) });
    });
  }
  return plans;
}

function figuresOf(column: InferredColumn, rows: number): readonly string[] {
  const text = quoteIdentifier(column.name);
  const whole = column.rawType === 'BIGINT' ? typedValue(text, column, true) : 'CAST(NULL AS BIGINT)';
  return [
    `count(DISTINCT ${text})`,
    ...[`rowid * 2 < ${rows}`, `rowid * 2 >= ${rows}`, 'rowid % 2 = 0', 'rowid % 2 = 1'].map(
      (half) => `count(DISTINCT CASE WHEN ${half} THEN ${text} END)`,
    ),
    `min(${whole})`,
    `max(${whole})`,
    `count(DISTINCT CAST(${whole} AS HUGEINT) - rowid)`,
    column.quick === null ? '0' : `count_if(${column.quick.condition(text, typedValue(text, column, true))})`,
  ];
}

/** The cheapest way that what the excerpt shows allows. */
function distinctPlan(column: InferredColumn, rows: number, values: readonly SqlValue[]): DistinctPlan {
  const [distinct, first, second, even, odd, from, to, jumps] = values;
  const all = toCount(distinct);
  const differ = all > 0 && all === rows - column.nulls;
  if (column.rawType === 'BIGINT' && differ) {
    if (column.nulls === 0 && toCount(jumps) <= excerptPlaces) return { kind: 'consecutive' };
    const range = rangeOf(from, to);
    if (range !== null) return range;
  }
  if (all <= fewValues && toCount(first) >= 0.98 * all) return { kind: 'seen', count: all };
  const byPlace = caughtAgain(all, toCount(first), toCount(second));
  const byTurns = caughtAgain(all, toCount(even), toCount(odd));
  if (Math.abs(byPlace / byTurns - 1) <= greatestDifference) return { kind: 'seen', count: Math.round(byPlace) };
  return { kind: 'estimate', atLeast: all };
}

/**
 * How many values there are, from those in two halves and in all, as marked animals are counted that are caught again
 * (Lincoln and Petersen); NaN where the halves share too few. True of rows in any order but for that of the values.
 */
function caughtAgain(all: number, first: number, second: number): number {
  const shared = first + second - all;
  return shared < fewestShared ? Number.NaN : (first * second) / shared;
}

/** A bit each between the two, or null where they are too many. */
export function rangeOf(from: SqlValue | undefined, to: SqlValue | undefined): DistinctPlan | null {
  if (from === null || from === undefined || to === null || to === undefined) return null;
  const range = { from: BigInt(from), to: BigInt(to) };
  return range.to - range.from < mostBits ? { kind: 'range', ...range } : null;
}
