/** Dates, times and timestamps from and to text and packed decimals. */
import { quoteLiteral } from '../../../core/text.ts';
import type { Expr } from '../../ast.ts';
import type { Compiler, FunctionTable } from '../../compiler.ts';
import { atom, type TypedSql } from '../../typed-sql.ts';
import { coerce } from '../coerce.ts';
import { centuryStart, duckDbFormat } from './date-format.ts';
import { argument, constant, custom, failing } from './rule.ts';

const usual = { DATE: '%yyyy-%mm-%dd', TIME: '%hh:%nn:%ss', TIMESTAMP: '%yyyy-%mm-%dd %hh:%nn:%ss' } as const;
const packed = { DATE: '%yyyy%mm%dd', TIME: '%hh%nn%ss', TIMESTAMP: '%yyyy%mm%dd%hh%nn%ss' } as const;
const packedDigits = { DATE: 8, TIME: 6, TIMESTAMP: 14 } as const;
export type Moment = keyof typeof usual;

interface Format {
  readonly written: string;
  readonly forDuckDb: string;
}

/** The format that is given, or the default; null, and noted, where it has no translation. */
function formatOf(
  compiler: Compiler,
  name: string,
  given: Expr | undefined,
  { fallback, use }: { readonly fallback: string; readonly use: 'print' | 'read' },
): Format | null {
  const written = given === undefined ? fallback : constant(compiler, name, given);
  if (written === null) return null;
  const forDuckDb = duckDbFormat(written, use);
  if (forDuckDb !== null) return { written, forDuckDb };
  compiler.unsupported(name, `The format ${written} of ${name} has no translation`);
  return null;
}

/** Years of two digits moved into the hundred years from `start` on. */
const inCentury = (parsed: string, start: number): string =>
  `list_transform([${parsed}], lambda ds_d: ds_d + to_years(CAST(${start} + (year(ds_d) - ${start} + 100) % 100 - year(ds_d) AS INTEGER)))[1]`;

function parsed(text: string, { written, forDuckDb }: Format, moment: Moment): TypedSql {
  const call = `try_strptime(${text}, ${quoteLiteral(forDuckDb)})`;
  const start = centuryStart(written);
  return atom(
    `CAST(${start === null ? call : inCentury(call, start)} AS ${moment})`,
    moment === 'TIME' ? 'unknown' : 'date',
  );
}

/** The moment that a text holds, NULL where it holds none; null where its format has no translation. */
export function readMoment(
  compiler: Compiler,
  name: string,
  [text, given]: readonly (Expr | undefined)[],
  moment: Moment,
): TypedSql | null {
  const format = formatOf(compiler, name, given, { fallback: usual[moment], use: 'read' });
  const sql = text === undefined ? 'NULL' : coerce.text(compiler, text).text;
  return format === null ? null : parsed(sql, format, moment);
}

const reading = (name: string, moment: Moment) =>
  custom([1, 2], (compiler, args) => {
    compiler.assume('Text that does not fit its format gives NULL; the source tool may reject the row instead', 0.92);
    return readMoment(compiler, name, args, moment) ?? failing(name);
  });

function printed(
  compiler: Compiler,
  name: string,
  args: readonly Expr[],
  [moment, fallback]: readonly [Moment, string],
) {
  const format = formatOf(compiler, name, args[1], { fallback, use: 'print' });
  const stamp =
    moment === 'TIME'
      ? `DATE '1970-01-01' + TRY_CAST(${coerce.any(compiler, argument(args, 0)).text} AS TIME)`
      : coerce.date(compiler, argument(args, 0)).text;
  return format === null ? null : `strftime(${stamp}, ${quoteLiteral(format.forDuckDb)})`;
}

const printing = (name: string, moment: Moment) =>
  custom([1, 2], (compiler, args) => {
    const text = printed(compiler, name, args, [moment, usual[moment]]);
    return text === null ? failing(name) : atom(text, 'string');
  });

const toDigits = (name: string, moment: Moment) =>
  custom([1, 2], (compiler, args) => {
    const text = printed(compiler, name, args, [moment, packed[moment]]);
    return text === null ? failing(name) : atom(`CAST(${text} AS DECIMAL(38,0))`, 'decimal', { scale: 0 });
  });

const fromDigits = (name: string, moment: Moment) =>
  custom([1, 2], (compiler, args) => {
    const format = formatOf(compiler, name, args[1], { fallback: packed[moment], use: 'read' });
    if (format === null) return failing(name);
    const digits = `CAST(${coerce.whole(compiler, argument(args, 0)).text} AS VARCHAR)`;
    const text = args[1] === undefined ? `lpad(${digits}, ${packedDigits[moment]}, '0')` : digits;
    return parsed(text, format, moment);
  });

export const momentConversionFunctions: FunctionTable = {
  DATETOSTRING: printing('DATETOSTRING', 'DATE'),
  TIMETOSTRING: printing('TIMETOSTRING', 'TIME'),
  TIMESTAMPTOSTRING: printing('TIMESTAMPTOSTRING', 'TIMESTAMP'),
  STRINGTODATE: reading('STRINGTODATE', 'DATE'),
  STRINGTOTIME: reading('STRINGTOTIME', 'TIME'),
  STRINGTOTIMESTAMP: reading('STRINGTOTIMESTAMP', 'TIMESTAMP'),
  DATETODECIMAL: toDigits('DATETODECIMAL', 'DATE'),
  TIMETODECIMAL: toDigits('TIMETODECIMAL', 'TIME'),
  TIMESTAMPTODECIMAL: toDigits('TIMESTAMPTODECIMAL', 'TIMESTAMP'),
  DECIMALTODATE: fromDigits('DECIMALTODATE', 'DATE'),
  DECIMALTOTIME: fromDigits('DECIMALTOTIME', 'TIME'),
  DECIMALTOTIMESTAMP: fromDigits('DECIMALTOTIMESTAMP', 'TIMESTAMP'),
};
