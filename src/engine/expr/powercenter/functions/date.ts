/** Date functions. */
import type { Expr } from '../../ast.ts';
import { atom, strength, within, type TypedSql } from '../../typed-sql.ts';
import { asDate, coerce } from '../coerce.ts';
import type { Compiler, FunctionTable } from '../../compiler.ts';
import { argument } from '../../translation-state.ts';
import { dateUnit, type DateUnit } from '../date-format.ts';
import { runTime } from '../run-time.ts';
import { constantInteger, constantText } from './constant.ts';

/** The unit that a format argument names; null (noted) where it names none. */
function unitOf(compiler: Compiler, name: string, expr: Expr): DateUnit | null {
  const text = constantText(compiler, name, expr);
  if (text === null) return null;
  const unit = dateUnit(text);
  if (unit === null) compiler.unsupported(`${name} ${text}`, `The date part '${text}' of ${name} has no translation`);
  return unit;
}

const asIs = (compiler: Compiler, name: string, args: readonly Expr[]): TypedSql =>
  atom(`${name}(${args.map((arg) => compiler.value(arg).text).join(', ')})`, 'unknown');

/** An interval of `count` units. */
function interval(unit: DateUnit, count: TypedSql): string {
  const whole =
    count.type === 'integer' || count.type === 'unknown' ? count.text : `CAST(round(${count.text}, 0) AS BIGINT)`;
  const small =
    count.type === 'integer' && typeof count.literal === 'string' ? count.text : `CAST(${whole} AS INTEGER)`;
  switch (unit) {
    case 'year':
    case 'month':
    case 'day':
      return `to_${unit}s(${small})`;
    case 'nanosecond':
      return `to_microseconds(CAST(${whole} AS BIGINT) // 1000)`;
    case 'millisecond':
    case 'microsecond':
    case 'hour':
    case 'minute':
    case 'second':
      return `to_${unit}s(${typeof count.literal === 'string' && count.type === 'integer' ? count.text : `CAST(${whole} AS BIGINT)`})`;
  }
}

const sum = (date: TypedSql, added: string): TypedSql => ({
  text: `${within(date, strength.add)} + ${added}`,
  type: 'date',
  strength: strength.add,
});

function addToDateSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const unit = unitOf(compiler, 'ADD_TO_DATE', argument(args, 1));
  if (unit === null) return asIs(compiler, 'ADD_TO_DATE', args);
  const date = coerce.date(compiler, argument(args, 0));
  const count = coerce.number(compiler, argument(args, 2));
  if (unit === 'nanosecond') compiler.warn('Times are kept to the microsecond; nanoseconds are cut off', 0.85);
  return sum(date, interval(unit, count));
}

const microseconds: Partial<Record<DateUnit, string>> = {
  day: '86400000000.0',
  hour: '3600000000.0',
  minute: '60000000.0',
  second: '1000000.0',
  millisecond: '1000.0',
};

function dateDiffSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const unit = unitOf(compiler, 'DATE_DIFF', argument(args, 2));
  if (unit === null) return asIs(compiler, 'DATE_DIFF', args);
  const [a, b] = [coerce.date(compiler, argument(args, 0)), coerce.date(compiler, argument(args, 1))];
  if (unit === 'year' || unit === 'month') {
    const months = compiler.macro('pc_date_diff_month', 'double', a.text, b.text);
    return unit === 'month'
      ? months
      : { text: `${within(months, strength.multiply)} / 12`, type: 'double', strength: strength.multiply };
  }
  const difference = `(epoch_us(${a.text}) - epoch_us(${b.text}))`;
  const divisor = microseconds[unit];
  if (divisor !== undefined) return { text: `${difference} / ${divisor}`, type: 'double', strength: strength.multiply };
  return {
    text: `${difference} * ${unit === 'nanosecond' ? '1000.0' : '1.0'}`,
    type: 'double',
    strength: strength.multiply,
  };
}

function getDatePartSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const unit = unitOf(compiler, 'GET_DATE_PART', argument(args, 1));
  if (unit === null) return asIs(compiler, 'GET_DATE_PART', args);
  return datePart(unit, coerce.date(compiler, argument(args, 0)).text);
}

/** Parts below the second count from the last second, not from the last minute as in DuckDB. */
function datePart(unit: DateUnit, date: string): TypedSql {
  const within1s: Partial<Record<DateUnit, string>> = {
    millisecond: `millisecond(${date}) % 1000`,
    microsecond: `microsecond(${date}) % 1000000`,
    nanosecond: `microsecond(${date}) % 1000000 * 1000`,
  };
  const below = within1s[unit];
  return below === undefined
    ? atom(`${unit}(${date})`, 'integer')
    : { text: below, type: 'integer', strength: strength.multiply };
}

function setDatePartSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const unit = unitOf(compiler, 'SET_DATE_PART', argument(args, 1));
  if (unit === null) return asIs(compiler, 'SET_DATE_PART', args);
  const date = coerce.date(compiler, argument(args, 0));
  const wanted = coerce.number(compiler, argument(args, 2));
  compiler.assume('SET_DATE_PART to a day that the month lacks takes the last day of the month');
  const part = datePart(unit, date.text);
  const value =
    unit === 'day'
      ? `CASE WHEN ${within(wanted, strength.concat)} > day(last_day(${date.text})) THEN day(last_day(${date.text})) ELSE ${wanted.text} END`
      : within(wanted, strength.add);
  return sum(date, interval(unit, atom(`${value} - ${within(part, strength.multiply)}`, 'unknown')));
}

function makeDateTimeSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const parts = args.map((arg) => coerce.position(compiler, arg));
  const text = (index: number): string => parts[index]?.text ?? '0';
  const nano = parts[6];
  const seconds = nano === undefined ? text(5) : `${text(5)} + ((${nano.text}) // 1000) / 1e6`;
  const made = `TRY(make_timestamp(${[0, 1, 2, 3, 4].map(text).join(', ')}, ${seconds}))`;
  // PowerCenter's years are 1 to 9999, DuckDB's go further.
  const anyYear = constantInteger(args[0]) === null;
  const sql = atom(
    anyYear
      ? `CASE WHEN ${within(parts[0] ?? atom('NULL', 'integer'), strength.concat)} BETWEEN 1 AND 9999 THEN ${made} END`
      : made,
    'date',
  );
  const given = parts
    .filter((part) => part.notNull !== true)
    .map((part) => `${within(part, strength.concat)} IS NOT NULL`);
  compiler.rowError({ text: [...given, `${sql.text} IS NULL`].join(' AND '), type: 'boolean', strength: strength.and });
  compiler.assume('MAKE_DATE_TIME of an invalid date rejects the row');
  return sql;
}

function dateCompareSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const [a, b] = [coerce.date(compiler, argument(args, 0)), coerce.date(compiler, argument(args, 1))];
  return atom(`CAST(sign(epoch_us(${a.text}) - epoch_us(${b.text})) AS INTEGER)`, 'integer');
}

/** TRUNC of a date. */
export function truncDateSql(compiler: Compiler, value: TypedSql, format: Expr | undefined): TypedSql {
  const unit = format === undefined ? 'day' : unitOf(compiler, 'TRUNC', format);
  if (unit === null) return atom(`TRUNC_DATE(${value.text})`, 'date');
  const date = asDate(compiler, value);
  if (unit === 'nanosecond' || unit === 'microsecond') return date;
  return atom(`date_trunc('${unit}', ${date.text})`, 'date');
}

/** What carries a date over the middle of the unit into the next one. */
const half: Partial<Record<DateUnit, string>> = {
  year: 'to_months(6)',
  day: 'to_hours(12)',
  hour: 'to_minutes(30)',
  minute: 'to_seconds(30)',
  second: 'to_milliseconds(500)',
  millisecond: 'to_microseconds(500)',
};

/** ROUND of a date: from the middle of the unit on, the next one. */
export function roundDateSql(compiler: Compiler, value: TypedSql, format: Expr | undefined): TypedSql {
  const unit = format === undefined ? 'day' : unitOf(compiler, 'ROUND', format);
  if (unit === null) return atom(`ROUND_DATE(${value.text})`, 'date');
  const date = asDate(compiler, value);
  compiler.assume('ROUND of a date goes up from the middle of the unit: July 1, day 16, noon, half past');
  if (unit === 'month')
    return sum(
      atom(`date_trunc('month', ${date.text})`, 'date'),
      `to_months(CASE WHEN day(${date.text}) >= 16 THEN 1 ELSE 0 END)`,
    );
  const added = half[unit];
  return added === undefined ? date : atom(`date_trunc('${unit}', ${within(date, strength.add)} + ${added})`, 'date');
}

export const dateFunctions: FunctionTable = {
  ADD_TO_DATE: { arity: [3, 3], translate: addToDateSql },
  DATE_COMPARE: { arity: [2, 2], translate: dateCompareSql },
  DATE_DIFF: { arity: [3, 3], translate: dateDiffSql },
  GET_DATE_PART: { arity: [2, 2], translate: getDatePartSql },
  LAST_DAY: {
    arity: [1, 1],
    translate: (compiler, args) => compiler.macro('pc_last_day', 'date', coerce.date(compiler, argument(args, 0)).text),
  },
  MAKE_DATE_TIME: { arity: [3, 7], translate: makeDateTimeSql },
  SET_DATE_PART: { arity: [3, 3], translate: setDatePartSql },
  SYSTIMESTAMP: {
    arity: [0, 1],
    translate: (compiler, args) => {
      const now = runTime(compiler, 'SYSTIMESTAMP');
      return args[0] === undefined ? now : truncDateSql(compiler, now, args[0]);
    },
  },
  SYSDATE: { arity: [0, 0], translate: (compiler) => runTime(compiler, 'SYSDATE') },
};
