/** Functions of the reference interpreter that need nothing but the values of their arguments. */
import { dateUnit, type DateUnit } from '../date-format.ts';
import { civilOf, daysInMonth, isValid, microsOf } from '../../civil-date.ts';
import { addUnits, difference, parseDateText, truncate } from './calendar.ts';
import { isDate, NotInterpreted, roundTo, RowRejected } from '../../interpreter.ts';
import { dateAt, prefixNumber, toDate, toNumber, toText, type Value } from './value.ts';

export interface Call {
  readonly args: readonly Value[];
  readonly dateFormat: string;
}

type Rule = (call: Call) => Value;

function withinCalendar(micros: bigint): bigint {
  const { year } = civilOf(micros);
  if (year < 1 || year > 9999) throw new NotInterpreted('date beyond the calendar');
  return micros;
}

const textAt = ({ args, dateFormat }: Call, index: number): string | null => toText(args[index] ?? null, dateFormat);
const numberAt = ({ args }: Call, index: number): number | null => toNumber(args[index] ?? null);
const microsAt = ({ args, dateFormat }: Call, index: number): bigint | null => toDate(args[index] ?? null, dateFormat);
const wholeAt = (call: Call, index: number): number | null => {
  const value = numberAt(call, index);
  return value === null ? null : roundTo(value, 0);
};

function unitAt(call: Call, index: number): DateUnit {
  const unit = dateUnit(textAt(call, index) ?? '');
  if (unit === null) throw new NotInterpreted('date part');
  return unit;
}

const ofText =
  (rule: (text: string) => Value): Rule =>
  (call) => {
    const text = textAt(call, 0);
    return text === null ? null : rule(text);
  };

const ofNumber =
  (rule: (value: number) => Value): Rule =>
  (call) => {
    const value = numberAt(call, 0);
    return value === null ? null : rule(value);
  };

function substr(call: Call): Value {
  const text = textAt(call, 0);
  const start = wholeAt(call, 1);
  const length = call.args.length > 2 ? wholeAt(call, 2) : Infinity;
  if (text === null || start === null || length === null) return null;
  const chars = Array.from(text);
  const from = start > 0 ? start - 1 : start === 0 ? 0 : Math.max(0, chars.length + start);
  return length <= 0 ? '' : chars.slice(from, from + length).join('');
}

function instr(call: Call): Value {
  const [text, sought] = [textAt(call, 0), textAt(call, 1)];
  const start = call.args.length > 2 ? wholeAt(call, 2) : 1;
  const occurrence = call.args.length > 3 ? wholeAt(call, 3) : 1;
  if (text === null || sought === null || start === null || occurrence === null) return null;
  if (sought === '') throw new NotInterpreted('search for an empty text');
  const [chars, wanted] = [Array.from(text), Array.from(sought)];
  const found = chars.flatMap((_char, at) =>
    wanted.every((char, offset) => chars[at + offset] === char) ? [at + 1] : [],
  );
  const inReach =
    start < 0 ? found.filter((at) => at <= chars.length + start + 1).reverse() : found.filter((at) => at >= start);
  return inReach[occurrence - 1] ?? 0;
}

function pad(atStart: boolean): Rule {
  return (call) => {
    const [text, length] = [textAt(call, 0), wholeAt(call, 1)];
    const filler = call.args.length > 2 ? textAt(call, 2) : ' ';
    if (text === null || length === null || length < 1) return null;
    const chars = Array.from(text);
    if (chars.length >= length) return chars.slice(0, length).join('');
    const fill = Array.from((filler === null || filler === '' ? ' ' : filler).repeat(length))
      .slice(0, length - chars.length)
      .join('');
    return atStart ? fill + text : text + fill;
  };
}

function trim(atStart: boolean): Rule {
  return (call) => {
    const text = textAt(call, 0);
    const set = call.args.length > 1 ? textAt(call, 1) : ' ';
    if (text === null || set === null) return null;
    const drop = new Set(Array.from(set));
    const chars = Array.from(text);
    const kept = atStart ? chars.findIndex((char) => !drop.has(char)) : chars.findLastIndex((char) => !drop.has(char));
    if (kept === -1) return '';
    return (atStart ? chars.slice(kept) : chars.slice(0, kept + 1)).join('');
  };
}

function replaceCharacters(call: Call): Value {
  const [flag, text, old, by] = [numberAt(call, 0), textAt(call, 1), textAt(call, 2), textAt(call, 3)];
  if (text === null) return null;
  const folded = (char: string): string => (flag === 0 ? char.toLowerCase() : char);
  const set = new Set(Array.from(old ?? '').map(folded));
  return Array.from(text)
    .map((char) => (set.has(folded(char)) ? (Array.from(by ?? '')[0] ?? '') : char))
    .join('');
}

function replaceStrings(call: Call): Value {
  const text = textAt(call, 1);
  if (text === null) return null;
  const ignoreCase = numberAt(call, 0) === 0;
  const by = textAt(call, call.args.length - 1) ?? '';
  const olds = call.args
    .slice(2, -1)
    .flatMap((_old, index) => textAt(call, index + 2) ?? [])
    .filter((old) => old !== '');
  let result = '';
  for (let at = 0; at < text.length;) {
    const old = olds.find((candidate) => {
      const here = text.slice(at, at + candidate.length);
      return ignoreCase ? here.toLowerCase() === candidate.toLowerCase() : here === candidate;
    });
    result += old === undefined ? (text[at] ?? '') : by;
    at += old?.length ?? 1;
  }
  return result;
}

function initcap(text: string): string {
  const chars = Array.from(text);
  return chars
    .map((char, at) =>
      at === 0 || !/[\p{L}\p{N}]/u.test(chars[at - 1] ?? '') ? char.toUpperCase() : char.toLowerCase(),
    )
    .join('');
}

function toInteger(limit: number): Rule {
  return (call) => {
    const value = numberAt(call, 0);
    if (value === null) return null;
    const truncates = call.args[1] !== undefined && toNumber(call.args[1]) !== 0;
    const whole = truncates ? Math.trunc(value) : roundTo(value, 0);
    if (whole >= limit || whole < -limit) throw new RowRejected('integer out of range');
    return whole;
  };
}

function rounded(unit: DateUnit, micros: bigint): bigint {
  if (unit === 'month') return addUnits(truncate(micros, 'month'), 'month', civilOf(micros).day >= 16 ? 1 : 0);
  if (unit === 'year') return truncate(addUnits(micros, 'month', 6), 'year');
  const next = addUnits(truncate(micros, unit), unit, 1);
  return (next - micros) * 2n <= next - truncate(micros, unit) ? next : truncate(micros, unit);
}

function rounding(
  onNumber: (value: number, places: number) => number,
  onDate: (unit: DateUnit, micros: bigint) => bigint,
): Rule {
  return (call) => {
    const value = call.args[0] ?? null;
    if (isDate(value)) return dateAt(onDate(call.args[1] === undefined ? 'day' : unitAt(call, 1), value.micros));
    const places = call.args.length > 1 ? wholeAt(call, 1) : 0;
    const number = toNumber(value);
    return number === null || places === null ? null : onNumber(number, places);
  };
}

function cutTo(value: number, places: number): number {
  const shifted = Math.floor(Number(`${Math.abs(value).toPrecision(15)}e${places}`));
  return Math.sign(value) * Number(`${shifted}e${-places}`);
}

function makeDate(call: Call): Value {
  const parts = call.args.map((_arg, index) => wholeAt(call, index));
  if (parts.includes(null)) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  const civil = { year, month, day, hour, minute, second, micro: 0 };
  if (!isValid(civil)) throw new RowRejected('not a date');
  return dateAt(microsOf(civil));
}

function datePart(unit: DateUnit, micros: bigint): number {
  const { micro, ...civil } = civilOf(micros);
  if (unit === 'millisecond') return Math.floor(micro / 1000);
  if (unit === 'microsecond') return micro;
  return unit === 'nanosecond' ? micro * 1000 : civil[unit];
}

/** The greatest (sign 1) or least (-1) argument; NULL where one is NULL. */
function extreme(sign: 1 | -1): Rule {
  return ({ args }) => {
    if (args.includes(null)) return null;
    const key = (value: Value): string | number | bigint =>
      isDate(value) ? value.micros : typeof value === 'string' ? value : Number(value);
    return args.reduce((best, value) =>
      (sign === 1 ? key(value) > key(best) : key(value) < key(best)) ? value : best,
    );
  };
}

export const interpretedFunctions: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['ISNULL', ({ args }) => args[0] === null],
  ['IS_SPACES', ofText((text) => /^ +$/.test(text))],
  ['IS_NUMBER', ofText((text) => /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][+-]?\d+)?\s*$/.test(text))],
  [
    'IS_DATE',
    (call) =>
      textAt(call, 0) === null
        ? null
        : parseDateText(textAt(call, 0) ?? '', textAt(call, 1) ?? call.dateFormat) !== null,
  ],
  ['LENGTH', ofText((text) => Array.from(text).length)],
  ['UPPER', ofText((text) => text.toUpperCase())],
  ['LOWER', ofText((text) => text.toLowerCase())],
  ['REVERSE', ofText((text) => Array.from(text).reverse().join(''))],
  ['INITCAP', ofText(initcap)],
  ['SUBSTR', substr],
  ['INSTR', instr],
  ['LPAD', pad(true)],
  ['RPAD', pad(false)],
  ['LTRIM', trim(true)],
  ['RTRIM', trim(false)],
  ['REPLACECHR', replaceCharacters],
  ['REPLACESTR', replaceStrings],
  ['TO_CHAR', (call) => toText(call.args[0] ?? null, textAt(call, 1) ?? call.dateFormat)],
  [
    'TO_DATE',
    (call) => {
      const micros = toDate(
        isDate(call.args[0] ?? null) ? (call.args[0] ?? null) : textAt(call, 0),
        textAt(call, 1) ?? call.dateFormat,
      );
      return micros === null ? null : dateAt(micros);
    },
  ],
  ['TO_INTEGER', toInteger(2 ** 31)],
  ['TO_BIGINT', toInteger(2 ** 63)],
  [
    'TO_DECIMAL',
    (call) => {
      const value = numberAt(call, 0);
      const scale = call.args.length > 1 ? wholeAt(call, 1) : null;
      return value === null || scale === null ? value : roundTo(value, scale);
    },
  ],
  ['TO_FLOAT', (call) => (typeof call.args[0] === 'string' ? prefixNumber(call.args[0]) : numberAt(call, 0))],
  ['ABS', ofNumber(Math.abs)],
  ['CEIL', ofNumber(Math.ceil)],
  ['FLOOR', ofNumber(Math.floor)],
  ['SIGN', ofNumber(Math.sign)],
  [
    'SQRT',
    ofNumber((value) => {
      if (value < 0) throw new RowRejected('root of a negative number');
      return Math.sqrt(value);
    }),
  ],
  ['ROUND', rounding(roundTo, rounded)],
  ['TRUNC', rounding(cutTo, (unit, micros) => truncate(micros, unit))],
  [
    'MOD',
    (call) => {
      const [a, b] = [numberAt(call, 0), numberAt(call, 1)];
      if (b === 0) throw new RowRejected('division by zero');
      return a === null || b === null ? null : a % b;
    },
  ],
  [
    'ADD_TO_DATE',
    (call) => {
      const [micros, count] = [microsAt(call, 0), wholeAt(call, 2)];
      return micros === null || count === null
        ? null
        : dateAt(withinCalendar(addUnits(micros, unitAt(call, 1), count)));
    },
  ],
  [
    'DATE_DIFF',
    (call) => {
      const [a, b] = [microsAt(call, 0), microsAt(call, 1)];
      return a === null || b === null ? null : difference(a, b, unitAt(call, 2));
    },
  ],
  [
    'DATE_COMPARE',
    (call) => {
      const [a, b] = [microsAt(call, 0), microsAt(call, 1)];
      return a === null || b === null ? null : a < b ? -1 : a > b ? 1 : 0;
    },
  ],
  [
    'GET_DATE_PART',
    (call) => {
      const micros = microsAt(call, 0);
      return micros === null ? null : datePart(unitAt(call, 1), micros);
    },
  ],
  [
    'LAST_DAY',
    (call) => {
      const micros = microsAt(call, 0);
      if (micros === null) return null;
      const civil = civilOf(micros);
      return dateAt(microsOf({ ...civil, day: daysInMonth(civil.year, civil.month) }));
    },
  ],
  ['MAKE_DATE_TIME', makeDate],
  ['GREATEST', extreme(1)],
  ['LEAST', extreme(-1)],
]);
