/** Values of SSIS at run time. Integers are apart from other numbers, because they divide differently. */
import { civilOf, isValid, microsOf, perDay } from '../../civil-date.ts';
import { isDate, NotInterpreted, RowRejected, type DateValue, type Value } from '../../interpreter.ts';

const padded = (value: number, width: number): string => String(value).padStart(width, '0');

function dateText({ micros, dateOnly }: DateValue): string {
  const { year, month, day, hour, minute, second, micro } = civilOf(micros);
  const date = `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
  if (dateOnly) return date;
  const fraction = micro === 0 ? '' : `.${padded(micro * 1000, 9)}`;
  return `${date} ${padded(hour, 2)}:${padded(minute, 2)}:${padded(second, 2)}${fraction}`;
}

export function toText(value: Exclude<Value, null>): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (isDate(value)) return dateText(value);
  const text = typeof value === 'bigint' ? String(value) : String(Number(value.toPrecision(15)));
  if (text.includes('e')) throw new NotInterpreted('number in scientific notation');
  return text;
}

/** A text as a number. What a locale may read in another way is left open. */
export function numberOf(text: string): number {
  if (/^ *[+-]?\d{1,15}(?:\.\d{1,10})? *$/.test(text)) return Number(text);
  if (/^\s*$|^[^\d]*$|^\s*[A-Za-z]/.test(text)) throw new RowRejected(`${text} is not a number`);
  throw new NotInterpreted('number in a form of its own');
}

/** A text in ISO form as a date. */
export function dateOf(text: string, dateOnly: boolean): DateValue {
  const found = /^(\d{4})-(\d\d)-(\d\d)(?: (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?)?$/.exec(text);
  if (found === null) {
    if (/\d/.test(text)) throw new NotInterpreted('date in a form of a locale');
    throw new RowRejected(`${text} is not a date`);
  }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const civil = { year, month, day, hour, minute, second, micro: Number((found[7] ?? '').padEnd(6, '0')) };
  if (!isValid(civil)) throw new RowRejected(`${text} is not a date`);
  return dateAt(microsOf(civil), dateOnly);
}

/** The date, without its time where it is a DT_DBDATE. */
export function dateAt(micros: bigint, dateOnly: boolean): DateValue {
  return { micros: dateOnly ? micros - (((micros % perDay) + perDay) % perDay) : micros, dateOnly };
}

/** Whether integers keep 32 bits or grow depends on the types of the operands: what needs more is left open. */
export function inRange(value: bigint): bigint {
  if (value > 2_147_483_647n || value < -2_147_483_648n) throw new NotInterpreted('overflow');
  return value;
}
