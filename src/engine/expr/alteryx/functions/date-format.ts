/** Date specifiers of Alteryx as those of DuckDB's strftime and strptime. */
import { quoteLiteral } from '../../../core/text.ts';
import { strength } from '../../typed-sql.ts';
import type { Compiler } from '../compiler.ts';
import { atom, type Value } from '../value.ts';

const same = new Set('aAbBdHIjmMpSUuWwyYZzf%'.split(''));
const printed: Readonly<Record<string, string>> = {
  c: '%Y-%m-%d %H:%M:%S',
  D: '%m/%d/%y',
  e: '%-d',
  h: '%b',
  k: '%-H',
  l: '%-I',
  P: '%p',
  T: '%H:%M:%S',
  x: '%m/%d/%y',
  X: '%I:%M:%S %p',
};

/** The format for DuckDB, with what it cannot say. */
export function toStrftime(format: string): { readonly format: string; readonly unknown: readonly string[] } {
  let out = '';
  const unknown: string[] = [];
  for (let at = 0; at < format.length; at += 1) {
    const char = format[at] ?? '';
    if (char !== '%') {
      out += char;
      continue;
    }
    const code = format[at + 1] ?? '';
    at += 1;
    const known = same.has(code) ? `%${code}` : printed[code];
    if (known === undefined) unknown.push(`%${code}`);
    out += known ?? `%${code === '' ? '%' : code}`;
  }
  return { format: out, unknown };
}

/** What strftime cannot write: blanks before a number, small letters, the century. */
const computed: Readonly<Record<string, (moment: string) => string>> = {
  C: (d) => `left(strftime(${d}, '%Y'), 2)`,
  e: (d) => `lpad(strftime(${d}, '%-d'), 2, ' ')`,
  k: (d) => `lpad(strftime(${d}, '%-H'), 2, ' ')`,
  l: (d) => `lpad(strftime(${d}, '%-I'), 2, ' ')`,
  P: (d) => `lower(strftime(${d}, '%p'))`,
};

const writerOf = (piece: string): ((moment: string) => string) | undefined =>
  /^%[CeklP]$/.test(piece) ? computed[piece.slice(1)] : undefined;

/** The text of a moment in a format. */
export function written(compiler: Compiler, moment: string, format: Value): Value {
  const given = typeof format.literal === 'string' ? format.literal : '';
  const pieces: readonly string[] = given.match(/%[CeklP]|(?:%[^CeklP]|%$|[^%])+/g) ?? [];
  if (!pieces.some((piece) => writerOf(piece) !== undefined))
    return atom(`strftime(${moment}, ${formatSql(compiler, format)})`, 'string');
  const texts = pieces.map(
    (piece) =>
      writerOf(piece)?.(moment) ?? `strftime(${moment}, ${formatSql(compiler, { ...format, literal: piece })})`,
  );
  return atom(texts.join(' || '), 'string', { strength: texts.length === 1 ? strength.atom : strength.concat });
}

/** The SQL of a format argument; one that is not written out is taken as it is. */
export function formatSql(compiler: Compiler, format: Value): string {
  if (typeof format.literal !== 'string') {
    compiler.warn('The date format is computed; its specifiers are passed on as they are', 0.7);
    return format.text;
  }
  const { format: translated, unknown } = toStrftime(format.literal);
  if (unknown.length > 0) compiler.warn(`The date format has no equivalent of ${unknown.join(', ')}`, 0.5);
  if (/%[xXc]/.test(format.literal)) compiler.assume('The locale of the date format is that of the United States', 0.8);
  return quoteLiteral(translated);
}
