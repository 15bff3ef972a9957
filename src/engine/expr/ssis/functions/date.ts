/** Functions of dates. Weeks start on Sunday, whatever the locale. */
import type { Expr } from '../../ast.ts';
import type { Compiler, FunctionTable } from '../../compiler.ts';
import { argument } from '../../translation-state.ts';
import { atom, strength, within, type TypedSql } from '../../typed-sql.ts';
import { castTo } from '../cast.ts';
import { wholeArgument } from './arguments.ts';

const names: readonly (readonly [string, readonly string[]])[] = [
  ['year', ['year', 'yyyy', 'yy']],
  ['quarter', ['quarter', 'qq', 'q']],
  ['month', ['month', 'mm', 'm']],
  ['dayofyear', ['dayofyear', 'dy', 'y']],
  ['day', ['day', 'dd', 'd']],
  ['week', ['week', 'wk', 'ww']],
  ['weekday', ['weekday', 'dw', 'w']],
  ['hour', ['hour', 'hh']],
  ['minute', ['minute', 'mi', 'n']],
  ['second', ['second', 'ss', 's']],
  ['millisecond', ['millisecond', 'ms']],
];
const parts: ReadonlyMap<string, string> = new Map(
  names.flatMap(([part, spellings]) => spellings.map((one) => [one, part] as const)),
);

function partOf(compiler: Compiler, args: readonly Expr[], name: string): string | null {
  const first = argument(args, 0);
  const part = first.kind === 'text' ? parts.get(first.value.trim().toLowerCase()) : undefined;
  if (part !== undefined) return part;
  compiler.unsupported(name, `${name} needs one of its date parts as a literal`);
  return null;
}

function dateArgument(compiler: Compiler, args: readonly Expr[], index: number): TypedSql {
  const value = compiler.value(argument(args, index));
  return value.type === 'string'
    ? castTo(compiler, value, { name: 'dbtimestamp', length: null, precision: null, scale: null })
    : value;
}

function failing(name: string, args: readonly TypedSql[]): TypedSql {
  return atom(`${name}(${args.map((one) => one.text).join(', ')})`, 'unknown');
}

const steps: ReadonlyMap<string, readonly [string, number]> = new Map([
  ['year', ['to_years', 1]],
  ['quarter', ['to_months', 3]],
  ['month', ['to_months', 1]],
  ['dayofyear', ['to_days', 1]],
  ['day', ['to_days', 1]],
  ['weekday', ['to_days', 1]],
  ['week', ['to_days', 7]],
  ['hour', ['to_hours', 1]],
  ['minute', ['to_minutes', 1]],
  ['second', ['to_seconds', 1]],
  ['millisecond', ['to_milliseconds', 1]],
]);

function dateAdd(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const part = partOf(compiler, args, 'DATEADD');
  const count = wholeArgument(compiler, args, 1);
  const date = dateArgument(compiler, args, 2);
  const [call, factor] = steps.get(part ?? '') ?? ['', 1];
  if (part === null) return failing('DATEADD', [compiler.value(argument(args, 0)), count, date]);
  const amount = factor === 1 ? count.text : `${within(count, strength.multiply)} * ${factor}`;
  const number = count.literal === undefined && count.type !== 'integer' ? `CAST(${amount} AS INTEGER)` : amount;
  const sum = `${within(date, strength.add)} + ${call}(${number})`;
  if (date.native === 'dbdate') return atom(`CAST(${sum} AS DATE)`, 'date', { native: 'dbdate' });
  return { text: sum, type: 'date', strength: strength.add, native: date.native ?? 'dbtimestamp' };
}

/** Sundays since a first one, as a count of weeks. */
function weekNumber(date: TypedSql): string {
  return `floor(date_diff('day', DATE '1900-01-07', CAST(${date.text} AS DATE)) / 7)`;
}

function dateDiff(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const part = partOf(compiler, args, 'DATEDIFF');
  const [from, to] = [dateArgument(compiler, args, 1), dateArgument(compiler, args, 2)];
  if (part === null) return failing('DATEDIFF', [compiler.value(argument(args, 0)), from, to]);
  if (part === 'week') return atom(`CAST(${weekNumber(to)} - ${weekNumber(from)} AS INTEGER)`, 'integer');
  const unit = part === 'dayofyear' || part === 'weekday' ? 'day' : part;
  return atom(`CAST(date_diff('${unit}', ${from.text}, ${to.text}) AS INTEGER)`, 'integer');
}

function partSql(part: string, date: TypedSql): TypedSql {
  if (part === 'weekday') return { text: `dayofweek(${date.text}) + 1`, type: 'integer', strength: strength.add };
  if (part === 'week')
    return {
      text: `(dayofyear(${date.text}) + dayofweek(date_trunc('year', ${date.text})) - 1) // 7 + 1`,
      type: 'integer',
      strength: strength.add,
    };
  if (part === 'millisecond')
    return { text: `millisecond(${date.text}) % 1000`, type: 'integer', strength: strength.multiply };
  return atom(`${part}(${date.text})`, 'integer');
}

function single(part: string) {
  return (compiler: Compiler, args: readonly Expr[]): TypedSql => partSql(part, dateArgument(compiler, args, 0));
}

function runTime(name: string) {
  return (compiler: Compiler): TypedSql => {
    compiler.parameter('run_ts');
    compiler.assume(`${name} is the time of the run, the same for every row`, 0.95);
    return { ...compiler.macro('pc_run_ts', 'date'), native: 'dbtimestamp' };
  };
}

export const dateFunctions: FunctionTable = {
  DATEADD: { arity: [3, 3], translate: dateAdd },
  DATEDIFF: { arity: [3, 3], translate: dateDiff },
  DATEPART: {
    arity: [2, 2],
    translate: (compiler, args) => {
      const part = partOf(compiler, args, 'DATEPART');
      const date = dateArgument(compiler, args, 1);
      return part === null ? failing('DATEPART', [compiler.value(argument(args, 0)), date]) : partSql(part, date);
    },
  },
  DAY: { arity: [1, 1], translate: single('day') },
  GETDATE: { arity: [0, 0], translate: runTime('GETDATE') },
  GETUTCDATE: { arity: [0, 0], translate: runTime('GETUTCDATE') },
  MONTH: { arity: [1, 1], translate: single('month') },
  YEAR: { arity: [1, 1], translate: single('year') },
};
