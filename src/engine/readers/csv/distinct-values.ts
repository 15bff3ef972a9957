/** Counting the values of a column in one pass, in the cheapest way that is exact, or near enough. */
import type { SqlSession, SqlValue } from '../../ports/sql-runner.ts';

export type DistinctPlan =
  /** Every whole number between the smallest and the largest is expected, once. */
  | { readonly kind: 'consecutive' }
  /** Whole numbers between two that lie close together: a bit for each. */
  | { readonly kind: 'range'; readonly from: bigint; readonly to: bigint }
  /** As many as the excerpt shows, or lets expect. */
  | { readonly kind: 'seen'; readonly count: number }
  | { readonly kind: 'estimate'; readonly atLeast: number };

/** What was counted of a column; `result` is what `distinctSql` gave. */
export interface CountedValues {
  readonly result: SqlValue | undefined;
  readonly filled: number;
  readonly min: string | null;
  readonly max: string | null;
}

export interface DistinctValues {
  readonly distinct: number;
  readonly isExact: boolean;
  /** False where the column is not what the plan expects. */
  readonly asPlanned: boolean;
}

/** An estimate looks at the values whose hash is in a slice of all hashes: each sets one of as many bits. */
const sliceBits = 20;
const leastInSlice = 1000;
/** One in two to the power of this is the smallest slice. */
const smallestSlice = 6;

/** SQL of a number from which the count of values follows. */
export function distinctSql(plan: DistinctPlan, value: string): string {
  switch (plan.kind) {
    case 'consecutive':
      return `bit_xor(hash(${value}))`;
    case 'range': {
      const within = `${value} BETWEEN ${plan.from} AND ${plan.to}`;
      return `bit_count(bitstring_agg(CASE WHEN ${within} THEN ${value} END, ${plan.from}, ${plan.to}))`;
    }
    case 'seen':
      return `${plan.count}`;
    case 'estimate': {
      const slice = sliceFor(plan.atLeast);
      if (slice < 2) return `approx_count_distinct(${value})`;
      const hash = `hash(${value})`;
      // Of the type that hashes have: others are converted value by value.
      const unsigned = (number: number | bigint): string => `CAST(${number} AS UBIGINT)`;
      const isIn = `${hash} < ${unsigned(2n ** BigInt(64 - slice))}`;
      const bit = `CASE WHEN ${isIn} THEN ${hash} >> ${unsigned(64 - slice - sliceBits)} END`;
      return `bit_count(bitstring_agg(${bit}, ${unsigned(0)}, ${unsigned(2 ** sliceBits - 1)}))`;
    }
  }
}

/** The count of values, and whether it is proved. */
export async function distinctValues(
  session: SqlSession,
  plan: DistinctPlan,
  counted: CountedValues,
): Promise<DistinctValues> {
  const { filled } = counted;
  const result = Number(counted.result ?? 0);
  switch (plan.kind) {
    case 'consecutive': {
      const asPlanned = await eachOnce(session, counted);
      return { distinct: filled, isExact: asPlanned, asPlanned };
    }
    case 'range': {
      const isExact = isWithin(plan, counted);
      return { distinct: Math.min(result, filled), isExact, asPlanned: true };
    }
    case 'seen':
      return { distinct: Math.min(result, filled), isExact: false, asPlanned: true };
    case 'estimate': {
      const slice = sliceFor(plan.atLeast);
      const distinct = slice < 2 ? result : estimated(result, slice);
      return { distinct: Math.min(distinct, filled), isExact: false, asPlanned: true };
    }
  }
}

function sliceFor(atLeast: number): number {
  return Math.min(smallestSlice, Math.floor(Math.log2(Math.max(1, atLeast) / leastInSlice)));
}

/** How many values there are where those of the slice set as many bits. */
function estimated(set: number, slice: number): number {
  const size = 2 ** sliceBits;
  return Math.round(size * Math.log(size / (size - Math.min(set, size - 1))) * 2 ** slice);
}

/**
 * As many numbers as lie between the smallest and the largest, and hashes that cancel out those of all that do: only where
 * each is there once, but for two hashes of 64 bits that happen to be the same.
 */
async function eachOnce(session: SqlSession, { result, filled, min, max }: CountedValues): Promise<boolean> {
  if (min === null || max === null || BigInt(max) - BigInt(min) + 1n !== BigInt(filled)) return false;
  const { rows } = await session.query(`SELECT bit_xor(hash(range)) = ${result} FROM range(${min}, ${max} + 1)`);
  return rows[0]?.[0] === true;
}

function isWithin({ from, to }: { readonly from: bigint; readonly to: bigint }, { min, max }: CountedValues): boolean {
  return min !== null && max !== null && BigInt(min) >= from && BigInt(max) <= to;
}
