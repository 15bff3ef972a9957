import type { Expr } from '../../ast.ts';
import { quoteLiteral } from '../../../core/text.ts';
import { asMoment, asNumber, asText, asWhole } from '../coerce.ts';
import type { Compiler, FunctionRule, FunctionTable } from '../compiler.ts';
import { argument } from '../../translation-state.ts';
import { atom, isNull, type Value } from '../value.ts';
import { formatSql, written } from './date-format.ts';

const now = "coalesce(CAST(getvariable('run_ts') AS TIMESTAMP), CAST(current_timestamp AS TIMESTAMP))";

const moment = (compiler: Compiler, args: readonly Expr[], index = 0): Value =>
  asMoment(compiler, compiler.value(argument(args, index)));

const stamp = (value: Value): string => (value.kind === 'date' ? `CAST(${value.text} AS TIMESTAMP)` : value.text);

const units = ['years', 'months', 'days', 'hours', 'minutes', 'seconds', 'weeks', 'quarters'] as const;
type Unit = (typeof units)[number];

/** The unit that a text argument names, in singular or plural; null where it is computed or unknown. */
function unitOf(compiler: Compiler, expr: Expr): Unit | 'firstofmonth' | 'lastofmonth' | null {
  const literal = compiler.value(expr).literal;
  const text = typeof literal === 'string' ? literal.trim().toLowerCase() : '';
  if (text === 'firstofmonth' || text === 'lastofmonth') return text;
  const named = units.find((unit) => unit === text || unit === `${text}s`);
  if (named !== undefined) return named;
  const short = text === 'min' || text === 'mins' ? 'minutes' : text === 'sec' || text === 'secs' ? 'seconds' : null;
  if (short === null)
    compiler.unsupported('date unit', `The date unit ${text === '' ? 'is computed' : text} is not known`);
  return short;
}

const singular = (unit: Unit): string => unit.slice(0, -1);

function added(compiler: Compiler, args: readonly Expr[]): Value {
  const value = moment(compiler, args);
  const count = asWhole(compiler, compiler.value(argument(args, 1)));
  const unit = unitOf(compiler, argument(args, 2));
  if (unit === null || unit === 'firstofmonth' || unit === 'lastofmonth')
    return atom('CAST(NULL AS TIMESTAMP)', 'datetime');
  const call =
    unit === 'weeks'
      ? `to_days(CAST(7 * (${count.text}) AS INTEGER))`
      : unit === 'quarters'
        ? `to_months(CAST(3 * (${count.text}) AS INTEGER))`
        : unit === 'seconds'
          ? `to_seconds(${count.text})`
          : unit === 'hours' || unit === 'minutes'
            ? `to_${unit}(CAST(${count.text} AS BIGINT))`
            : `to_${unit}(CAST(${count.text} AS INTEGER))`;
  return atom(`(${stamp(value)} + ${call})`, 'datetime');
}

function trimmed(compiler: Compiler, args: readonly Expr[]): Value {
  const value = moment(compiler, args);
  const unit = unitOf(compiler, argument(args, 1));
  if (unit === 'lastofmonth') return endOfMonth(value);
  const part = unit === 'firstofmonth' ? 'month' : unit === null ? 'day' : singular(unit);
  return atom(`date_trunc(${quoteLiteral(part)}, ${stamp(value)})`, 'datetime');
}

/** The last second of the month. */
const endOfMonth = (value: Value): Value =>
  atom(`(CAST(last_day(${value.text}) AS TIMESTAMP) + INTERVAL '23:59:59')`, 'datetime');

const part = (name: string): FunctionRule => ({
  arity: [1, 1],
  translate: (compiler, args) => atom(`${name}(${stamp(moment(compiler, args))})`, 'integer'),
});

const zoned = (name: string, build: (value: string, zone: string) => string): FunctionRule => ({
  arity: [1, 2],
  translate(compiler, args) {
    const value = moment(compiler, args);
    if (args[1] === undefined) compiler.assume(`${name} takes the time zone of the machine`, 0.8);
    const zone = args[1] === undefined ? "getvariable('time_zone')" : asText(compiler, compiler.value(args[1])).text;
    return atom(build(stamp(value), `coalesce(${zone}, 'UTC')`), 'datetime');
  },
});

/** Parsed text; a format without hours or days gives what the source tool gives for such text. */
function parsed(compiler: Compiler, args: readonly Expr[], standard: string): Value {
  const value = compiler.value(argument(args, 0));
  const text = asText(compiler, value);
  const format = args[1] === undefined ? quoteLiteral(standard) : formatSql(compiler, compiler.value(args[1]));
  compiler.assume('Text that is no date in the format gives NULL');
  const call = `try_strptime(${text.kind === 'unknown' ? `CAST(${text.text} AS VARCHAR)` : text.text}, ${format})`;
  const literal = args[1] === undefined ? standard : compiler.value(args[1]).literal;
  if (typeof literal !== 'string' || !/%[yDx]/.test(literal)) return atom(call, 'datetime');
  compiler.assume('Years of two digits lie between 66 years before and 33 years after the run', 0.92);
  const offset = `CASE WHEN year(d) > year(${now}) + 33 THEN -100 WHEN year(d) < year(${now}) - 66 THEN 100 ELSE 0 END`;
  return atom(`list_transform([${call}], lambda d: d + to_years(${offset}))[1]`, 'datetime');
}

export const dateTimeFunctions: FunctionTable = {
  DATETIMEADD: { arity: [3, 3], translate: added },
  DATETIMEDIFF: {
    arity: [3, 3],
    translate(compiler, args) {
      const a = stamp(moment(compiler, args));
      const b = stamp(moment(compiler, args, 1));
      const unit = unitOf(compiler, argument(args, 2));
      if (unit === null || unit === 'firstofmonth' || unit === 'lastofmonth')
        return atom('CAST(NULL AS BIGINT)', 'integer');
      return atom(`datesub(${quoteLiteral(singular(unit))}, ${b}, ${a})`, 'integer');
    },
  },
  DATETIMEFORMAT: {
    arity: [2, 3],
    translate(compiler, args) {
      if (args[2] !== undefined) compiler.assume('Names of days and months are English', 0.8);
      return written(compiler, moment(compiler, args).text, compiler.value(argument(args, 1)));
    },
  },
  DATETIMEPARSE: { arity: [2, 3], translate: (compiler, args) => parsed(compiler, args, '%Y-%m-%d') },
  DATETIMETRIM: { arity: [2, 2], translate: trimmed },
  DATETIMEFIRSTOFMONTH: { arity: [0, 0], translate: () => atom(`date_trunc('month', ${now})`, 'datetime') },
  DATETIMELASTOFMONTH: { arity: [0, 0], translate: () => endOfMonth(atom(now, 'datetime')) },
  DATETIMENOW: { arity: [0, 1], translate: () => atom(`date_trunc('second', ${now})`, 'datetime') },
  DATETIMENOWPRECISE: { arity: [1, 1], translate: () => atom(now, 'datetime') },
  DATETIMESTART: { arity: [0, 0], translate: () => atom(`date_trunc('second', ${now})`, 'datetime') },
  DATETIMETODAY: { arity: [0, 0], translate: () => atom(`CAST(${now} AS DATE)`, 'date') },
  DATETIMEYEAR: part('year'),
  DATETIMEMONTH: part('month'),
  DATETIMEDAY: part('day'),
  DATETIMEHOUR: part('hour'),
  DATETIMEHOURS: part('hour'),
  DATETIMEMINUTE: part('minute'),
  DATETIMEMINUTES: part('minute'),
  DATETIMESECOND: part('second'),
  DATETIMESECONDS: part('second'),
  DATETIMEQUARTER: part('quarter'),
  DATETIMETOUTC: zoned('DateTimeToUTC', (value, zone) => `timezone('UTC', timezone(${zone}, ${value}))`),
  DATETIMETOLOCAL: zoned('DateTimeToLocal', (value, zone) => `timezone(${zone}, timezone('UTC', ${value}))`),
  TODATE: {
    arity: [1, 1],
    translate: (compiler, args) => fromExcel(compiler, argument(args, 0), 'date'),
  },
  TODATETIME: {
    arity: [1, 1],
    translate: (compiler, args) => fromExcel(compiler, argument(args, 0), 'datetime'),
  },
};

/** Text in ISO form, a date, or the day number of a spreadsheet. */
function fromExcel(compiler: Compiler, expr: Expr, kind: 'date' | 'datetime'): Value {
  const value = compiler.value(expr);
  const type = kind === 'date' ? 'DATE' : 'TIMESTAMP';
  if (value.kind === 'integer' || value.kind === 'decimal' || value.kind === 'double') {
    return atom(`CAST(${fromDays(asNumber(compiler, value).text)} AS ${type})`, kind);
  }
  const moment = asMoment(compiler, value).text;
  if (value.kind !== 'unknown' || isNull(value)) return atom(`CAST(${moment} AS ${type})`, kind);
  return atom(
    `CAST(coalesce(${moment}, ${fromDays(`TRY_CAST(CAST(${value.text} AS VARCHAR) AS DOUBLE)`)}) AS ${type})`,
    kind,
  );
}

/** The moment so many days of a spreadsheet stand for. */
const fromDays = (days: string): string =>
  `TIMESTAMP '1899-12-30' + to_milliseconds(CAST(round((${days}) * 86400000.0) AS BIGINT))`;
