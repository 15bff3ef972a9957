/** BASIC conversion codes of Oconv and Iconv, and the formats of Fmt. Only codes that are written out. */
import { quoteLiteral } from '../../../core/text.ts';
import type { Expr } from '../../ast.ts';
import type { Compiler, FunctionTable } from '../../compiler.ts';
import { atom, type TypedSql } from '../../typed-sql.ts';
import { coerce } from '../coerce.ts';
import { basicDateFormat } from './date-format.ts';
import { argument, constant, custom, failing } from './rule.ts';

type Conversion = (compiler: Compiler, value: Expr) => TypedSql;

const ofText =
  (write: (s: string) => string): Conversion =>
  (compiler, value) =>
    atom(write(coerce.text(compiler, value).text), 'string');

const without = (characters: string): Conversion =>
  ofText((s) => `regexp_replace(${s}, ${quoteLiteral(characters)}, '', 'g')`);

/** Codes that change letters or keep some characters only: the same in both directions. */
const characterCodes: ReadonlyMap<string, Conversion> = new Map([
  ['MCU', ofText((s) => `upper(${s})`)],
  ['MCL', ofText((s) => `lower(${s})`)],
  ['MCT', (compiler, value) => compiler.macro('pc_initcap', 'string', coerce.text(compiler, value).text)],
  ['MCN', without('[^0-9]')],
  ['MC/N', without('[0-9]')],
  ['MCA', without('[^A-Za-z]')],
  ['MC/A', without('[A-Za-z]')],
  ['MCB', without('[^A-Za-z0-9]')],
  ['MC/B', without('[A-Za-z0-9]')],
]);

const dayOf = (compiler: Compiler, value: Expr): string =>
  `DATE '1967-12-31' + CAST(${coerce.whole(compiler, value).text} AS INTEGER)`;

const datePart =
  (write: (day: string) => string, type: 'bigint' | 'string'): Conversion =>
  (compiler, value) =>
    atom(write(dayOf(compiler, value)), type);

const dateParts: ReadonlyMap<string, Conversion> = new Map([
  ['DD', datePart((d) => `day(${d})`, 'bigint')],
  ['DM', datePart((d) => `month(${d})`, 'bigint')],
  ['DY', datePart((d) => `year(${d})`, 'bigint')],
  ['DQ', datePart((d) => `quarter(${d})`, 'bigint')],
  ['DJ', datePart((d) => `dayofyear(${d})`, 'bigint')],
  ['DW', datePart((d) => `isodow(${d})`, 'bigint')],
  ['DMA', datePart((d) => `upper(strftime(${d}, '%B'))`, 'string')],
  ['DMB', datePart((d) => `upper(strftime(${d}, '%b'))`, 'string')],
  ['DWA', datePart((d) => `upper(strftime(${d}, '%A'))`, 'string')],
  ['DWB', datePart((d) => `upper(strftime(${d}, '%a'))`, 'string')],
]);

function dateCode(code: string, out: boolean): Conversion | null {
  const format = basicDateFormat(code);
  if (format === null) return null;
  const written = quoteLiteral(format);
  if (!out)
    return (compiler, value) =>
      atom(
        `datediff('day', DATE '1967-12-31', try_strptime(${coerce.text(compiler, value).text}, ${written}))`,
        'bigint',
      );
  return (compiler, value) => {
    const text = `strftime(${dayOf(compiler, value)}, ${written})`;
    return atom(/%[bB]/.test(format) ? `upper(${text})` : text, 'string');
  };
}

function timeCode(code: string, out: boolean): Conversion | null {
  const [, twelve, seconds] = /^MT(H?)(S?):?$/.exec(code) ?? [];
  if (twelve === undefined) return null;
  const format = `${twelve === 'H' ? '%I' : '%H'}:%M${seconds === 'S' ? ':%S' : ''}${twelve === 'H' ? '%p' : ''}`;
  if (out)
    return (compiler, value) =>
      atom(
        `strftime(TIMESTAMP '1970-01-01' + to_seconds(${coerce.whole(compiler, value).text}), ${quoteLiteral(format)})`,
        'string',
      );
  const formats = "['%H:%M:%S', '%H:%M', '%I:%M:%S%p', '%I:%M%p']";
  return (compiler, value) =>
    atom(
      `CAST(date_part('epoch', CAST(try_strptime(${coerce.text(compiler, value).text}, ${formats}) AS TIME)) AS BIGINT)`,
      'bigint',
    );
}

/** MD2, MD24, `MD2,$`: so many decimals, of a whole number scaled by the second digit or the first. */
function decimalCode(code: string, out: boolean): Conversion | null {
  const [, places, scaled = '', more = ''] = /^M[DLR](\d)(\d?)([,$]{0,2})$/.exec(code) ?? [];
  if (places === undefined) return null;
  const scale = scaled === '' ? places : scaled;
  if (!out)
    return (compiler, value) => {
      const number = /[,$]/.test(more)
        ? `TRY_CAST(translate(${coerce.text(compiler, value).text}, '$,', '') AS DECIMAL(38,10))`
        : coerce.number(compiler, value).text;
      return atom(`CAST(round(${number} * 1e${scale}) AS BIGINT)`, 'bigint');
    };
  const format = quoteLiteral(`{:${more.includes(',') ? ',' : ''}.${places}f}`);
  return (compiler, value) => {
    const text = `format(${format}, round(${coerce.number(compiler, value).text} / 1e${scale}, ${places}))`;
    return atom(more.includes('$') ? `('$' || ${text})` : text, 'string');
  };
}

const bases: Readonly<Record<string, string>> = { MX: '16', MCDX: '16', MO: '8', MB: '2' };

function baseCode(code: string, out: boolean): Conversion | null {
  const base = Object.hasOwn(bases, code) ? bases[code] : undefined;
  if (base === undefined) return null;
  const [from, to] = out ? ['10', base] : [base, '10'];
  return (compiler, value) =>
    compiler.macro('pc_convert_base', 'string', `CAST(${coerce.any(compiler, value).text} AS VARCHAR)`, from, to);
}

/** G1-2: the fields after the first one, two of them. */
function groupCode(code: string, out: boolean): Conversion | null {
  const [, skipped, delimiter = '', count] = /^G(\d{0,3})(\D)(\d{1,3})$/.exec(code) ?? [];
  if (count === undefined || !out) return null;
  const first = Number(skipped ?? 0) + 1;
  const mark = quoteLiteral(delimiter);
  return ofText(
    (s) => `array_to_string(list_slice(string_split(${s}, ${mark}), ${first}, ${first + Number(count) - 1}), ${mark})`,
  );
}

/** Oconv: internal to external form; Iconv: the way back. */
const basicConversion = (out: boolean) =>
  custom([2, 2], (compiler, args) => {
    const name = out ? 'OCONV' : 'ICONV';
    const code = constant(compiler, name, args[1])?.toUpperCase() ?? '';
    const conversion =
      characterCodes.get(code) ??
      (out ? dateParts.get(code) : undefined) ??
      dateCode(code, out) ??
      timeCode(code, out) ??
      decimalCode(code, out) ??
      baseCode(code, out) ??
      groupCode(code, out);
    if (conversion !== null) return conversion(compiler, argument(args, 0));
    compiler.unsupported(name, `The conversion code ${code === '' ? '' : `${code} `}has no translation`);
    return failing(name);
  });

/** The width, fill, side and decimals that a format of Fmt names; null where it is another one. */
function fmtParts(
  format: string,
): { readonly width: number; readonly fill: string; readonly right: boolean; readonly places: string } | null {
  const mask = /^([LR])([#%*])(\d{1,4})$/i.exec(format);
  if (mask !== null) {
    const fill = { '#': ' ', '%': '0', '*': '*' }[mask[2] ?? '#'] ?? ' ';
    return { width: Number(mask[3]), fill, right: mask[1]?.toUpperCase() === 'R', places: '' };
  }
  const sized = /^(\d{0,4})(?:'(.)'|"(.)")?([LR])([0-9]?)$/i.exec(format);
  if (sized === null) return null;
  const [, width = '', single, double, side, places = ''] = sized;
  return { width: Number(width), fill: single ?? double ?? ' ', right: side?.toUpperCase() === 'R', places };
}

const fmt = custom([2, 2], (compiler, args) => {
  const format = constant(compiler, 'FMT', args[1]);
  const parts = format === null ? null : fmtParts(format.trim());
  if (parts === null) {
    compiler.unsupported('FMT', `The format ${format ?? ''} of Fmt has no translation`);
    return failing('Fmt');
  }
  const { width, fill, right, places } = parts;
  const text =
    places === ''
      ? `CAST(${coerce.any(compiler, argument(args, 0)).text} AS VARCHAR)`
      : `format('{:.${places}f}', CAST(round(${coerce.number(compiler, argument(args, 0)).text}, ${places}) AS DOUBLE))`;
  if (width === 0) return atom(text, 'string');
  const pad = quoteLiteral(fill);
  return atom(
    right ? `lpad(right(${text}, ${width}), ${width}, ${pad})` : `rpad(left(${text}, ${width}), ${width}, ${pad})`,
    'string',
  );
});

export const basicConversionFunctions: FunctionTable = {
  OCONV: basicConversion(true),
  ICONV: basicConversion(false),
  FMT: fmt,
};
