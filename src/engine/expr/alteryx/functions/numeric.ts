import type { Expr } from '../../ast.ts';
import { strength } from '../../typed-sql.ts';
import { asNumber, asWhole, numberLiteral, unified } from '../coerce.ts';
import type { Compiler, FunctionRule, FunctionTable } from '../compiler.ts';
import { argument } from '../../translation-state.ts';
import { compare } from '../operators.ts';
import { atom, isNumber, within, type Value, type ValueKind } from '../value.ts';

const number = (compiler: Compiler, args: readonly Expr[], index = 0): Value =>
  asNumber(compiler, compiler.value(argument(args, index)));

const whole = (compiler: Compiler, args: readonly Expr[], index: number): Value =>
  asWhole(compiler, compiler.value(argument(args, index)));

/** A function of one number; outside its domain it gives NULL. */
const plain = (name: string, kind: ValueKind | 'same' = 'double', partial = false): FunctionRule => ({
  arity: [1, 1],
  translate(compiler, args) {
    const value = number(compiler, args);
    const call = `${name}(${value.text})`;
    const result = kind === 'same' ? (value.kind === 'unknown' ? 'double' : value.kind) : kind;
    return atom(partial ? `TRY(${call})` : call, result);
  },
});

/** Values of the list as one LIST; NULLs are left out by DuckDB's list aggregates. */
function listed(compiler: Compiler, args: readonly Expr[]): { readonly sql: string; readonly kind: ValueKind } {
  const { kind, values } = unified(
    compiler,
    args.map((arg) => asNumber(compiler, compiler.value(arg))),
  );
  return { sql: `[${values.map((value) => value.text).join(', ')}]`, kind };
}

const overList = (aggregate: string, kind: ValueKind | 'same', nullsAsZero: boolean): FunctionRule => ({
  arity: [1, 500],
  translate(compiler, args) {
    const list = listed(compiler, args);
    if (nullsAsZero) compiler.assume('NULL counts as 0 in this average', 0.88);
    const sql = nullsAsZero ? `list_transform(${list.sql}, lambda v: coalesce(v, 0))` : list.sql;
    const result = kind === 'same' ? (isNumber(list.kind) ? list.kind : 'double') : kind;
    return atom(`list_aggregate(${sql}, '${aggregate}')`, result);
  },
});

function extreme(name: 'greatest' | 'least'): FunctionRule {
  return {
    arity: [1, 500],
    translate(compiler, args) {
      const { kind, values } = unified(
        compiler,
        args.map((arg) => compiler.value(arg)),
      );
      compiler.assume('NULL is left out of the least and greatest value', 0.88);
      return values.length === 1
        ? (values[0] ?? atom('NULL', kind))
        : atom(`${name}(${values.map((value) => value.text).join(', ')})`, kind);
    },
  };
}

function extremeIndex(aggregate: 'max' | 'min'): FunctionRule {
  return {
    arity: [1, 500],
    translate(compiler, args) {
      const { sql } = listed(compiler, args);
      return atom(`coalesce(list_position(${sql}, list_aggregate(${sql}, '${aggregate}')) - 1, -1)`, 'integer');
    },
  };
}

/** Rounds to a multiple, half away from zero: Round(1.234, 0.01) is 1.23. */
function rounded(compiler: Compiler, args: readonly Expr[]): Value {
  const value = number(compiler, args);
  const multiple = number(compiler, args, 1);
  const literal = typeof multiple.literal === 'string' ? Number(multiple.literal) : null;
  const digits = literal === null ? -1 : [1, 0.1, 0.01, 0.001, 0.0001, 0.00001, 0.000001].indexOf(literal);
  const kind = value.kind === 'decimal' || value.kind === 'integer' ? value.kind : 'double';
  if (digits >= 0) return atom(`round(${value.text}, ${digits})`, kind);
  const by = literal === 0 || literal === null ? `nullif(${multiple.text}, 0)` : within(multiple, strength.atom);
  return {
    text: `round(${within(value, strength.multiply)} / ${by}, 0) * ${within(multiple, strength.unary)}`,
    kind: 'double',
    strength: strength.multiply,
  };
}

function modulo(compiler: Compiler, args: readonly Expr[]): Value {
  const a = whole(compiler, args, 0);
  const b = whole(compiler, args, 1);
  const divisor =
    typeof b.literal === 'string' && Number(b.literal) !== 0 ? within(b, strength.unary) : `nullif(${b.text}, 0)`;
  return { text: `${within(a, strength.multiply)} % ${divisor}`, kind: 'integer', strength: strength.multiply };
}

const bits = (build: (a: string, b: string) => string, count = 2): FunctionRule => ({
  arity: [count, count],
  translate: (compiler, args) =>
    atom(build(whole(compiler, args, 0).text, count === 2 ? whole(compiler, args, 1).text : ''), 'integer'),
});

export const numericFunctions: FunctionTable = {
  ABS: plain('abs', 'same'),
  ACOS: plain('acos', 'double', true),
  ASIN: plain('asin', 'double', true),
  ATAN: plain('atan'),
  COS: plain('cos'),
  COSH: plain('cosh'),
  SIN: plain('sin'),
  SINH: plain('sinh'),
  TAN: plain('tan'),
  TANH: plain('tanh'),
  EXP: plain('exp'),
  SQRT: plain('sqrt', 'double', true),
  LOG: plain('ln', 'double', true),
  LOG10: plain('log10', 'double', true),
  CEIL: plain('ceil', 'same'),
  FLOOR: plain('floor', 'same'),
  TODEGREES: plain('degrees'),
  TORADIANS: plain('radians'),
  FACTORIAL: {
    arity: [1, 1],
    translate: (compiler, args) =>
      atom(`TRY(CAST(factorial(CAST(${whole(compiler, args, 0).text} AS INTEGER)) AS DOUBLE))`, 'double'),
  },
  PI: { arity: [0, 0], translate: () => atom('pi()', 'double', { notNull: true }) },
  ATAN2: {
    arity: [2, 2],
    translate: (compiler, args) =>
      atom(`atan2(${number(compiler, args).text}, ${number(compiler, args, 1).text})`, 'double'),
  },
  POW: {
    arity: [2, 2],
    translate: (compiler, args) =>
      atom(`TRY(power(${number(compiler, args).text}, ${number(compiler, args, 1).text}))`, 'double'),
  },
  MOD: { arity: [2, 2], translate: modulo },
  ROUND: { arity: [2, 2], translate: rounded },
  SMARTROUND: {
    arity: [1, 1],
    translate(compiler, args) {
      compiler.warn(
        'SmartRound chooses the multiple by the size of the value; it is taken as two significant digits',
        0.6,
      );
      const value = number(compiler, args).text;
      return atom(
        `CASE WHEN ${value} = 0 THEN 0 ELSE round(${value}, CAST(1 - floor(log10(abs(${value}))) AS INTEGER)) END`,
        'double',
      );
    },
  },
  RAND: {
    arity: [0, 0],
    translate(compiler) {
      compiler.assume('Random numbers differ from run to run, as in the source tool', 0.9);
      return atom('random()', 'double', { notNull: true });
    },
  },
  RANDINT: {
    arity: [1, 1],
    translate(compiler, args) {
      compiler.assume('Random numbers differ from run to run, as in the source tool', 0.9);
      return atom(`CAST(floor(random() * (${whole(compiler, args, 0).text} + 1)) AS BIGINT)`, 'integer');
    },
  },
  DISTANCE: {
    arity: [2, 5],
    translate(compiler, args) {
      if (args.length < 4) {
        compiler.unsupported('DISTANCE', 'Distance between two spatial objects has no translation');
        return atom("error('Distance of spatial objects')", 'double');
      }
      const [lat, lon, lat2, lon2] = [0, 1, 2, 3].map((index) => `radians(${number(compiler, args, index).text})`);
      const miles = args[4] === undefined || compiler.value(args[4]).literal !== 'KM';
      compiler.assume('Distances are those on a sphere of the mean radius of the earth', 0.8);
      const half = `power(sin((${lat2} - ${lat}) / 2), 2) + cos(${lat}) * cos(${lat2}) * power(sin((${lon2} - ${lon}) / 2), 2)`;
      return atom(`(2 * ${miles ? '3958.7613' : '6371.0088'} * asin(sqrt(least(1, ${half}))))`, 'double');
    },
  },
  AVERAGE: overList('avg', 'double', true),
  AVERAGENONNULL: overList('avg', 'double', false),
  MEDIAN: overList('median', 'double', false),
  RANGEMEDIAN: overList('median', 'double', false),
  MODE: overList('mode', 'same', false),
  MAX: extreme('greatest'),
  MIN: extreme('least'),
  MAXIDX: extremeIndex('max'),
  MINIDX: extremeIndex('min'),
  BOUND: {
    arity: [3, 3],
    translate(compiler, args) {
      const [value, low, high] = unified(
        compiler,
        [0, 1, 2].map((index) => number(compiler, args, index)),
      ).values.map((one) => one.text);
      const kind = number(compiler, args).kind;
      return atom(
        `CASE WHEN ${value} < ${low} THEN ${low} WHEN ${value} > ${high} THEN ${high} ELSE ${value} END`,
        kind,
      );
    },
  },
  BINARYAND: bits((a, b) => `((${a}) & (${b}))`),
  BINARYOR: bits((a, b) => `((${a}) | (${b}))`),
  BINARYXOR: bits((a, b) => `xor(${a}, ${b})`),
  BINARYNOT: bits((a) => `(~(${a}))`, 1),
  SHIFTLEFT: bits((a, b) => `((${a}) << (${b}))`),
  SHIFTRIGHT: bits((a, b) => `((${a}) >> (${b}))`),
  COMPAREEPSILON: {
    arity: [3, 3],
    translate: (compiler, args) =>
      atom(
        `(abs(${within(number(compiler, args), strength.add)} - ${within(number(compiler, args, 1), strength.multiply)}) < ${within(number(compiler, args, 2), strength.concat)})`,
        'boolean',
      ),
  },
  COMPAREDIGITS: {
    arity: [3, 3],
    translate(compiler, args) {
      compiler.assume('CompareDigits compares after rounding to that many significant digits', 0.7);
      const digits = (index: number): string => {
        const value = number(compiler, args, index).text;
        return `CASE WHEN ${value} = 0 THEN 0 ELSE round(${value}, CAST(${whole(compiler, args, 2).text} - 1 - floor(log10(abs(${value}))) AS INTEGER)) END`;
      };
      return compare(compiler, '=', atom(digits(0), 'double'), atom(digits(1), 'double'));
    },
  },
  COMPAREDICTIONARY: {
    arity: [2, 2],
    translate(compiler, args) {
      const [a, b] = [0, 1].map((index) => `lower(CAST(${compiler.value(argument(args, index)).text} AS VARCHAR))`);
      return atom(`CASE WHEN ${a} = ${b} THEN 0 WHEN ${a} < ${b} THEN -1 WHEN ${a} > ${b} THEN 1 END`, 'integer');
    },
  },
  TOPNIDX: {
    arity: [2, 500],
    translate(compiler, args) {
      const list = listed(compiler, args.slice(1)).sql;
      const nth = whole(compiler, args, 0);
      return atom(`(list_grade_up(${list}, 'DESC', 'NULLS LAST')[${nth.text} + 1] - 1)`, 'integer');
    },
  },
  GETVAL: {
    arity: [2, 500],
    translate(compiler, args) {
      const { kind, values } = unified(
        compiler,
        args.slice(1).map((arg) => compiler.value(arg)),
      );
      const index = whole(compiler, args, 0);
      const cases = values.map((value, at) => `WHEN ${numberLiteral(String(at)).text} THEN ${value.text}`);
      return atom(`CASE ${index.text} ${cases.join(' ')} END`, kind);
    },
  },
};
