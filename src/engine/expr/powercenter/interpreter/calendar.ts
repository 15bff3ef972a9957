/** Units, differences and texts of dates as PowerCenter has them. */
import {
  addMonths,
  civilOf,
  daysInMonth,
  daysOf,
  isValid,
  microsOf,
  monthNames,
  perDay,
  type Civil,
} from '../../civil-date.ts';
import { partsOf, type DateUnit, type FormatToken } from '../date-format.ts';

const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const microsPer: Readonly<Record<Exclude<DateUnit, 'year' | 'month' | 'nanosecond'>, bigint>> = {
  day: perDay,
  hour: 3_600_000_000n,
  minute: 60_000_000n,
  second: 1_000_000n,
  millisecond: 1000n,
  microsecond: 1n,
};

/** Months and years keep the day, or take the last one of a shorter month. */
export function addUnits(micros: bigint, unit: DateUnit, count: number): bigint {
  if (unit === 'nanosecond') return micros + BigInt(Math.trunc(count / 1000));
  if (unit !== 'year' && unit !== 'month') return micros + BigInt(count) * microsPer[unit];
  return addMonths(micros, count * (unit === 'year' ? 12 : 1));
}

export function truncate(micros: bigint, unit: DateUnit): bigint {
  const { year, month } = civilOf(micros);
  if (unit === 'year') return microsOf({ year, month: 1, day: 1 });
  if (unit === 'month') return microsOf({ year, month, day: 1 });
  if (unit === 'nanosecond') return micros;
  const size = microsPer[unit];
  return micros - (((micros % size) + size) % size);
}

/** a − b: in months the days count as their share of the month at each end. */
export function difference(a: bigint, b: bigint, unit: DateUnit): number {
  if (unit === 'month' || unit === 'year') return (monthPosition(a) - monthPosition(b)) / (unit === 'year' ? 12 : 1);
  if (unit === 'nanosecond') return Number(a - b) * 1000;
  return Number(a - b) / Number(microsPer[unit]);
}

function monthPosition(micros: bigint): number {
  const { year, month, day } = civilOf(micros);
  return (
    year * 12 + month - 1 + (day + Number(micros - truncate(micros, 'day')) / Number(perDay)) / daysInMonth(year, month)
  );
}

const padded = (value: number, width: number): string => String(value).padStart(width, '0');
const dayNumber = (micros: bigint): number => Number(truncate(micros, 'day') / perDay);
const dayOfYear = (civil: Civil): number => daysOf(civil.year, civil.month, civil.day) - daysOf(civil.year, 1, 1) + 1;

const written: Readonly<Record<FormatToken, (civil: Civil, micros: bigint) => string>> = {
  YYYY: (c) => padded(c.year, 4),
  RRRR: (c) => padded(c.year, 4),
  YYY: (c) => padded(c.year % 1000, 3),
  YY: (c) => padded(c.year % 100, 2),
  RR: (c) => padded(c.year % 100, 2),
  Y: (c) => String(c.year % 10),
  MM: (c) => padded(c.month, 2),
  MON: (c) => (monthNames[c.month - 1] ?? '').slice(0, 3),
  MONTH: (c) => monthNames[c.month - 1] ?? '',
  DD: (c) => padded(c.day, 2),
  DDD: (c) => padded(dayOfYear(c), 3),
  D: (_c, micros) => String(((((dayNumber(micros) + 4) % 7) + 7) % 7) + 1),
  DY: (_c, micros) => (dayNames[(((dayNumber(micros) + 4) % 7) + 7) % 7] ?? '').slice(0, 3),
  DAY: (_c, micros) => dayNames[(((dayNumber(micros) + 4) % 7) + 7) % 7] ?? '',
  HH24: (c) => padded(c.hour, 2),
  HH: (c) => padded(((c.hour + 11) % 12) + 1, 2),
  HH12: (c) => padded(((c.hour + 11) % 12) + 1, 2),
  AM: (c) => (c.hour < 12 ? 'AM' : 'PM'),
  PM: (c) => (c.hour < 12 ? 'AM' : 'PM'),
  'A.M.': (c) => (c.hour < 12 ? 'A.M.' : 'P.M.'),
  'P.M.': (c) => (c.hour < 12 ? 'A.M.' : 'P.M.'),
  MI: (c) => padded(c.minute, 2),
  SS: (c) => padded(c.second, 2),
  SSSSS: (c) => padded(c.hour * 3600 + c.minute * 60 + c.second, 5),
  MS: (c) => padded(Math.floor(c.micro / 1000), 3),
  US: (c) => padded(c.micro, 6),
  NS: (c) => padded(c.micro * 1000, 9),
  J: (_c, micros) => String(dayNumber(micros) + 2_440_588),
  Q: (c) => String(Math.floor((c.month + 2) / 3)),
  W: (c) => String(Math.floor((c.day - 1) / 7) + 1),
  WW: (c) => padded(Math.floor((dayOfYear(c) - 1) / 7) + 1, 2),
};

/** TO_CHAR of a date. */
export function formatDateText(micros: bigint, format: string): string {
  const civil = civilOf(micros);
  return partsOf(format)
    .map((part) => (part.token === null ? part.literal : written[part.token](civil, micros)))
    .join('');
}

/** Digits that a part of a date takes, and the field that it sets. */
const readFields: Partial<Record<FormatToken, { readonly field: keyof Civil; readonly digits: number }>> = {
  YYYY: { field: 'year', digits: 4 },
  MM: { field: 'month', digits: 2 },
  DD: { field: 'day', digits: 2 },
  HH24: { field: 'hour', digits: 2 },
  MI: { field: 'minute', digits: 2 },
  SS: { field: 'second', digits: 2 },
  US: { field: 'micro', digits: 6 },
};

/** TO_DATE with the parts that are plain numbers and MON; null where the text does not fit, undefined parts are 1 or 0. */
export function parseDateText(text: string, format: string): bigint | null {
  const fields = { year: 1900, month: 1, day: 1, hour: 0, minute: 0, second: 0, micro: 0 };
  let rest = text.trim();
  for (const part of partsOf(format)) {
    const read = part.token === null ? null : readFields[part.token];
    if (part.token === 'MON') {
      const month = monthNames.findIndex((name) => name.slice(0, 3).toLowerCase() === rest.slice(0, 3).toLowerCase());
      if (month === -1) return null;
      fields.month = month + 1;
      rest = rest.slice(3);
    } else if (read) {
      const found = new RegExp(`^\\d{1,${read.digits}}`).exec(rest)?.[0];
      if (found === undefined) return null;
      fields[read.field] = Number(read.field === 'micro' ? found.padEnd(6, '0') : found);
      rest = rest.slice(found.length);
    } else {
      if (part.token !== null || !rest.startsWith(part.literal)) return null;
      rest = rest.slice(part.literal.length);
    }
  }
  return rest === '' && isValid(fields) ? microsOf(fields) : null;
}
