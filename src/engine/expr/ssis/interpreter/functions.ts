/** Functions of SSIS by the values of their arguments, none of which is NULL: a NULL argument gives NULL. */
import { codePoints } from '../../code-points.ts';
import { addMonths, civilOf, daysOf, perDay } from '../../civil-date.ts';
import { isDate, isNumber, NotInterpreted, roundTo, RowRejected, type Value } from '../../interpreter.ts';
import { dateAt, dateOf, inRange } from './value.ts';

type Rule = (args: readonly Value[]) => Value;

function textAt(args: readonly Value[], index: number): string {
  const value = args[index] ?? '';
  if (typeof value !== 'string') throw new NotInterpreted('value that is no text');
  return value;
}

function numberAt(args: readonly Value[], index: number): bigint | number {
  const value = args[index] ?? 0n;
  if (!isNumber(value)) throw new NotInterpreted('value that is no number');
  return value;
}

function wholeAt(args: readonly Value[], index: number): number {
  const value = numberAt(args, index);
  if (typeof value !== 'bigint') throw new NotInterpreted('position that is no integer');
  return Number(value);
}

function momentAt(args: readonly Value[], index: number): ReturnType<typeof dateAt> {
  const value = args[index] ?? '';
  if (isDate(value)) return value;
  if (typeof value === 'string') return dateOf(value, false);
  throw new NotInterpreted('value that is no date');
}

const refuse = (condition: boolean, why: string): void => {
  if (condition) throw new RowRejected(why);
};

/** Texts in which the case of every letter is undisputed. */
function cased(text: string, change: (text: string) => string): string {
  if (/[ßıİſŉ]/.test(text)) throw new NotInterpreted('letter without a counterpart');
  return change(text);
}

const ofText =
  (rule: (text: string) => Value): Rule =>
  (args) =>
    rule(textAt(args, 0));

const ofNumber =
  (integer: (value: bigint) => Value, real: (value: number) => Value): Rule =>
  (args) => {
    const value = numberAt(args, 0);
    return typeof value === 'bigint' ? integer(value) : real(value);
  };

const ofReal =
  (rule: (value: number) => number): Rule =>
  (args) =>
    rule(Number(numberAt(args, 0)));

function substring(args: readonly Value[]): Value {
  const [text, start, length] = [codePoints(textAt(args, 0)), wholeAt(args, 1), wholeAt(args, 2)];
  refuse(start < 1 || length < 0, 'SUBSTRING outside of the text');
  return text.slice(start - 1, start - 1 + length).join('');
}

function cut(side: 'left' | 'right'): Rule {
  return (args) => {
    const [text, count] = [codePoints(textAt(args, 0)), wholeAt(args, 1)];
    refuse(count < 0, 'negative length');
    return (side === 'left' ? text.slice(0, count) : text.slice(Math.max(0, text.length - count))).join('');
  };
}

function findString(args: readonly Value[]): Value {
  const [text, wanted, occurrence] = [codePoints(textAt(args, 0)), codePoints(textAt(args, 1)), wholeAt(args, 2)];
  if (wanted.length === 0) throw new NotInterpreted('search for nothing');
  refuse(occurrence < 1, 'occurrence below 1');
  let left = occurrence;
  for (let at = 0; at + wanted.length <= text.length; at += 1)
    if (wanted.every((char, index) => text[at + index] === char)) {
      left -= 1;
      if (left === 0) return BigInt(at + 1);
    }
  return 0n;
}

const tokensOf = (text: string, delimiters: string): readonly string[] => {
  const found: string[] = [''];
  for (const char of text) {
    if (delimiters.includes(char)) found.push('');
    else found[found.length - 1] += char;
  }
  return found.filter((one) => one !== '');
};

function token(args: readonly Value[]): Value {
  const occurrence = wholeAt(args, 2);
  refuse(occurrence < 1, 'occurrence below 1');
  if (textAt(args, 1) === '') throw new NotInterpreted('no delimiter');
  return tokensOf(textAt(args, 0), textAt(args, 1))[occurrence - 1] ?? '';
}

type Part = 'year' | 'quarter' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second' | 'weekday' | 'dayofyear';

const names: ReadonlyMap<string, Part> = new Map([
  ...['year', 'yyyy', 'yy'].map((name) => [name, 'year'] as const),
  ...['quarter', 'qq', 'q'].map((name) => [name, 'quarter'] as const),
  ...['month', 'mm', 'm'].map((name) => [name, 'month'] as const),
  ...['dayofyear', 'dy', 'y'].map((name) => [name, 'dayofyear'] as const),
  ...['day', 'dd', 'd'].map((name) => [name, 'day'] as const),
  ...['week', 'wk', 'ww'].map((name) => [name, 'week'] as const),
  ...['weekday', 'dw', 'w'].map((name) => [name, 'weekday'] as const),
  ...['hour', 'hh'].map((name) => [name, 'hour'] as const),
  ...['minute', 'mi', 'n'].map((name) => [name, 'minute'] as const),
  ...['second', 'ss', 's'].map((name) => [name, 'second'] as const),
]);

function partAt(args: readonly Value[]): Part {
  const part = names.get(textAt(args, 0).toLowerCase());
  if (part === undefined) throw new NotInterpreted('date part');
  return part;
}

const sizes: Readonly<Partial<Record<Part, bigint>>> = {
  day: perDay,
  dayofyear: perDay,
  weekday: perDay,
  week: 7n * perDay,
  hour: 3_600_000_000n,
  minute: 60_000_000n,
  second: 1_000_000n,
};

function dateAdd(args: readonly Value[]): Value {
  const [part, count, date] = [partAt(args), wholeAt(args, 1), momentAt(args, 2)];
  const months = part === 'year' ? 12 : part === 'quarter' ? 3 : part === 'month' ? 1 : 0;
  const size = sizes[part] ?? 0n;
  const micros = months === 0 ? date.micros + BigInt(count) * size : addMonths(date.micros, count * months);
  const { year } = civilOf(micros);
  if (year < 1753 || year > 9999) throw new NotInterpreted('date beyond the calendar');
  return dateAt(micros, date.dateOnly);
}

const floorDivide = (a: bigint, b: bigint): bigint => (a - (((a % b) + b) % b)) / b;

/** Boundaries crossed; weeks begin on Sunday. */
function position(micros: bigint, part: Part): bigint {
  const { year, month } = civilOf(micros);
  if (part === 'year') return BigInt(year);
  if (part === 'quarter') return BigInt(year * 4 + Math.floor((month - 1) / 3));
  if (part === 'month') return BigInt(year * 12 + month);
  // 1970-01-04 was a Sunday.
  if (part === 'week') return floorDivide(micros - 3n * perDay, 7n * perDay);
  return floorDivide(micros, sizes[part] ?? 1n);
}

function datePart(part: Part, micros: bigint): bigint {
  const { year, month, day, hour, minute, second } = civilOf(micros);
  const ofYear = daysOf(year, month, day) - daysOf(year, 1, 1) + 1;
  const sunday0 = (days: number): number => (((days + 4) % 7) + 7) % 7;
  const values: Readonly<Record<Part, number>> = {
    year,
    quarter: Math.floor((month + 2) / 3),
    month,
    day,
    hour,
    minute,
    second,
    dayofyear: ofYear,
    weekday: sunday0(daysOf(year, month, day)) + 1,
    week: Math.floor((ofYear - 1 + sunday0(daysOf(year, 1, 1))) / 7) + 1,
  };
  return BigInt(values[part]);
}

const single =
  (part: Part): Rule =>
  (args) =>
    datePart(part, momentAt(args, 0).micros);

const bits =
  (rule: (a: bigint, b: bigint) => bigint): Rule =>
  (args) =>
    rule(BigInt(wholeAt(args, 0)), BigInt(wholeAt(args, 1)));

export const interpretedFunctions: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['LEN', ofText((text) => BigInt(codePoints(text).length))],
  ['LOWER', ofText((text) => cased(text, (one) => one.toLowerCase()))],
  ['UPPER', ofText((text) => cased(text, (one) => one.toUpperCase()))],
  ['LTRIM', ofText((text) => text.replace(/^ +/, ''))],
  ['RTRIM', ofText((text) => text.replace(/ +$/, ''))],
  ['TRIM', ofText((text) => text.replace(/^ +/, '').replace(/ +$/, ''))],
  ['REVERSE', ofText((text) => codePoints(text).toReversed().join(''))],
  ['CODEPOINT', ofText((text) => codePoint(text))],
  ['SUBSTRING', substring],
  ['LEFT', cut('left')],
  ['RIGHT', cut('right')],
  ['FINDSTRING', findString],
  ['TOKEN', token],
  ['TOKENCOUNT', (args) => BigInt(tokensOf(textAt(args, 0), delimitersAt(args)).length)],
  [
    'REPLACE',
    (args) => {
      refuse(textAt(args, 1) === '', 'REPLACE of nothing');
      return textAt(args, 0).split(textAt(args, 1)).join(textAt(args, 2));
    },
  ],
  [
    'REPLICATE',
    (args) => {
      const count = wholeAt(args, 1);
      refuse(count < 0, 'negative count');
      if (textAt(args, 0).length * count > 4000) throw new NotInterpreted('text beyond its limit');
      return textAt(args, 0).repeat(count);
    },
  ],
  ['ABS', ofNumber((value) => inRange(value < 0n ? -value : value), Math.abs)],
  ['CEILING', ofNumber((value) => value, Math.ceil)],
  ['FLOOR', ofNumber((value) => value, Math.floor)],
  [
    'SIGN',
    ofNumber(
      (value) => (value < 0n ? -1n : value > 0n ? 1n : 0n),
      (value) => BigInt(Math.sign(value)),
    ),
  ],
  [
    'SQUARE',
    ofNumber(
      (value) => inRange(value * value),
      (value) => value * value,
    ),
  ],
  ['EXP', ofReal(Math.exp)],
  ['LN', ofReal((value) => positive(value, Math.log))],
  ['LOG', ofReal((value) => positive(value, Math.log10))],
  [
    'SQRT',
    ofReal((value) => {
      refuse(value < 0, 'root of a negative number');
      return Math.sqrt(value);
    }),
  ],
  ['POWER', (args) => Number(numberAt(args, 0)) ** Number(numberAt(args, 1))],
  [
    'ROUND',
    (args) => {
      const value = numberAt(args, 0);
      const places = wholeAt(args, 1);
      refuse(places < 0, 'negative place');
      return typeof value === 'bigint' ? value : roundTo(value, places);
    },
  ],
  ['HEX', (args) => hex(wholeAt(args, 0))],
  ['DATEADD', dateAdd],
  [
    'DATEDIFF',
    (args) => position(momentAt(args, 2).micros, partAt(args)) - position(momentAt(args, 1).micros, partAt(args)),
  ],
  ['DATEPART', (args) => datePart(partAt(args), momentAt(args, 1).micros)],
  ['YEAR', single('year')],
  ['MONTH', single('month')],
  ['DAY', single('day')],
  ['&', bits((a, b) => a & b)],
  ['|', bits((a, b) => a | b)],
  ['^', bits((a, b) => a ^ b)],
  ['~', (args) => ~BigInt(wholeAt(args, 0))],
]);

function codePoint(text: string): bigint {
  if (text === '') throw new NotInterpreted('first character of nothing');
  return BigInt(text.codePointAt(0) ?? 0);
}

function delimitersAt(args: readonly Value[]): string {
  if (textAt(args, 1) === '') throw new NotInterpreted('no delimiter');
  return textAt(args, 1);
}

function positive(value: number, rule: (value: number) => number): number {
  refuse(value <= 0, 'logarithm of no positive number');
  return rule(value);
}

function hex(value: number): string {
  return BigInt.asUintN(32, BigInt(value)).toString(16).toUpperCase();
}
