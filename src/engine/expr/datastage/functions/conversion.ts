/** Functions that turn values of one type into another, and BASIC conversion codes. */
import { quoteLiteral } from '../../../core/text.ts';
import type { Expr } from '../../ast.ts';
import type { Compiler, FunctionTable } from '../../compiler.ts';
import { atom, type TypedSql } from '../../typed-sql.ts';
import { coerce } from '../coerce.ts';
import { basicDateFormat, duckDbFormat } from './date-format.ts';
import { argument, constant, custom, failing, template } from './rule.ts';

const defaults = { DATE: '%yyyy-%mm-%dd', TIME: '%hh:%nn:%ss', TIMESTAMP: '%yyyy-%mm-%dd %hh:%nn:%ss' } as const;
type Moment = keyof typeof defaults;

function formatOf(
  compiler: Compiler,
  name: string,
  given: Expr | undefined,
  { moment, use }: { readonly moment: Moment; readonly use: 'print' | 'read' },
): string | null {
  const text = given === undefined ? defaults[moment] : constant(compiler, name, given);
  const format = text === null ? null : duckDbFormat(text, use);
  if (text !== null && format === null) compiler.unsupported(name, `The format ${text} of ${name} has no translation`);
  return format;
}

function read(compiler: Compiler, name: string, args: readonly Expr[], moment: Moment): TypedSql | null {
  const format = formatOf(compiler, name, args[1], { moment, use: 'read' });
  const text = coerce.text(compiler, argument(args, 0)).text;
  return format === null
    ? null
    : atom(`CAST(try_strptime(${text}, ${quoteLiteral(format)}) AS ${moment})`, moment === 'TIME' ? 'unknown' : 'date');
}

const reading = (name: string, moment: Moment) =>
  custom([1, 2], (compiler, args) => {
    compiler.assume('Text that does not fit its format gives NULL; the source tool may reject the row instead', 0.92);
    return read(compiler, name, args, moment) ?? failing(name);
  });

const printing = (name: string, moment: Moment) =>
  custom([1, 2], (compiler, args) => {
    const format = formatOf(compiler, name, args[1], { moment, use: 'print' });
    const value = coerce.date(compiler, argument(args, 0)).text;
    if (format === null) return failing(name);
    const stamp = moment === 'TIME' ? `DATE '1970-01-01' + CAST(${value} AS TIME)` : value;
    return atom(`strftime(${stamp}, ${quoteLiteral(format)})`, 'string');
  });

const roundings: ReadonlySet<string> = new Set(['ceil', 'floor', 'round_inf', 'trunc_zero']);

/** The column that takes the decimal decides its scale; a rounding mode is applied there. */
const toDecimal = (name: string) =>
  custom([1, 2], (compiler, args) => {
    const value = coerce.number(compiler, argument(args, 0)).text;
    const mode = args[1] === undefined ? null : constant(compiler, name, args[1]);
    if (mode === null || mode === 'trunc_zero' || mode === 'round_inf')
      compiler.assume(
        `Decimals that do not fit their column are ${mode === 'round_inf' ? 'rounded' : 'cut off'} there`,
        0.88,
      );
    else compiler.warn(`The rounding ${mode} of ${name} is not applied`, roundings.has(mode) ? 0.7 : 0.5);
    return atom(`CAST(${value} AS DECIMAL(38,10))`, 'decimal');
  });

const decimalToText = custom([1, 2], (compiler, args) => {
  const option = args[1] === undefined ? '' : (constant(compiler, 'DECIMALTOSTRING', args[1]) ?? '');
  const value = coerce.number(compiler, argument(args, 0));
  if (option === 'suppress_zero' || option === 'fix_zero')
    compiler.assume('Decimals turn to text without leading zeros and blanks', 0.85);
  else compiler.assume('Decimals turn to text without the leading blank and zeros of the source tool', 0.85);
  const text = `CAST(${value.text} AS VARCHAR)`;
  return atom(option === 'suppress_zero' ? String.raw`regexp_replace(${text}, '\.?0+$', '')` : text, 'string');
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
    const value = read(compiler, 'ISVALID', args.slice(1), kind.toUpperCase() as Moment);
    return value === null ? failing('IsValid') : atom(`CAST(${value.text} IS NOT NULL AS INTEGER)`, 'integer');
  }
  return atom(
    `CAST(TRY_CAST(${coerce.text(compiler, argument(args, 1)).text} AS ${type}) IS NOT NULL AS INTEGER)`,
    'integer',
  );
});

const validAs = (name: string, moment: Moment) =>
  custom([1, 2], (compiler, args) => {
    const value = read(compiler, name, args, moment);
    return value === null ? failing(name) : atom(`CAST(${value.text} IS NOT NULL AS INTEGER)`, 'integer');
  });
const castable = (type: string) =>
  template('t', 'integer', (s) => `CAST(TRY_CAST(${s} AS ${type}) IS NOT NULL AS INTEGER)`);

const cases: ReadonlyMap<string, (s: string) => string> = new Map([
  ['MCU', (s: string): string => `upper(${s})`],
  ['MCL', (s: string): string => `lower(${s})`],
  ['MCN', (s: string): string => `regexp_replace(${s}, '[^0-9]', '', 'g')`],
  ['MCA', (s: string): string => `regexp_replace(${s}, '[^A-Za-z]', '', 'g')`],
]);

/** Oconv: internal to external form; Iconv: the way back. Only constant codes for dates, case and decimals. */
const basicConversion = (out: boolean) =>
  custom([2, 2], (compiler, args) => {
    const name = out ? 'OCONV' : 'ICONV';
    const code = constant(compiler, name, args[1])?.toUpperCase() ?? '';
    const format = basicDateFormat(code);
    const letters = cases.get(code);
    const decimals = /^MD([0-9])$/.exec(code)?.[1];
    if (letters !== undefined) return atom(letters(coerce.text(compiler, argument(args, 0)).text), 'string');
    if (format !== null && out)
      return atom(
        `strftime(DATE '1967-12-31' + CAST(${coerce.whole(compiler, argument(args, 0)).text} AS INTEGER), ${quoteLiteral(format)})`,
        'string',
      );
    if (format !== null)
      return atom(
        `datediff('day', DATE '1967-12-31', try_strptime(${coerce.text(compiler, argument(args, 0)).text}, ${quoteLiteral(format)}))`,
        'bigint',
      );
    if (decimals !== undefined) {
      const value = coerce.number(compiler, argument(args, 0)).text;
      return out
        ? atom(`printf('%.${decimals}f', CAST(${value} AS DOUBLE) / 1e${decimals})`, 'string')
        : atom(`CAST(round(${value} * 1e${decimals}) AS BIGINT)`, 'bigint');
    }
    compiler.unsupported(name, `The conversion code ${code === '' ? '' : `${code} `}has no translation`);
    return failing(name);
  });

const unchanged = (type: 'string' | 'binary') =>
  custom([1, 2], (compiler, args) => ({ ...coerce.text(compiler, argument(args, 0)), type }));

export const conversionFunctions: FunctionTable = {
  DATETOSTRING: printing('DATETOSTRING', 'DATE'),
  TIMETOSTRING: printing('TIMETOSTRING', 'TIME'),
  TIMESTAMPTOSTRING: printing('TIMESTAMPTOSTRING', 'TIMESTAMP'),
  STRINGTODATE: reading('STRINGTODATE', 'DATE'),
  STRINGTOTIME: reading('STRINGTOTIME', 'TIME'),
  STRINGTOTIMESTAMP: reading('STRINGTOTIMESTAMP', 'TIMESTAMP'),
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
  OCONV: basicConversion(true),
  ICONV: basicConversion(false),
};
