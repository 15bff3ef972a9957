import type { Expr } from '../../ast.ts';
import { asNumber, asText, asWhole } from '../coerce.ts';
import type { Compiler, FunctionTable } from '../compiler.ts';
import { argument } from '../../translation-state.ts';
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
  const plain = `TRY_CAST(replace(${text}, ',', '') AS DOUBLE)`;
  compiler.assume('Text that is no number gives 0; commas between thousands are left out', 0.9);
  if (!isOn(compiler, args[2])) return atom(`coalesce(${plain}, 0)`, 'double', { notNull: true });
  return atom(`CASE WHEN ${text} IS NOT NULL THEN coalesce(${plain}, 0) END`, 'double');
}

function toText(compiler: Compiler, args: readonly Expr[]): Value {
  const value = compiler.value(argument(args, 0));
  if (args[1] === undefined) {
    if (value.kind !== 'unknown' || isNull(value)) return asText(compiler, value);
    return atom(`CAST(${value.text} AS VARCHAR)`, 'string');
  }
  const number = asNumber(compiler, value);
  const decimals = compiler.value(args[1]);
  const separator = isOn(compiler, args[2]) ? ',' : '';
  if (args[3] !== undefined) compiler.warn('ToString with a decimal point of its own is translated with a dot', 0.7);
  if (typeof decimals.literal === 'string' && /^\d{1,2}$/.test(decimals.literal))
    return atom(
      `format('{:${separator}.${decimals.literal}f}', CAST(round(${number.text}, ${decimals.literal}) AS DOUBLE))`,
      'string',
    );
  return atom(
    `format('{:${separator}.' || CAST(${decimals.text} AS VARCHAR) || 'f}', CAST(${number.text} AS DOUBLE))`,
    'string',
  );
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
  HEXTONUMBER: { arity: [1, 1], translate: (compiler, args) => atom(fromDigits(text(compiler, args), 16), 'integer') },
  BINTOINT: { arity: [1, 1], translate: (compiler, args) => atom(fromDigits(text(compiler, args), 2), 'integer') },
  INTTOHEX: {
    arity: [1, 1],
    translate: (compiler, args) => atom(`upper(to_base(${whole(compiler, args)}, 16))`, 'string'),
  },
  INTTOBIN: { arity: [1, 1], translate: (compiler, args) => atom(`to_base(${whole(compiler, args)}, 2)`, 'string') },
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
