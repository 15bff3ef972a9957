/** Date specifiers of Alteryx as those of DuckDB's strftime and strptime. */
import { quoteLiteral } from '../../../core/text.ts';
import type { Compiler } from '../compiler.ts';
import type { Value } from '../value.ts';

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
  X: '%H:%M:%S',
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
