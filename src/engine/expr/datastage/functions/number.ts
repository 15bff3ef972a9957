/** Numeric functions. */
import type { FunctionTable } from '../../compiler.ts';
import { atom, isNullLiteral, strength, within } from '../../typed-sql.ts';
import { asNumber, coerce, unified } from '../coerce.ts';
import { argument, custom, template } from './rule.ts';

const double = (name: string) => template('n', 'double', (x) => `${name}(${x})`);

/** Functions that give a value of the type of their argument. */
const same = (name: string) =>
  custom([1, 1], (compiler, args) => {
    const value = asNumber(compiler, compiler.value(argument(args, 0)));
    return atom(`${name}(${value.text})`, value.type);
  });

const extreme = (name: 'greatest' | 'least') =>
  custom([2, 2], (compiler, args) => {
    const { type, values } = unified(
      compiler,
      args.map((arg) => compiler.value(arg)),
    );
    const call = `${name}(${values.map((value) => value.text).join(', ')})`;
    const nullable = values.filter((value) => value.notNull !== true || isNullLiteral(value));
    if (nullable.length === 0) return atom(call, type, { notNull: true });
    return atom(
      `CASE WHEN ${nullable.map((value) => `${within(value, strength.concat)} IS NOT NULL`).join(' AND ')} THEN ${call} END`,
      type,
    );
  });

const domain = (name: string, test: string) =>
  template(
    'n',
    'double',
    (x) => `CASE WHEN ${x} ${test} THEN ${name}(${x}) END`,
    'A value outside the domain of a function gives NULL',
  );
const toWhole = template('n', 'bigint', (x) => `CAST(trunc(${x}) AS BIGINT)`);
/** A column of unknown type may hold text: what is no number in it gives NULL. */
const convertedTo = (type: 'double' | 'bigint') =>
  custom([1, 1], (compiler, args) => {
    const value = asNumber(compiler, compiler.value(argument(args, 0)));
    const number = value.type === 'unknown' ? `TRY_CAST(${value.text} AS DECIMAL(38,10))` : value.text;
    return atom(type === 'double' ? `CAST(${number} AS DOUBLE)` : `CAST(trunc(${number}) AS BIGINT)`, type);
  });
const bits = (operator: string) =>
  template('ww', 'bigint', (a, b) => `CAST(${a} AS BIGINT) ${operator} CAST(${b} AS BIGINT)`);
const random = custom([0, 1], (compiler, args) => {
  compiler.warn('Random numbers differ with every run', 0.7);
  const limit = args[0] === undefined ? '2147483647' : within(coerce.whole(compiler, args[0]), strength.unary);
  return atom(`CAST(floor(random() * ${limit}) AS BIGINT)`, 'bigint');
});
const remainder = template('nn', 'decimal', (a, b) => `${a} % nullif(${b}, 0)`);

export const numberFunctions: FunctionTable = {
  ABS: same('abs'),
  FABS: same('abs'),
  LLABS: same('abs'),
  ACOS: domain('acos', 'BETWEEN -1 AND 1'),
  ASIN: domain('asin', 'BETWEEN -1 AND 1'),
  ATAN: double('atan'),
  ATAN2: template('nn', 'double', (y, x) => `atan2(${y}, ${x})`),
  CEIL: template('n', 'bigint', (x) => `CAST(ceil(${x}) AS BIGINT)`),
  FLOOR: template('n', 'bigint', (x) => `CAST(floor(${x}) AS BIGINT)`),
  COS: double('cos'),
  COSH: double('cosh'),
  SIN: double('sin'),
  SINH: double('sinh'),
  TAN: double('tan'),
  TANH: double('tanh'),
  DIV: template('nn', 'bigint', (a, b) => `CAST(trunc(${a} / nullif(${b}, 0)) AS BIGINT)`),
  EXP: double('exp'),
  LN: domain('ln', '> 0'),
  LOG10: domain('log10', '> 0'),
  LDEXP: template('nw', 'double', (m, e) => `${m} * pow(2, ${e})`),
  MAX: extreme('greatest'),
  MIN: extreme('least'),
  MOD: remainder,
  REM: remainder,
  NEG: custom([1, 1], (compiler, args) => {
    const value = asNumber(compiler, compiler.value(argument(args, 0)));
    return atom(`(-(${value.text}))`, value.type);
  }),
  NEGS: template('n', 'decimal', (x) => `(-(${x}))`),
  PWR: template('nn', 'double', (x, y) => `pow(${x}, ${y})`),
  RAND: random,
  RANDOM: random,
  RND: random,
  SQRT: domain('sqrt', '>= 0'),
  INT: toWhole,
  ASINTEGER: convertedTo('bigint'),
  ASFLOAT: convertedTo('double'),
  ASDOUBLE: convertedTo('double'),
  ROUND: template('n?w', 'decimal', (x, digits = '0') => `round(${x}, CAST(${digits} AS INTEGER))`),
  BITAND: bits('&'),
  BITOR: bits('|'),
  BITXOR: template('ww', 'bigint', (a, b) => `xor(CAST(${a} AS BIGINT), CAST(${b} AS BIGINT))`),
  BITEXPAND: template('w', 'string', (n) => `to_base(${n}, 2)`),
  BITCOMPRESS: custom([1, 1], (compiler, args) =>
    atom(
      `CAST(${compiler.macro('pc_convert_base', 'string', coerce.text(compiler, argument(args, 0)).text, '2', '10').text} AS BIGINT)`,
      'bigint',
    ),
  ),
  BITNOT: template('w', 'bigint', (a) => `~CAST(${a} AS BIGINT)`),
};
