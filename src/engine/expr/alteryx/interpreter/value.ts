/** Values of Alteryx at run time. */
import { civilOf, isValid, microsOf, monthNames } from '../../civil-date.ts';
import { isDate, isNumber, NotInterpreted, type DateValue, type Value } from '../../interpreter.ts';

/** A condition; NULL counts as false. */
export function isTrue(value: Value): boolean {
  if (value === null) return false;
  if (typeof value === 'boolean') return value;
  if (isNumber(value)) return Number(value) !== 0;
  throw new NotInterpreted('condition that is no Boolean');
}

/** Half away from zero, of the number as it is written. */
export function roundAway(value: number): number {
  const magnitude = Number(Math.abs(value).toPrecision(14));
  return Math.sign(value) * Math.round(magnitude);
}

const padded = (value: number, width: number): string => String(value).padStart(width, '0');
const written: Readonly<Record<string, (civil: ReturnType<typeof civilOf>) => string>> = {
  Y: ({ year }) => padded(year, 4),
  y: ({ year }) => padded(year % 100, 2),
  m: ({ month }) => padded(month, 2),
  d: ({ day }) => padded(day, 2),
  H: ({ hour }) => padded(hour, 2),
  I: ({ hour }) => padded(((hour + 11) % 12) + 1, 2),
  M: ({ minute }) => padded(minute, 2),
  S: ({ second }) => padded(second, 2),
  p: ({ hour }) => (hour < 12 ? 'AM' : 'PM'),
  B: ({ month }) => monthNames[month - 1] ?? '',
  b: ({ month }) => (monthNames[month - 1] ?? '').slice(0, 3),
};

/** DateTimeFormat. */
export function formatDate(micros: bigint, format: string): string {
  const civil = civilOf(micros);
  return format.replaceAll(/%(.)/g, (_whole, code: string) => {
    const write = written[code];
    if (write === undefined) throw new NotInterpreted(`%${code}`);
    return write(civil);
  });
}

const fields: Readonly<Record<string, readonly [keyof ReturnType<typeof civilOf>, number]>> = {
  Y: ['year', 4],
  m: ['month', 2],
  d: ['day', 2],
  H: ['hour', 2],
  M: ['minute', 2],
  S: ['second', 2],
};

/** DateTimeParse: NULL where the text is no date of that format. */
export function parseDate(text: string, format: string): DateValue | null {
  const civil = { year: 1900, month: 1, day: 1, hour: 0, minute: 0, second: 0, micro: 0 };
  let rest = text;
  for (const [, code, literal] of format.matchAll(/%(.)|([^%])/g)) {
    if (code === undefined) {
      if (!rest.startsWith(literal ?? '')) return null;
      rest = rest.slice(1);
      continue;
    }
    const field = fields[code];
    if (field === undefined) throw new NotInterpreted(`%${code}`);
    const digits = new RegExp(`^\\d{${field[1]}}`).exec(rest)?.[0];
    if (digits === undefined) {
      // A number with fewer digits, or with blanks before it, is accepted or not by version.
      if (/^ *\d/.test(rest)) throw new NotInterpreted('number of fewer digits');
      return null;
    }
    civil[field[0]] = Number(digits);
    rest = rest.slice(digits.length);
  }
  if (rest.trim() !== '') return null;
  if (rest !== '') throw new NotInterpreted('blanks after a date');
  return isValid(civil) ? { micros: microsOf(civil), dateOnly: false } : null;
}

/** A date where one is needed; a text has to be in ISO form. */
export function toDate(value: Value): DateValue | null {
  if (value === null || isDate(value)) return value;
  if (typeof value !== 'string') throw new NotInterpreted('value that is no date');
  const format = value.length > 10 ? '%Y-%m-%d %H:%M:%S' : '%Y-%m-%d';
  if (!/^\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?$/.test(value) && /\d/.test(value))
    throw new NotInterpreted('date in a form of its own');
  return parseDate(value, format);
}
