import { quoteLiteral } from '../../../core/text.ts';
import type { Expr } from '../../ast.ts';
import { asNumber, asText, asWhole } from '../coerce.ts';
import type { Compiler, FunctionTable } from '../compiler.ts';
import { argument } from '../../translation-state.ts';
import { textByType } from '../../typed-sql.ts';
import { atom, isNull, isNumber, type Value } from '../value.ts';

const isOn = (compiler: Compiler, expr: Expr | undefined): boolean => {
  const literal = expr === undefined ? '0' : compiler.value(expr).literal;
  return literal !== '0' && literal !== false && literal !== undefined;
};

/** Text to number: what is no number is 0, and so is NULL unless it is asked to stay. */
function toNumber(compiler: Compiler, args: readonly Expr[]): Value {
  const value = compiler.value(argument(args, 0));
  if (isNumber(value.kind))
    return isOn(compiler, args[2]) ? value : atom(`coalesce(${value.text}, 0)`, value.kind, { notNull: true });
  if (value.kind === 'boolean') return asNumber(compiler, value);
  const text = value.kind === 'unknown' ? `CAST(${value.text} AS VARCHAR)` : asText(compiler, value).text;
  const comma = args[3] !== undefined && compiler.value(args[3]).literal === ',';
  const digits = comma ? `replace(replace(${text}, '.', ''), ',', '.')` : `replace(${text}, ',', '')`;
  const plain = `TRY_CAST(${digits} AS DOUBLE)`;
  compiler.assume(`Text that is no number gives 0; ${comma ? 'points' : 'commas'} between thousands are left out`, 0.9);
  if (!isOn(compiler, args[2])) return atom(`coalesce(${plain}, 0)`, 'double', { notNull: true });
  return atom(`CASE WHEN ${text} IS NOT NULL THEN coalesce(${plain}, 0) END`, 'double');
}

function toText(compiler: Compiler, args: readonly Expr[]): Value {
  const value = compiler.value(argument(args, 0));
  if (args[1] === undefined) {
    if (value.kind !== 'unknown' || isNull(value)) return asText(compiler, value);
    return atom(
      value.simple === true ? textByType(value.text, 'DOUBLE|FLOAT') : `CAST(${value.text} AS VARCHAR)`,
      'string',
    );
  }
  const number = asNumber(compiler, value);
  const decimals = compiler.value(args[1]);
  const { thousands, point } = separators(compiler, args);
  const grouping = thousands === '' ? '' : ',';
  const written =
    typeof decimals.literal === 'string' && /^\d{1,2}$/.test(decimals.literal)
      ? `format('{:${grouping}.${decimals.literal}f}', CAST(round(${number.text}, ${decimals.literal}) AS DOUBLE))`
      : `format('{:${grouping}.' || CAST(${decimals.text} AS VARCHAR) || 'f}', CAST(round(${number.text}, CAST(${decimals.text} AS INTEGER)) AS DOUBLE))`;
  if ((thousands === '' || thousands === ',') && point === '.') return atom(written, 'string');
  return atom(`translate(${written}, ',.', ${quoteLiteral((thousands || ',') + point)})`, 'string');
}

/** The third argument is 1, 0 or the character itself; the fourth one the decimal point. */
function separators(compiler: Compiler, args: readonly Expr[]): { readonly thousands: string; readonly point: string } {
  const given = args[3] === undefined ? '.' : compiler.value(args[3]).literal;
  const point = typeof given === 'string' && given.length === 1 ? given : '.';
  if (point !== given) compiler.warn('The decimal point of ToString is not one written character; it is a dot', 0.6);
  const usual = point === ',' ? '.' : ',';
  const separator = args[2] === undefined ? null : compiler.value(args[2]);
  const character = separator?.kind === 'string' && typeof separator.literal === 'string' ? separator.literal : null;
  if (character !== null && !/^[01]$/.test(character)) return { thousands: character.slice(0, 1), point };
  return { thousands: isOn(compiler, args[2]) ? usual : '', point };
}

const text = (compiler: Compiler, args: readonly Expr[]): string =>
  asText(compiler, compiler.value(argument(args, 0))).text;
const whole = (compiler: Compiler, args: readonly Expr[]): string =>
  asWhole(compiler, compiler.value(argument(args, 0))).text;

const fromDigits = (digits: string, base: number): string =>
  `CAST(list_reduce(list_transform(string_split(upper(trim(${digits})), ''), lambda c: CAST(instr('0123456789ABCDEF', c) - 1 AS BIGINT)), lambda a, b: a * ${base} + b) AS BIGINT)`;

export const conversionFunctions: FunctionTable = {
  TONUMBER: { arity: [1, 4], translate: toNumber },
  TOSTRING: { arity: [1, 4], translate: toText },
  CHARFROMINT: {
    arity: [1, 1],
    translate: (compiler, args) => atom(`chr(CAST(${whole(compiler, args)} AS INTEGER))`, 'string'),
  },
  CHARTOINT: { arity: [1, 1], translate: (compiler, args) => atom(`unicode(${text(compiler, args)})`, 'integer') },
  HEXTONUMBER: {
    arity: [1, 1],
    translate: (compiler, args) =>
      atom(fromDigits(`regexp_replace(${text(compiler, args)}, '^ *0[xX]', '')`, 16), 'integer'),
  },
  BINTOINT: { arity: [1, 1], translate: (compiler, args) => atom(fromDigits(text(compiler, args), 2), 'integer') },
  INTTOHEX: {
    arity: [1, 1],
    translate: (compiler, args) => atom(`upper(to_base(${whole(compiler, args)}, 16))`, 'string'),
  },
  INTTOBIN: { arity: [1, 1], translate: (compiler, args) => atom(`to_base(${whole(compiler, args)}, 2)`, 'string') },
  UNICODENORMALIZATION: {
    arity: [2, 2],
    translate(compiler, args) {
      const form = compiler.value(argument(args, 1)).literal;
      if (typeof form === 'string' && form.toUpperCase() === 'NFC')
        return atom(`nfc_normalize(${text(compiler, args)})`, 'string');
      compiler.unsupported('UnicodeNormalization', 'DuckDB normalises Unicode text to the form NFC only');
      return atom("error('UnicodeNormalization is not translated')", 'string');
    },
  },
  CONVERTFROMCODEPAGE: {
    arity: [2, 2],
    translate(compiler, args) {
      compiler.warn('Text is Unicode here; the code page is left out', 0.7);
      return atom(text(compiler, args), 'string');
    },
  },
  CONVERTTOCODEPAGE: {
    arity: [2, 2],
    translate(compiler, args) {
      compiler.warn('Text is Unicode here; the code page is left out', 0.7);
      return atom(text(compiler, args), 'string');
    },
  },
};
