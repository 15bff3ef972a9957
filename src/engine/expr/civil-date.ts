/** Dates as microseconds since 1970 in the proleptic Gregorian calendar, without the clock or zone of the machine. */
export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly micro: number;
}

export const monthNames: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

export const perDay = 86_400_000_000n;
function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

export function daysInMonth(year: number, month: number): number {
  return month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days since 1970 of a year, month and day. */
export function daysOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

export function microsOf(civil: Partial<Civil> & Pick<Civil, 'year' | 'month' | 'day'>): bigint {
  const seconds = (civil.hour ?? 0) * 3600 + (civil.minute ?? 0) * 60 + (civil.second ?? 0);
  return (
    BigInt(daysOf(civil.year, civil.month, civil.day)) * perDay +
    BigInt(seconds) * 1_000_000n +
    BigInt(civil.micro ?? 0)
  );
}

export function civilOf(micros: bigint): Civil {
  const ofDay = ((micros % perDay) + perDay) % perDay;
  const days = Number((micros - ofDay) / perDay) + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const seconds = Number(ofDay / 1_000_000n);
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    micro: Number(ofDay % 1_000_000n),
  };
}

/** `micros` so many months later; the day stays, or is the last one of a shorter month. */
export function addMonths(micros: bigint, count: number): bigint {
  const civil = civilOf(micros);
  const months = civil.year * 12 + civil.month - 1 + count;
  const year = Math.floor(months / 12);
  const month = months - year * 12 + 1;
  return microsOf({ ...civil, year, month, day: Math.min(civil.day, daysInMonth(year, month)) });
}

export function isValid(civil: Civil): boolean {
  const { year, month, day, hour, minute, second } = civil;
  if (year < 1 || year > 9999 || month < 1 || month > 12) return false;
  return (
    day >= 1 &&
    day <= daysInMonth(year, month) &&
    hour >= 0 &&
    hour < 24 &&
    minute >= 0 &&
    minute < 60 &&
    second >= 0 &&
    second < 60
  );
}
