/** PowerCenter date formats as DuckDB strftime and strptime formats, and the dates parts that functions name. */
import { quoteLiteral } from '../../core/text.ts';
import { atom, isNullLiteral, strength, within, type TypedSql } from '../typed-sql.ts';
import type { Compiler } from '../compiler.ts';

/** Longest first, so that HH24 is not read as HH. */
const tokenNames = [
  'A.M.',
  'P.M.',
  'MONTH',
  'SSSSS',
  'YYYY',
  'HH24',
  'HH12',
  'RRRR',
  'DDD',
  'DAY',
  'MON',
  'YYY',
  'AM',
  'PM',
  'DD',
  'DY',
  'HH',
  'MI',
  'MM',
  'MS',
  'NS',
  'RR',
  'SS',
  'US',
  'WW',
  'YY',
  'D',
  'J',
  'Q',
  'W',
  'Y',
] as const;
export type FormatToken = (typeof tokenNames)[number];

interface FormatPart {
  readonly token: FormatToken | null;
  /** Text that stands for itself. */
  readonly literal: string;
}

/** Splits a format, case not mattering, into known parts and text between them. */
export function partsOf(format: string): readonly FormatPart[] {
  const parts: FormatPart[] = [];
  const upper = format.toUpperCase();
  let at = 0;
  while (at < format.length) {
    const close = format[at] === '"' ? format.indexOf('"', at + 1) : -1;
    if (close !== -1) {
      parts.push({ token: null, literal: format.slice(at + 1, close) });
      at = close + 1;
      continue;
    }
    const token = tokenNames.find((name) => upper.startsWith(name, at));
    parts.push(token === undefined ? { token: null, literal: format[at] ?? '' } : { token, literal: '' });
    at += token?.length ?? 1;
  }
  return parts;
}

const strftimeCode: Partial<Record<FormatToken, string>> = {
  YYYY: '%Y',
  YY: '%y',
  RR: '%y',
  MM: '%m',
  MON: '%b',
  MONTH: '%B',
  DD: '%d',
  DDD: '%j',
  DY: '%a',
  DAY: '%A',
  HH24: '%H',
  HH: '%I',
  HH12: '%I',
  AM: '%p',
  PM: '%p',
  MI: '%M',
  SS: '%S',
  MS: '%g',
  US: '%f',
  NS: '%f000',
};

const strptimeCode: Partial<Record<FormatToken, string>> = {
  ...strftimeCode,
  NS: '%n',
};

/** Parts that strftime cannot write, as SQL over the date. */
const computedPart: Partial<Record<FormatToken, (date: string) => string>> = {
  YYY: (d) => `right(strftime(${d}, '%Y'), 3)`,
  Y: (d) => `right(strftime(${d}, '%Y'), 1)`,
  D: (d) => `CAST(dayofweek(${d}) + 1 AS VARCHAR)`,
  SSSSS: (d) => `lpad(CAST(hour(${d}) * 3600 + minute(${d}) * 60 + second(${d}) AS VARCHAR), 5, '0')`,
  J: (d) => `CAST(CAST(floor(julian(CAST(${d} AS DATE))) AS BIGINT) AS VARCHAR)`,
  Q: (d) => `CAST(quarter(${d}) AS VARCHAR)`,
  W: (d) => `CAST((day(${d}) - 1) // 7 + 1 AS VARCHAR)`,
  WW: (d) => `lpad(CAST((dayofyear(${d}) - 1) // 7 + 1 AS VARCHAR), 2, '0')`,
};

const escapePercent = (text: string): string => text.replaceAll('%', '%%');

/** TO_CHAR of a date. */
export function formatDate(compiler: Compiler, date: TypedSql, format: string): TypedSql {
  const pieces: { sql: string | null; format: string }[] = [];
  for (const part of partsOf(format)) {
    const computed = part.token === null ? undefined : computedPart[part.token];
    const code = part.token === null ? escapePercent(part.literal) : (strftimeCode[part.token] ?? null);
    if (computed !== undefined) pieces.push({ sql: computed(date.text), format: '' });
    else if (code === null) return unknownFormat(compiler, 'TO_CHAR', date, format);
    else if (pieces.at(-1)?.sql === null)
      pieces[pieces.length - 1] = { sql: null, format: (pieces.at(-1)?.format ?? '') + code };
    else pieces.push({ sql: null, format: code });
  }
  const texts = pieces.map((piece) => piece.sql ?? `strftime(${date.text}, ${quoteLiteral(piece.format)})`);
  if (texts.length <= 1) return atom(texts[0] ?? "''", 'string');
  return { text: texts.join(' || '), type: 'string', strength: strength.concat };
}

function unknownFormat(compiler: Compiler, name: string, value: TypedSql, format: string): TypedSql {
  compiler.unsupported(`${name} ${format}`, `The date format '${format}' of ${name} has no translation`);
  return atom(`${name}(${value.text}, ${quoteLiteral(format)})`, name === 'TO_CHAR' ? 'string' : 'date');
}

/** TO_DATE: NULL for text that does not fit, which the source tool answers by rejecting the row when `rejects`. */
export function parseDate(compiler: Compiler, text: TypedSql, format: string, rejects: boolean): TypedSql {
  if (isNullLiteral(text)) return atom('CAST(NULL AS TIMESTAMP)', 'date', { literal: null });
  const parsed = parsedDate(compiler, text, format);
  if (parsed === null) return unknownFormat(compiler, 'TO_DATE', text, format);
  if (rejects) {
    compiler.rowError({
      text: `${within(text, strength.concat)} IS NOT NULL AND ${within(parsed, strength.concat)} IS NULL`,
      type: 'boolean',
      strength: strength.and,
    });
  }
  return parsed;
}

function parsedDate(compiler: Compiler, text: TypedSql, format: string): TypedSql | null {
  const parts = partsOf(format);
  const tokens = new Set(parts.map((part) => part.token));
  if (parts.length === 1 && tokens.has('J')) {
    return atom(`TIMESTAMP '1970-01-01' + to_days(TRY_CAST(${text.text} AS INTEGER) - 2440588)`, 'date', {
      strength: strength.add,
    });
  }
  const codes = parts.map((part) =>
    part.token === null ? escapePercent(part.literal) : (strptimeCode[part.token] ?? null),
  );
  if (codes.some((code) => code === null) || parts.length === 0) return null;
  const call = `try_strptime(${text.text}, ${quoteLiteral(codes.join(''))})`;
  const parsed = atom(tokens.has('NS') ? `CAST(${call} AS TIMESTAMP)` : call, 'date');
  if (tokens.has('RR')) return compiler.macro('pc_date_rr', 'date', parsed.text);
  if (!tokens.has('YY')) return parsed;
  compiler.assume('YY means the century of the run');
  return compiler.macro('pc_date_yy', 'date', parsed.text);
}

const dateUnits = [
  'year',
  'month',
  'day',
  'hour',
  'minute',
  'second',
  'millisecond',
  'microsecond',
  'nanosecond',
] as const;
export type DateUnit = (typeof dateUnits)[number];

const unitOfPart: ReadonlyMap<string, DateUnit> = new Map<string, DateUnit>([
  ...['Y', 'YY', 'YYY', 'YYYY', 'RR'].map((part): [string, DateUnit] => [part, 'year']),
  ...['MM', 'MON', 'MONTH'].map((part): [string, DateUnit] => [part, 'month']),
  ...['D', 'DD', 'DDD', 'DY', 'DAY'].map((part): [string, DateUnit] => [part, 'day']),
  ...['HH', 'HH12', 'HH24'].map((part): [string, DateUnit] => [part, 'hour']),
  ['MI', 'minute'],
  ['SS', 'second'],
  ['MS', 'millisecond'],
  ['US', 'microsecond'],
  ['NS', 'nanosecond'],
]);

/** The part of a date that a format such as `'MM'` names in ADD_TO_DATE, DATE_DIFF, TRUNC and the like. */
export function dateUnit(format: string): DateUnit | null {
  return unitOfPart.get(format.trim().toUpperCase()) ?? null;
}
