/** Values of PowerCenter at run time and their implicit conversions. */
import { formatDateText, parseDateText } from './calendar.ts';

/** A date with its time, in microseconds since 1970. */
export interface DateValue {
  readonly micros: bigint;
}

/** Decimals are doubles, as without high precision. */
export type Value = null | string | number | boolean | DateValue;

/** Thrown where PowerCenter rejects the row. */
export class RowRejected extends Error {}

/** Thrown where the interpreter has no rule: nothing may be concluded from the row. */
export class NotInterpreted extends Error {}

export function isDate(value: Value): value is DateValue {
  return typeof value === 'object' && value !== null;
}

/** At most 15 significant digits, no trailing zeros. */
export function numberText(value: number): string {
  const text = String(Number(value.toPrecision(15)));
  if (Math.abs(value) >= 1e15 || /e/.test(text)) throw new NotInterpreted('number in scientific notation');
  return text;
}

export function toText(value: Value, dateFormat: string): string | null {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? '1' : '0';
  return isDate(value) ? formatDateText(value.micros, dateFormat) : numberText(value);
}

/** The numeric prefix after blanks, 0 where there is none. */
export function prefixNumber(text: string): number {
  return Number(/^ *([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/.exec(text)?.[1] ?? '0');
}

export function toNumber(value: Value): number | null {
  if (value === null || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') return prefixNumber(value);
  throw new NotInterpreted('date as a number');
}

export function toDate(value: Value, dateFormat: string): bigint | null {
  if (value === null) return null;
  if (isDate(value)) return value.micros;
  if (typeof value !== 'string') throw new NotInterpreted('number as a date');
  const micros = parseDateText(value, dateFormat);
  if (micros === null) throw new RowRejected(`${value} is not a date`);
  return micros;
}

/** 0 is false, any other number true; NULL stays NULL. */
export function toCondition(value: Value): boolean | null {
  if (value === null || typeof value === 'boolean') return value;
  const number = toNumber(value);
  return number === null ? null : number !== 0;
}

/** Rounds half away from zero at a decimal place of the number as it is written. */
export function roundTo(value: number, places: number): number {
  const shifted = Number(`${Math.abs(value).toPrecision(15)}e${places}`);
  return Math.sign(value) * Number(`${Math.round(shifted)}e${-places}`);
}
