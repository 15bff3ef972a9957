/** Functions of Alteryx by the values of their arguments. */
import { codePoints } from '../../code-points.ts';
import { addMonths, civilOf, daysInMonth, microsOf, perDay } from '../../civil-date.ts';
import { isDate, isNumber, NotInterpreted, type DateValue, type Value } from '../../interpreter.ts';
import { formatDate, parseDate, roundAway, toDate } from './value.ts';

type Rule = (args: readonly Value[]) => Value;

/** A text argument; where it is NULL, `whenNull` or the function's result is NULL. */
class NullArgument extends Error {}

function textAt(args: readonly Value[], index: number): string {
  const value = args[index] ?? null;
  if (value === null) throw new NullArgument();
  if (typeof value !== 'string') throw new NotInterpreted('value that is no text');
  return value;
}

/** A text argument of which NULL is not documented. */
function documented(args: readonly Value[], index: number): string {
  if ((args[index] ?? null) === null) throw new NotInterpreted('NULL');
  return textAt(args, index);
}

function numberAt(args: readonly Value[], index: number): bigint | number {
  const value = args[index] ?? null;
  if (value === null) throw new NullArgument();
  if (!isNumber(value)) throw new NotInterpreted('value that is no number');
  return value;
}

const realAt = (args: readonly Value[], index: number): number => Number(numberAt(args, index));

function wholeAt(args: readonly Value[], index: number): number {
  const value = numberAt(args, index);
  return typeof value === 'bigint' ? Number(value) : Math.trunc(value);
}

function dateAt(args: readonly Value[], index: number): DateValue {
  const value = toDate(args[index] ?? null);
  if (value === null) throw new NullArgument();
  return value;
}

/** Position of a part of a text, counted from 0; -1 where it is not there. */
function find(text: string, wanted: Value): number {
  if (typeof wanted !== 'string' || wanted === '') throw new NotInterpreted('search for nothing');
  const at = text.indexOf(wanted);
  return at === -1 ? -1 : codePoints(text.slice(0, at)).length;
}

/** Contains and the like: case counts only where the third argument is 0. */
function searched(test: (text: string, wanted: string) => boolean): Rule {
  return (args) => {
    if ((args[0] ?? null) === null || (args[1] ?? null) === null) return false;
    const flag = args[2] ?? 1n;
    const fold = (text: string): string => (Number(flag) === 0 ? text : text.toLowerCase());
    return test(fold(textAt(args, 0)), fold(textAt(args, 1)));
  };
}

function trimmed(start: boolean, end: boolean): Rule {
  return (args) => {
    const set = args.length > 1 ? textAt(args, 1) : ' \t\n\r';
    const text = codePoints(textAt(args, 0));
    let [from, to] = [0, text.length];
    while (start && from < to && set.includes(text[from] ?? '')) from += 1;
    while (end && to > from && set.includes(text[to - 1] ?? '')) to -= 1;
    return text.slice(from, to).join('');
  };
}

function padded(side: 'left' | 'right'): Rule {
  return (args) => {
    const [text, width, fill] = [textAt(args, 0), wholeAt(args, 1), codePoints(textAt(args, 2))[0]];
    if (fill === undefined) throw new NotInterpreted('no character to fill with');
    const missing = Math.max(0, width - codePoints(text).length);
    if (missing > 10_000) throw new NotInterpreted('very long text');
    return side === 'left' ? fill.repeat(missing) + text : text + fill.repeat(missing);
  };
}

function substring(args: readonly Value[]): Value {
  const [text, start] = [codePoints(textAt(args, 0)), wholeAt(args, 1)];
  const length = args.length > 2 ? wholeAt(args, 2) : text.length;
  if (start < 0 || length < 0) throw new NotInterpreted('negative position');
  return text.slice(start, start + length).join('');
}

const nonNegative = (count: number): number => {
  if (count < 0) throw new NotInterpreted('negative length');
  return count;
};

/** Texts in which the case of every letter is undisputed. */
function cased(change: (text: string) => string): Rule {
  return (args) => {
    const text = textAt(args, 0);
    if (/[ßıİſŉ]/.test(text)) throw new NotInterpreted('letter without a counterpart');
    return change(text);
  };
}

const words = (text: string): readonly string[] => text.split(/[ \t\n\r]+/).filter((one) => one !== '');

/** Text as a number; null where it is none. What a locale may read in another way is left open. */
function numberOf(text: string): number | null {
  if (/^-?\d{1,15}(?:\.\d{1,10})?$/.test(text)) return Number(text);
  if (/^[^\d]*$/.test(text)) return null;
  throw new NotInterpreted('number in a form of its own');
}

function toNumber(args: readonly Value[]): Value {
  const [value = null, , keepNulls = 0n] = args;
  if (value === null) return Number(keepNulls) === 0 ? 0 : null;
  if (isNumber(value)) return value;
  if (typeof value !== 'string' || args.length > 3) throw new NotInterpreted('number in a form of its own');
  return numberOf(value) ?? 0;
}

/** A number with so many digits after the point, and commas between thousands where they are wanted. */
function fixedText(value: number, digits: number, grouping: boolean): string {
  const fixed = Math.abs(roundAway(value * 10 ** digits) / 10 ** digits).toFixed(digits);
  const negative = value < 0;
  if (negative && Number(fixed) === 0) throw new NotInterpreted('negative zero');
  const [whole = '', part] = fixed.split('.');
  const grouped = grouping ? whole.replaceAll(/\B(?=(\d{3})+$)/g, ',') : whole;
  return `${negative ? '-' : ''}${grouped}${part === undefined ? '' : `.${part}`}`;
}

function toText(args: readonly Value[]): Value {
  const value = args[0] ?? null;
  if (value === null || typeof value === 'string') return value;
  if (args.length > 3 || typeof args[2] === 'string') throw new NotInterpreted('separators of their own');
  if (args.length > 1) return fixedText(realAt(args, 0), wholeAt(args, 1), Number(args[2] ?? 0n) !== 0);
  if (typeof value === 'bigint') return String(value);
  if (isDate(value)) return formatDate(value.micros, value.dateOnly ? '%Y-%m-%d' : '%Y-%m-%d %H:%M:%S');
  throw new NotInterpreted('text of a number with a fraction');
}

function round(args: readonly Value[]): Value {
  const [value, multiple] = [realAt(args, 0), realAt(args, 1)];
  if (multiple === 0) throw new NotInterpreted('multiple of nothing');
  return roundAway(value / multiple) * multiple;
}

const extreme =
  (better: (a: number, b: number) => boolean): Rule =>
  (args) => {
    // How NULL counts is not documented.
    if (args.includes(null)) throw new NotInterpreted('NULL among the values');
    return args.reduce((best, one) => (better(Number(one), Number(best)) ? one : best), args[0] ?? null);
  };

const limited =
  (test: (value: number) => boolean, rule: (value: number) => number): Rule =>
  (args) => {
    const value = realAt(args, 0);
    return test(value) ? rule(value) : null;
  };

const units: ReadonlyMap<string, 'month' | bigint> = new Map<string, 'month' | bigint>([
  ['month', 'month'],
  ['day', perDay],
  ['hour', 3_600_000_000n],
  ['minute', 60_000_000n],
  ['second', 1_000_000n],
]);

function unitOf(args: readonly Value[], index: number): { readonly unit: 'month' | bigint; readonly times: number } {
  const name = textAt(args, index).toLowerCase().replace(/s$/, '');
  const unit = name === 'year' ? 'month' : units.get(name);
  if (unit === undefined) throw new NotInterpreted('unit of time');
  return { unit, times: name === 'year' ? 12 : 1 };
}

function dateAdd(args: readonly Value[]): Value {
  const [{ micros }, count, { unit, times }] = [dateAt(args, 0), wholeAt(args, 1), unitOf(args, 2)];
  const moved = unit === 'month' ? addMonths(micros, count * times) : micros + BigInt(count) * unit;
  const { year } = civilOf(moved);
  if (year < 1400 || year > 9999) throw new NotInterpreted('date beyond the calendar');
  return { micros: moved, dateOnly: false };
}

/** Whole months from the earlier to the later date; both have the day, so that none is cut off. */
function monthsBetween(early: bigint, late: bigint): number {
  const [a, b] = [civilOf(early), civilOf(late)];
  const count = b.year * 12 + b.month - (a.year * 12 + a.month);
  if (a.day > daysInMonth(b.year, b.month) || (b.day === daysInMonth(b.year, b.month) && a.day > b.day))
    throw new NotInterpreted('month without the day');
  return addMonths(early, count) > late ? count - 1 : count;
}

function dateDiff(args: readonly Value[]): Value {
  const [{ micros: a }, { micros: b }, { unit, times }] = [dateAt(args, 0), dateAt(args, 1), unitOf(args, 2)];
  if (unit !== 'month') return (a - b) / unit;
  const [clipped, other] = [civilOf(a), civilOf(b)];
  if (Math.max(clipped.day, other.day) > 28) throw new NotInterpreted('day that not every month has');
  const months = a >= b ? monthsBetween(b, a) : -monthsBetween(a, b);
  return BigInt(Math.trunc(months / times));
}

function dateTrim(args: readonly Value[]): Value {
  const { micros } = dateAt(args, 0);
  const { year, month, day, hour, minute } = civilOf(micros);
  const unit = textAt(args, 1).toLowerCase();
  const starts: Readonly<Record<string, bigint>> = {
    year: microsOf({ year, month: 1, day: 1 }),
    month: microsOf({ year, month, day: 1 }),
    firstofmonth: microsOf({ year, month, day: 1 }),
    lastofmonth: microsOf({ year, month, day: daysInMonth(year, month), hour: 23, minute: 59, second: 59 }),
    day: microsOf({ year, month, day }),
    hour: microsOf({ year, month, day, hour }),
    minute: microsOf({ year, month, day, hour, minute }),
  };
  const start = starts[unit];
  if (start === undefined) throw new NotInterpreted('unit of time');
  return { micros: start, dateOnly: false };
}

const part =
  (name: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'): Rule =>
  (args) =>
    BigInt(civilOf(dateAt(args, 0).micros)[name]);

/** A pattern that means the same in every dialect that could be behind it. */
function patternAt(args: readonly Value[], index: number, flag: Value | undefined, whole: boolean): RegExp {
  const text = textAt(args, index);
  return new RegExp(whole ? `^(?:${text})$` : text, Number(flag ?? 1n) === 0 ? 'gu' : 'giu');
}

const bits =
  (rule: (a: bigint, b: bigint) => bigint): Rule =>
  (args) =>
    rule(BigInt(wholeAt(args, 0)), BigInt(wholeAt(args, 1)));

const byText =
  (rule: (text: string) => Value): Rule =>
  (args) =>
    rule(textAt(args, 0));

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['CONTAINS', searched((text, wanted) => text.includes(wanted))],
  ['STARTSWITH', searched((text, wanted) => text.startsWith(wanted))],
  ['ENDSWITH', searched((text, wanted) => text.endsWith(wanted))],
  ['FINDSTRING', (args) => BigInt((args[0] ?? null) === null ? -1 : find(textAt(args, 0), args[1] ?? null))],
  ['SUBSTRING', substring],
  [
    'LEFT',
    (args) =>
      codePoints(textAt(args, 0))
        .slice(0, nonNegative(wholeAt(args, 1)))
        .join(''),
  ],
  [
    'RIGHT',
    (args) => {
      const text = codePoints(textAt(args, 0));
      return text.slice(Math.max(0, text.length - nonNegative(wholeAt(args, 1)))).join('');
    },
  ],
  ['LENGTH', (args) => BigInt((args[0] ?? null) === null ? 0 : codePoints(textAt(args, 0)).length)],
  ['TRIM', trimmed(true, true)],
  ['TRIMLEFT', trimmed(true, false)],
  ['TRIMRIGHT', trimmed(false, true)],
  ['PADLEFT', padded('left')],
  ['PADRIGHT', padded('right')],
  ['UPPERCASE', cased((text) => text.toUpperCase())],
  ['LOWERCASE', cased((text) => text.toLowerCase())],
  ['REVERSESTRING', byText((text) => codePoints(text).toReversed().join(''))],
  [
    'REPLACE',
    (args) => {
      if (textAt(args, 1) === '') throw new NotInterpreted('search for nothing');
      return textAt(args, 0).split(textAt(args, 1)).join(textAt(args, 2));
    },
  ],
  ['REPLACEFIRST', (args) => replaceFirst(textAt(args, 0), textAt(args, 1), textAt(args, 2))],
  [
    'REPLACECHAR',
    (args) => {
      const [set, by] = [textAt(args, 1), codePoints(textAt(args, 2))[0] ?? ''];
      return codePoints(textAt(args, 0))
        .map((char) => (set.includes(char) ? by : char))
        .join('');
    },
  ],
  ['GETWORD', (args) => words(documented(args, 0))[nonNegative(wholeAt(args, 1))] ?? ''],
  ['COUNTWORDS', (args) => BigInt((args[0] ?? null) === null ? 0 : words(textAt(args, 0)).length)],
  ['TONUMBER', toNumber],
  ['TOSTRING', toText],
  ['ROUND', round],
  ['ABS', (args) => (typeof args[0] === 'bigint' ? (args[0] < 0n ? -args[0] : args[0]) : Math.abs(realAt(args, 0)))],
  ['CEIL', (args) => Math.ceil(realAt(args, 0))],
  ['FLOOR', (args) => Math.floor(realAt(args, 0))],
  ['SQRT', limited((value) => value >= 0, Math.sqrt)],
  ['LOG', limited((value) => value > 0, Math.log)],
  ['LOG10', limited((value) => value > 0, Math.log10)],
  ['EXP', (args) => finite(Math.exp(realAt(args, 0)))],
  ['POW', (args) => finite(realAt(args, 0) ** realAt(args, 1))],
  ['MOD', (args) => (wholeAt(args, 1) === 0 ? null : BigInt(wholeAt(args, 0)) % BigInt(wholeAt(args, 1)))],
  ['MAX', extreme((a, b) => a > b)],
  ['MIN', extreme((a, b) => a < b)],
  [
    'BOUND',
    (args) => {
      const [value, low, high] = [realAt(args, 0), realAt(args, 1), realAt(args, 2)];
      return value < low ? low : value > high ? high : value;
    },
  ],
  ['BINARYAND', bits((a, b) => a & b)],
  ['BINARYOR', bits((a, b) => a | b)],
  ['BINARYXOR', bits((a, b) => a ^ b)],
  ['ISNULL', (args) => (args[0] ?? null) === null],
  ['ISEMPTY', (args) => (args[0] ?? null) === null || args[0] === ''],
  ['COALESCE', (args) => args.find((one) => one !== null) ?? null],
  ['NULL', () => null],
  ['DATETIMEADD', dateAdd],
  ['DATETIMEDIFF', dateDiff],
  ['DATETIMETRIM', dateTrim],
  ['DATETIMEFORMAT', (args) => formatDate(dateAt(args, 0).micros, textAt(args, 1))],
  ['DATETIMEPARSE', (args) => parseDate(textAt(args, 0), textAt(args, 1))],
  ['DATETIMEYEAR', part('year')],
  ['DATETIMEMONTH', part('month')],
  ['DATETIMEDAY', part('day')],
  ['DATETIMEHOUR', part('hour')],
  ['DATETIMEMINUTE', part('minute')],
  ['DATETIMESECOND', part('second')],
  ['REGEX_MATCH', (args) => (args[0] ?? null) !== null && patternAt(args, 1, args[2], true).test(textAt(args, 0))],
  ['REGEX_REPLACE', (args) => textAt(args, 0).replaceAll(patternAt(args, 1, args[3], false), textAt(args, 2))],
  [
    'REGEX_COUNTMATCHES',
    (args) =>
      BigInt((args[0] ?? null) === null ? 0 : [...textAt(args, 0).matchAll(patternAt(args, 1, args[2], false))].length),
  ],
]);

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new NotInterpreted('no finite number');
  return value;
}

function replaceFirst(text: string, wanted: string, by: string): string {
  if (wanted === '') throw new NotInterpreted('search for nothing');
  const at = text.indexOf(wanted);
  return at === -1 ? text : text.slice(0, at) + by + text.slice(at + wanted.length);
}

/** The result of a function; NULL where an argument that it needs is. */
export function callFunction(name: string, args: readonly Value[]): Value {
  const rule = rules.get(name);
  if (rule === undefined) throw new NotInterpreted(name);
  try {
    return rule(args);
  } catch (thrown) {
    if (thrown instanceof NullArgument) return null;
    throw thrown;
  }
}
