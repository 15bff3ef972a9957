/** Functions that turn values of one type into another. */
import { quoteLiteral } from '../../../core/text.ts';
import type { FunctionTable } from '../../compiler.ts';
import { atom, withoutTrailingZeros } from '../../typed-sql.ts';
import { coerce } from '../coerce.ts';
import { readMoment, type Moment } from './moment-conversion.ts';
import { argument, constant, custom, failing, template } from './rule.ts';

const roundings: ReadonlySet<string> = new Set(['ceil', 'floor', 'round_inf', 'trunc_zero']);

/** The column that takes the decimal decides its scale; a rounding mode is applied there. */
const toDecimal = (name: string) =>
  custom([1, 2], (compiler, args) => {
    const { text, type } = coerce.number(compiler, argument(args, 0));
    const mode = args[1] === undefined ? null : constant(compiler, name, args[1]);
    if (mode === null || mode === 'trunc_zero' || mode === 'round_inf')
      compiler.assume(
        `Decimals that do not fit their column are ${mode === 'round_inf' ? 'rounded' : 'cut off'} there`,
        0.88,
      );
    else compiler.warn(`The rounding ${mode} of ${name} is not applied`, roundings.has(mode) ? 0.7 : 0.5);
    return atom(`${type === 'unknown' ? 'TRY_CAST' : 'CAST'}(${text} AS DECIMAL(38,10))`, 'decimal');
  });

const decimalToText = custom([1, 2], (compiler, args) => {
  const option = args[1] === undefined ? '' : (constant(compiler, 'DECIMALTOSTRING', args[1]) ?? '');
  const value = coerce.number(compiler, argument(args, 0));
  if (option === 'suppress_zero' || option === 'fix_zero')
    compiler.assume('Decimals turn to text without leading zeros and blanks', 0.85);
  else compiler.assume('Decimals turn to text without the leading blank and zeros of the source tool', 0.85);
  const text = `CAST(${value.text} AS VARCHAR)`;
  return atom(option === 'suppress_zero' ? withoutTrailingZeros(text) : text, 'string');
});

const validTypes: ReadonlyMap<string, string> = new Map([
  ['int8', 'TINYINT'],
  ['int16', 'SMALLINT'],
  ['int32', 'INTEGER'],
  ['int64', 'BIGINT'],
  ['uint8', 'UTINYINT'],
  ['uint16', 'USMALLINT'],
  ['uint32', 'UINTEGER'],
  ['uint64', 'UBIGINT'],
  ['sfloat', 'FLOAT'],
  ['dfloat', 'DOUBLE'],
  ['float', 'FLOAT'],
  ['double', 'DOUBLE'],
  ['decimal', 'DECIMAL(38,10)'],
  ['date', 'DATE'],
  ['time', 'TIME'],
  ['timestamp', 'TIMESTAMP'],
  ['string', 'VARCHAR'],
  ['ustring', 'VARCHAR'],
]);

const isValid = custom([2, 3], (compiler, args) => {
  const kind = constant(compiler, 'ISVALID', args[0])?.toLowerCase().replace(/\[.*$/, '');
  const type = validTypes.get(kind ?? '');
  if (type === undefined) {
    compiler.unsupported('ISVALID', `IsValid knows no type ${kind ?? ''}`);
    return failing('IsValid');
  }
  if (kind === 'date' || kind === 'time' || kind === 'timestamp') {
    const value = readMoment(compiler, 'ISVALID', args.slice(1), kind.toUpperCase() as Moment);
    return value === null ? failing('IsValid') : atom(`CAST(${value.text} IS NOT NULL AS INTEGER)`, 'integer');
  }
  const text = coerce.text(compiler, argument(args, 1)).text;
  // DuckDB rounds the text of a fraction to an integer, which is no valid integer.
  const valid = `TRY_CAST(${text} AS ${type}) IS NOT NULL`;
  const test =
    kind?.includes('int') === true
      ? `${valid} AND regexp_full_match(${text}, ${quoteLiteral(String.raw`\s*[+-]?[0-9]+\s*`)})`
      : valid;
  return atom(`CAST(${test} AS INTEGER)`, 'integer');
});

const validAs = (name: string, moment: Moment) =>
  custom([1, 2], (compiler, args) => {
    const value = readMoment(compiler, name, args, moment);
    return value === null ? failing(name) : atom(`CAST(${value.text} IS NOT NULL AS INTEGER)`, 'integer');
  });
const castable = (type: string) =>
  template('t', 'integer', (s) => `CAST(TRY_CAST(${s} AS ${type}) IS NOT NULL AS INTEGER)`);

const unchanged = (type: 'string' | 'binary') =>
  custom([1, 2], (compiler, args) => ({ ...coerce.text(compiler, argument(args, 0)), type }));

export const conversionFunctions: FunctionTable = {
  DECIMALTOSTRING: decimalToText,
  DECIMALTODECIMAL: toDecimal('DECIMALTODECIMAL'),
  DECIMALTODFLOAT: template('n?t', 'double', (x) => `CAST(${x} AS DOUBLE)`),
  DFLOATTODECIMAL: toDecimal('DFLOATTODECIMAL'),
  DFLOATTOSTRINGNOEXP: template(
    'n?w',
    'string',
    (x, digits = '6') => `printf('%.' || ${digits} || 'f', CAST(${x} AS DOUBLE))`,
  ),
  STRINGTODECIMAL: toDecimal('STRINGTODECIMAL'),
  RAWLENGTH: custom([1, 1], (compiler, args) =>
    atom(`octet_length(${compiler.value(argument(args, 0)).text})`, 'bigint'),
  ),
  STRINGTORAW: custom([1, 1], (compiler, args) =>
    atom(`encode(${coerce.text(compiler, argument(args, 0)).text})`, 'binary'),
  ),
  RAWTOSTRING: custom([1, 1], (compiler, args) => atom(`decode(${compiler.value(argument(args, 0)).text})`, 'string')),
  STRINGTOUSTRING: unchanged('string'),
  USTRINGTOSTRING: unchanged('string'),
  ISVALID: isValid,
  ISVALIDDATE: validAs('ISVALIDDATE', 'DATE'),
  ISVALIDTIME: validAs('ISVALIDTIME', 'TIME'),
  ISVALIDTIMESTAMP: validAs('ISVALIDTIMESTAMP', 'TIMESTAMP'),
  ISVALIDDECIMAL: castable('DECIMAL(38,10)'),
};
