/** Aggregate functions with their filter condition, and the running ones that follow the order of rows. */
import type { Expr } from '../../ast.ts';
import type { ScalarType } from '../../environment.ts';
import { atom, strength, within, type TypedSql } from '../../typed-sql.ts';
import { asNumber, coerce } from '../coerce.ts';
import type { Compiler, Expected, FunctionRule, FunctionTable } from '../../compiler.ts';
import { argument } from '../../translation-state.ts';
import { constantInteger } from './constant.ts';

interface Aggregated {
  readonly value: TypedSql;
  /** SQL of the filter condition, or null. */
  readonly filter: string | null;
}

const filterClause = (...conditions: readonly (string | null)[]): string => {
  const present = conditions.filter((condition) => condition !== null);
  return present.length === 0 ? '' : ` FILTER (WHERE ${present.join(' AND ')})`;
};

/** Runs the translation of an aggregate's arguments, which may not hold another aggregate. */
function aggregating<T>(compiler: Compiler, name: string, work: () => T): T {
  if (compiler.insideAggregate)
    compiler.unsupported(`nested ${name}`, `${name} inside another aggregate function needs two aggregation steps`);
  if (compiler.env.mode === 'row') compiler.warn(`${name} is an aggregate function outside an Aggregator`, 0.5);
  compiler.markAggregate();
  const before = compiler.insideAggregate;
  compiler.insideAggregate = true;
  try {
    return work();
  } finally {
    compiler.insideAggregate = before;
  }
}

function argumentsOf(
  compiler: Compiler,
  args: readonly Expr[],
  filterAt: number,
  expected: Expected = 'number',
): Aggregated {
  const filter = args[filterAt];
  const condition = filter === undefined ? null : coerce.condition(compiler, filter);
  const guards = condition === null ? [] : [within(condition, strength.not)];
  const value = compiler.under(guards, [], () => compiler.value(argument(args, 0), expected));
  return { value, filter: condition === null ? null : within(condition, strength.not) };
}

/** `name(value) FILTER (…)` over numbers. */
function overNumbers(name: string, sqlName: string, type: (value: TypedSql) => ScalarType): FunctionRule {
  return {
    arity: [1, 2],
    translate: (compiler, args) =>
      aggregating(compiler, name, () => {
        const { value, filter } = argumentsOf(compiler, args, 1);
        const number = asNumber(compiler, value);
        return atom(`${sqlName}(${number.text})${filterClause(filter)}`, type(number));
      }),
  };
}

const isWhole = (type: ScalarType): boolean => type === 'integer' || type === 'bigint';

function sumSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  return aggregating(compiler, 'SUM', () => {
    const { value, filter } = argumentsOf(compiler, args, 1);
    const number = asNumber(compiler, value);
    const sum = `sum(${number.text})${filterClause(filter)}`;
    if (isWhole(number.type)) return atom(`CAST(${sum} AS BIGINT)`, 'bigint');
    return atom(sum, number.type, number.type === 'decimal' ? { precision: 38, scale: number.scale ?? null } : {});
  });
}

function countSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  return aggregating(compiler, 'COUNT', () => {
    const first = argument(args, 0);
    if (first.kind !== 'all_rows') {
      const { value, filter } = argumentsOf(compiler, args, 1, null);
      return atom(`count(${value.text})${filterClause(filter)}`, 'bigint', { notNull: true });
    }
    const condition = args[1] === undefined ? null : within(coerce.condition(compiler, args[1]), strength.not);
    return atom(`count(*)${filterClause(condition)}`, 'bigint', { notNull: true });
  });
}

function extreme(name: 'max' | 'min'): FunctionRule {
  return {
    arity: [1, 2],
    translate: (compiler, args) =>
      aggregating(compiler, name.toUpperCase(), () => {
        const { value, filter } = argumentsOf(compiler, args, 1, null);
        const known = value.type === 'boolean' ? asNumber(compiler, value) : value;
        const order = value.type === 'string' ? compiler.setting('powercenter.sort_order') : 'binary';
        const call = order === 'binary' ? `${name}(${known.text})` : `arg_${name}(${known.text}, lower(${known.text}))`;
        return atom(
          `${call}${filterClause(filter)}`,
          known.type,
          known.type === 'decimal' ? { precision: known.precision ?? null, scale: known.scale ?? null } : {},
        );
      }),
  };
}

function ordered(name: 'first' | 'last'): FunctionRule {
  return {
    arity: [1, 2],
    translate: (compiler, args) =>
      aggregating(compiler, name.toUpperCase(), () => {
        const { value, filter } = argumentsOf(compiler, args, 1, null);
        compiler.markOrderSensitive();
        compiler.assume(`${name.toUpperCase()} skips NULL`);
        const there = `${within(value, strength.concat)} IS NOT NULL`;
        return atom(`${name}(${value.text} ORDER BY ${compiler.rowOrder})${filterClause(there, filter)}`, value.type);
      }),
  };
}

function percentileSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  return aggregating(compiler, 'PERCENTILE', () => {
    const { value, filter } = argumentsOf(compiler, args, 2);
    const number = asNumber(compiler, value);
    const share = argument(args, 1);
    const text =
      share.kind === 'number'
        ? String(Number(share.text) / 100)
        : `${within(coerce.number(compiler, share), strength.multiply)} / 100`;
    if (share.kind !== 'number') compiler.warn('The percentile is not a constant, which DuckDB asks for', 0.5);
    compiler.assume('PERCENTILE interpolates between the two nearest values', 0.9);
    return atom(`quantile_cont(${number.text}, ${text})${filterClause(filter)}`, 'double');
  });
}

/** Sample deviation; of one row it is 0 in PowerCenter and NULL in DuckDB. */
function deviation(name: string, sqlName: string): FunctionRule {
  return {
    arity: [1, 2],
    translate: (compiler, args) =>
      aggregating(compiler, name, () => {
        const { value, filter } = argumentsOf(compiler, args, 1);
        const number = asNumber(compiler, value).text;
        compiler.assume(`${name} of one row is 0`);
        const clause = filterClause(filter);
        return atom(
          `coalesce(${sqlName}(${number})${clause}, CASE WHEN count(${number})${clause} = 1 THEN 0 END)`,
          'double',
        );
      }),
  };
}

function cumeSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const { value, filter } = argumentsOf(compiler, args, 1);
  const number = asNumber(compiler, value);
  compiler.markOrderSensitive();
  compiler.assume('CUME keeps its total over NULL and filtered rows', 0.9);
  const window = `OVER (ORDER BY ${compiler.rowOrder} ROWS UNBOUNDED PRECEDING)`;
  return atom(
    `sum(${number.text})${filterClause(filter)} ${window}`,
    number.type,
    number.type === 'decimal' ? { precision: 38, scale: number.scale ?? null } : {},
  );
}

function moving(name: string, sqlName: 'sum' | 'avg'): FunctionRule {
  return {
    arity: [2, 3],
    translate: (compiler, args) => {
      const { value, filter } = argumentsOf(compiler, args, 2);
      const number = asNumber(compiler, value).text;
      const rows = constantInteger(args[1]);
      compiler.markOrderSensitive();
      if (rows === null || rows < 1) {
        compiler.unsupported(
          name,
          `The number of rows of ${name} is not a constant of at least 1; it is passed through as it is`,
        );
        return atom(`${name}(${number}, ${compiler.value(argument(args, 1)).text})`, 'double');
      }
      if (filter !== null)
        compiler.warn(`${name} with a condition counts the rows of its window before the condition`, 0.6);
      const window = `OVER (ORDER BY ${compiler.rowOrder} ROWS ${rows - 1} PRECEDING)`;
      return atom(
        `CASE WHEN count(*) ${window} = ${rows} THEN ${sqlName}(${number})${filterClause(filter)} ${window} END`,
        'double',
      );
    },
  };
}

export const aggregateFunctions: FunctionTable = {
  AVG: overNumbers('AVG', 'avg', () => 'double'),
  COUNT: { arity: [1, 2], translate: countSql },
  FIRST: ordered('first'),
  LAST: ordered('last'),
  MAX: extreme('max'),
  MIN: extreme('min'),
  MEDIAN: overNumbers('MEDIAN', 'median', () => 'double'),
  PERCENTILE: { arity: [2, 3], translate: percentileSql },
  STDDEV: deviation('STDDEV', 'stddev_samp'),
  VARIANCE: deviation('VARIANCE', 'var_samp'),
  SUM: { arity: [1, 2], translate: sumSql },
  CUME: { arity: [1, 2], translate: cumeSql },
  MOVINGAVG: moving('MOVINGAVG', 'avg'),
  MOVINGSUM: moving('MOVINGSUM', 'sum'),
};
