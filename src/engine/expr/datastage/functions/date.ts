/** Functions of dates and times. Times of day are DuckDB TIME values. */
import { quoteLiteral } from '../../../core/text.ts';
import type { Expr } from '../../ast.ts';
import type { Compiler, FunctionTable } from '../../compiler.ts';
import { runTime } from '../../powercenter/run-time.ts';
import { atom } from '../../typed-sql.ts';
import { coerce } from '../coerce.ts';
import { argument, constant, custom, failing, template } from './rule.ts';

const date = (sql: string): string =>
  sql.startsWith('CAST(') && sql.endsWith(' AS DATE)') ? sql : `CAST(${sql} AS DATE)`;
const time = (sql: string): string => `CAST(${sql} AS TIME)`;

const now = (type: string) =>
  custom([0, 0], (compiler) =>
    atom(`CAST(${runTime(compiler, 'SESSSTARTTIME').text} AS ${type})`, type === 'TIME' ? 'unknown' : 'date'),
  );
const datePart = (name: string) => template('d', 'bigint', (d) => `${name}(${d})`);
const timePart = (name: string) => template('a', 'bigint', (t = '') => `${name}(${time(t)})`);

const weekdays: readonly string[] = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** The number of a weekday's name, Sunday 0; null, and noted as unsupported, where it is none. */
function weekday(compiler: Compiler, name: string, expr: Expr | undefined): number | null {
  const lower = constant(compiler, name, expr)?.trim().toLowerCase();
  if (lower === undefined) return null;
  const found = lower.length < 3 ? -1 : weekdays.findIndex((day) => day.startsWith(lower));
  if (found === -1) compiler.unsupported(name, `${name} knows no weekday ${lower}`);
  return found === -1 ? null : found;
}

const weekdayFromDate = custom([1, 2], (compiler, args) => {
  const day = coerce.date(compiler, argument(args, 0)).text;
  const origin = args[1] === undefined ? 0 : weekday(compiler, 'WEEKDAYFROMDATE', args[1]);
  if (origin === null) return failing('WeekdayFromDate');
  return atom(origin === 0 ? `dayofweek(${day})` : `(dayofweek(${day}) + ${7 - origin}) % 7`, 'bigint');
});

const towards = (name: string, forward: boolean) =>
  custom([2, 2], (compiler, args) => {
    const day = date(coerce.date(compiler, argument(args, 0)).text);
    const wanted = weekday(compiler, name, args[1]);
    if (wanted === null) return failing(name);
    const days = forward
      ? `(${wanted} - dayofweek(${day}) + 6) % 7 + 1`
      : `(dayofweek(${day}) - ${wanted} + 6) % 7 + 1`;
    return atom(`${day} ${forward ? '+' : '-'} CAST(${days} AS INTEGER)`, 'date', { strength: 6 });
  });

/** The weekday that many times after the date, before it where the number is negative. */
const nthWeekday = custom([3, 3], (compiler, args) => {
  const day = date(coerce.date(compiler, argument(args, 0)).text);
  const wanted = weekday(compiler, 'NTHWEEKDAYFROMDATE', args[1]);
  if (wanted === null) return failing('NthWeekdayFromDate');
  const count = coerce.whole(compiler, argument(args, 2)).text;
  const ahead = `(${wanted} - dayofweek(${day}) + 6) % 7 + 1 + (${count} - 1) * 7`;
  const back = `-((dayofweek(${day}) - ${wanted} + 6) % 7 + 1) + (${count} + 1) * 7`;
  return atom(`(${day} + CAST(CASE WHEN ${count} > 0 THEN ${ahead} ELSE ${back} END AS INTEGER))`, 'date');
});

const sinceSecond = template(
  'n?d',
  'date',
  (n, base = "TIMESTAMP '1970-01-01 00:00:00'") => `(${base} + to_seconds(${n}))`,
);

export const dateFunctions: FunctionTable = {
  CURRENTDATE: now('DATE'),
  CURRENTTIME: now('TIME'),
  CURRENTTIMEMS: now('TIME'),
  CURRENTTIMESTAMP: now('TIMESTAMP'),
  CURRENTTIMESTAMPMS: now('TIMESTAMP'),
  DATE: custom([0, 0], (compiler) =>
    atom(`datediff('day', DATE '1967-12-31', ${runTime(compiler, 'SESSSTARTTIME').text})`, 'bigint'),
  ),
  TIME: custom([0, 0], (compiler) =>
    atom(`date_part('epoch', CAST(${runTime(compiler, 'SESSSTARTTIME').text} AS TIME))`, 'double'),
  ),
  TIMEDATE: custom([0, 0], (compiler) =>
    atom(`upper(strftime(${runTime(compiler, 'SESSSTARTTIME').text}, '%H:%M:%S %d %b %Y'))`, 'string'),
  ),
  DAYSSINCEFROMDATE: template('dd', 'bigint', (a = '', b = '') => `datediff('day', ${date(b)}, ${date(a)})`),
  DATEFROMDAYSSINCE: template(
    'w?d',
    'date',
    (n = '', base = "DATE '1970-01-01'") => `(${date(base)} + CAST(${n} AS INTEGER))`,
  ),
  DATEFROMDAYSSINCE2: template('wd', 'date', (n = '', base = '') => `(${date(base)} + CAST(${n} AS INTEGER))`),
  DATEFROMJULIANDAY: template('w', 'date', (n) => `(DATE '1970-01-01' + CAST(${n} - 2440588 AS INTEGER))`),
  JULIANDAYFROMDATE: template('d', 'bigint', (d = '') => `(datediff('day', DATE '1970-01-01', ${date(d)}) + 2440588)`),
  DATEFROMCOMPONENTS: template(
    'www',
    'date',
    (y, m, d) => `TRY_CAST(printf('%04d-%02d-%02d', ${y}, ${m}, ${d}) AS DATE)`,
  ),
  DATEOFFSETBYDAYS: template('dw', 'date', (d = '', n = '') => `(${date(d)} + CAST(${n} AS INTEGER))`),
  DATEOFFSETBYCOMPONENTS: template(
    'dwww',
    'date',
    (d = '', y = '', m = '', n = '') =>
      `CAST(${date(d)} + to_years(CAST(${y} AS INTEGER)) + to_months(CAST(${m} AS INTEGER)) + to_days(CAST(${n} AS INTEGER)) AS DATE)`,
  ),
  DAYSINMONTH: template('d', 'bigint', (d) => `day(last_day(${d}))`),
  DAYSINYEAR: template('d', 'bigint', (d) => `dayofyear(make_date(year(${d}), 12, 31))`),
  MONTHDAYFROMDATE: datePart('day'),
  MONTHFROMDATE: datePart('month'),
  YEARFROMDATE: datePart('year'),
  YEARDAYFROMDATE: datePart('dayofyear'),
  YEARWEEKFROMDATE: template(
    'd',
    'bigint',
    (d) => `CAST(strftime(${d}, '%U') AS INTEGER)`,
    'Weeks of the year start on Sunday',
  ),
  WEEKDAYFROMDATE: weekdayFromDate,
  NEXTWEEKDAYFROMDATE: towards('NextWeekdayFromDate', true),
  PREVIOUSWEEKDAYFROMDATE: towards('PreviousWeekdayFromDate', false),
  NTHWEEKDAYFROMDATE: nthWeekday,
  HOURSFROMTIME: timePart('hour'),
  MINUTESFROMTIME: timePart('minute'),
  SECONDSFROMTIME: template('a', 'double', (t = '') => `(microsecond(${time(t)}) / 1000000)`),
  MICROSECONDSFROMTIME: template('a', 'bigint', (t = '') => `microsecond(${time(t)}) % 1000000`),
  MIDNIGHTSECONDSFROMTIME: template('a', 'double', (t = '') => `date_part('epoch', ${time(t)})`),
  TIMEFROMMIDNIGHTSECONDS: template('n', 'unknown', (n) => `(TIME '00:00:00' + to_seconds(${n}))`),
  TIMEFROMCOMPONENTS: template('wwww', 'unknown', (h, m, s, us) => `make_time(${h}, ${m}, ${s} + ${us} / 1000000.0)`),
  TIMEOFFSETBYSECONDS: template('an', 'unknown', (t = '', n = '') => `(${time(t)} + to_seconds(${n}))`),
  TIMEOFFSETBYCOMPONENTS: template(
    'awww',
    'unknown',
    (t = '', h = '', mi = '', s = '') => `(${time(t)} + to_hours(${h}) + to_minutes(${mi}) + to_seconds(${s}))`,
  ),
  SECONDSSINCEFROMTIMESTAMP: template('dd', 'double', (a, b) => `((epoch_us(${a}) - epoch_us(${b})) / 1000000)`),
  TIMESTAMPFROMDATETIME: template('da', 'date', (d = '', t = '') => `(${date(d)} + ${time(t)})`),
  TIMESTAMPFROMSECONDSSINCE: sinceSecond,
  TIMESTAMPFROMSECONDSSINCE2: sinceSecond,
  TIMESTAMPFROMTIMET: template('n', 'date', (n) => `(TIMESTAMP '1970-01-01 00:00:00' + to_seconds(${n}))`),
  TIMETFROMTIMESTAMP: template('d', 'bigint', (d) => `CAST(floor(epoch(${d})) AS BIGINT)`),
  TIMESTAMPOFFSETBYSECONDS: template('dn', 'date', (d, n) => `(${d} + to_seconds(${n}))`),
  TIMESTAMPOFFSETBYCOMPONENTS: template(
    'dwwwwww',
    'date',
    (...[d, y, mo, n, h, mi, s]) =>
      `(${d} + to_years(CAST(${y} AS INTEGER)) + to_months(CAST(${mo} AS INTEGER)) + to_days(CAST(${n} AS INTEGER)) + to_hours(${h}) + to_minutes(${mi}) + to_seconds(${s}))`,
  ),
  DATEFROMTIMESTAMP: template('d', 'date', (d = '') => date(d)),
  TIMESTAMPTODATE: template('d', 'date', (d = '') => date(d)),
  TIMESTAMPTOTIME: template('d', 'unknown', (d = '') => time(d)),
  DATETOTIMESTAMP: template('d', 'date', (d) => `CAST(${d} AS TIMESTAMP)`),
  WEEKDAYNAME: template('d', 'string', (d) => `strftime(${d}, ${quoteLiteral('%A')})`),
};
