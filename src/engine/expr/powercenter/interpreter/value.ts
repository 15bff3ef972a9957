/** Values of PowerCenter at run time and their implicit conversions. */
import { isDate, NotInterpreted, RowRejected, type DateValue, type Value as AnyValue } from '../../interpreter.ts';
import { formatDateText, parseDateText } from './calendar.ts';

/** Decimals are doubles, as without high precision. */
export type Value = Exclude<AnyValue, bigint>;

export function dateAt(micros: bigint): DateValue {
  return { micros, dateOnly: false };
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
