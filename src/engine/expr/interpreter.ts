/** What the reference interpreters of the languages have in common: values, outcomes and comparisons. */
import type { ComparisonOperator } from './ast.ts';

export interface DateValue {
  /** Since 1970. */
  readonly micros: bigint;
  /** True for a date without a time. */
  readonly dateOnly: boolean;
}

/** Integers are bigints, decimals and floats are numbers. */
export type Value = null | string | boolean | bigint | number | DateValue;

/** Thrown where the source tool rejects the row or treats it by its error disposition. */
export class RowRejected extends Error {}

/** Thrown where nothing documented says what happens: nothing may be concluded from the row. */
export class NotInterpreted extends Error {}

export type Evaluation<V> =
  | { readonly outcome: 'value'; readonly value: V }
  | { readonly outcome: 'rejected'; readonly reason: string }
  | { readonly outcome: 'not_interpreted'; readonly what: string };

/** Values of the columns by lower-cased name. */
export type InputRow<V> = ReadonlyMap<string, V>;

/** The value that the work gives, or why there is none. */
export function evaluated<V>(work: () => V): Evaluation<V> {
  try {
    return { outcome: 'value', value: work() };
  } catch (thrown) {
    if (thrown instanceof RowRejected) return { outcome: 'rejected', reason: thrown.message };
    if (thrown instanceof NotInterpreted) return { outcome: 'not_interpreted', what: thrown.message };
    throw thrown;
  }
}

export function columnValue<V>(row: InputRow<V>, name: string): V {
  const value = row.get(name.toLowerCase());
  if (value === undefined) throw new NotInterpreted(name);
  return value;
}

export function isDate(value: Value): value is DateValue {
  return typeof value === 'object' && value !== null;
}

export function isNumber(value: Value): value is bigint | number {
  return typeof value === 'bigint' || typeof value === 'number';
}

/** -1, 0 or 1. */
export const sign = <T>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** Whether a comparison is true of values in that order: below 0, 0 or above 0. */
export function holds(operator: ComparisonOperator, order: number): boolean {
  switch (operator) {
    case '=':
      return order === 0;
    case '<>':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

/** Half away from zero, at a decimal place of the number as it is written. */
export function roundTo(value: number, places: number): number {
  const shifted = Number(`${Math.abs(value).toPrecision(15)}e${places}`);
  return Math.sign(value) * Number(`${Math.round(shifted)}e${-places}`);
}
