/** Functions of SQL Server as DuckDB SQL, by name and by what their arguments are. */
import { quoteLiteral } from '../../core/text.ts';
import { normaliseType } from '../../readers/types/normalise-type.ts';
import { duckDbType } from '../../sql/dialects/duckdb/print-type.ts';

export interface CallParts {
  /** DuckDB SQL of each argument. */
  readonly args: readonly string[];
  /** The arguments as they were written. */
  readonly raw: readonly string[];
}

export interface CallSql {
  readonly sql: string;
  /** Whether the value is text, which `+` joins. */
  readonly text?: boolean;
  readonly macros?: readonly string[];
}

type Writer = (call: CallParts) => CallSql | null;

const now: Writer = ({ args }) => (args.length === 0 ? { sql: 'pc_run_ts()', macros: ['pc_run_ts'] } : null);
const text = (sql: string): CallSql => ({ sql, text: true });

/** Parts of dates by their names in SQL Server. Weeks are left out: they depend on the first day of the week. */
const dateParts: ReadonlyMap<string, string> = new Map(
  (
    [
      ['year', 'year yy yyyy'],
      ['quarter', 'quarter qq q'],
      ['month', 'month mm m'],
      ['day', 'day dd d'],
      ['hour', 'hour hh'],
      ['minute', 'minute mi n'],
      ['second', 'second ss s'],
      ['millisecond', 'millisecond ms'],
    ] as const
  ).flatMap(([part, names]) => names.split(' ').map((name) => [name, part] as const)),
);

const partOf = ({ raw }: CallParts): string | null => dateParts.get(raw[0]?.trim().toLowerCase() ?? '') ?? null;

const styles: ReadonlyMap<string, string> = new Map([
  ['23', '%Y-%m-%d'],
  ['101', '%m/%d/%Y'],
  ['102', '%Y.%m.%d'],
  ['103', '%d/%m/%Y'],
  ['104', '%d.%m.%Y'],
  ['105', '%d-%m-%Y'],
  ['108', '%H:%M:%S'],
  ['110', '%m-%d-%Y'],
  ['111', '%Y/%m/%d'],
  ['112', '%Y%m%d'],
  ['120', '%Y-%m-%d %H:%M:%S'],
]);

/** A value as a type of SQL Server: text is cut to its length. */
export function castSql(value: string, type: string): CallSql | null {
  const found = normaliseType(type, 'sqlserver');
  if (found.type === 'other') return null;
  if (found.type !== 'string') return { sql: `CAST(${value} AS ${duckDbType(found)})` };
  const plain = `CAST(${value} AS VARCHAR)`;
  return text(found.length === null ? plain : `left(${plain}, ${found.length})`);
}

const convert: Writer = ({ args, raw }) => {
  const [, value = '', style] = args;
  const type = raw[0]?.trim() ?? '';
  if (style === undefined) return args.length === 2 ? castSql(value, type) : null;
  const format = styles.get(style.trim());
  const found = normaliseType(type, 'sqlserver');
  if (format === undefined) return null;
  if (found.type !== 'string')
    return found.type === 'date' || found.type === 'timestamp'
      ? { sql: `CAST(strptime(${value}, ${quoteLiteral(format)}) AS ${duckDbType(found)})` }
      : null;
  const written = `strftime(CAST(${value} AS TIMESTAMP), ${quoteLiteral(format)})`;
  return text(found.length === null ? written : `left(${written}, ${found.length})`);
};

const dateAdd: Writer = (call) => {
  const part = partOf(call);
  const [, count, date] = call.args;
  if (part === null || part === 'quarter' || count === undefined || date === undefined) return null;
  return { sql: `(CAST(${date} AS TIMESTAMP) + to_${part}s(CAST(${count} AS BIGINT)))` };
};

const dateDiff: Writer = (call) => {
  const part = partOf(call);
  const [, from, to] = call.args;
  if (part === null || to === undefined) return null;
  return { sql: `date_diff('${part}', CAST(${from} AS TIMESTAMP), CAST(${to} AS TIMESTAMP))` };
};

const datePart: Writer = (call) => {
  const part = partOf(call);
  if (part === null || call.args.length !== 2) return null;
  const sql = `date_part('${part}', CAST(${call.args[1]} AS TIMESTAMP))`;
  return { sql: part === 'millisecond' ? `(${sql} % 1000)` : sql };
};

const fixed =
  (count: number, write: (args: readonly string[]) => CallSql): Writer =>
  ({ args }) =>
    args.length === count ? write(args) : null;

const writers: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  ...['getdate', 'sysdatetime', 'getutcdate', 'sysutcdatetime'].map((name) => [name, now] as const),
  ['isnull', fixed(2, (args) => ({ sql: `coalesce(${args.join(', ')})` }))],
  // Blanks at the end do not count.
  ['len', fixed(1, ([value]) => ({ sql: `length(rtrim(${value}, ' '))` }))],
  ['ltrim', fixed(1, ([value]) => text(`ltrim(${value}, ' ')`))],
  ['rtrim', fixed(1, ([value]) => text(`rtrim(${value}, ' ')`))],
  ['upper', fixed(1, ([value]) => text(`upper(${value})`))],
  ['lower', fixed(1, ([value]) => text(`lower(${value})`))],
  ['left', fixed(2, (args) => text(`left(${args.join(', ')})`))],
  ['right', fixed(2, (args) => text(`right(${args.join(', ')})`))],
  ['replace', fixed(3, (args) => text(`replace(${args.join(', ')})`))],
  ['substring', fixed(3, (args) => text(`substring(${args.join(', ')})`))],
  ['replicate', fixed(2, (args) => text(`repeat(${args.join(', ')})`))],
  ['charindex', fixed(2, ([part, whole]) => ({ sql: `instr(${whole}, ${part})` }))],
  ['iif', fixed(3, ([when, then, other]) => ({ sql: `CASE WHEN ${when} THEN ${then} ELSE ${other} END` }))],
  ['eomonth', fixed(1, ([date]) => ({ sql: `last_day(CAST(${date} AS DATE))` }))],
  ['newid', fixed(0, () => ({ sql: 'uuid()' }))],
  ['year', fixed(1, ([date]) => ({ sql: `year(CAST(${date} AS TIMESTAMP))` }))],
  ['month', fixed(1, ([date]) => ({ sql: `month(CAST(${date} AS TIMESTAMP))` }))],
  ['day', fixed(1, ([date]) => ({ sql: `day(CAST(${date} AS TIMESTAMP))` }))],
  ['dateadd', dateAdd],
  ['datediff', dateDiff],
  ['datepart', datePart],
  ['convert', convert],
]);

export const isTsqlFunction = (name: string): boolean => writers.has(name);

/** The call of such a function as DuckDB SQL; null where these arguments have no counterpart. */
export function tsqlCall(name: string, call: CallParts): CallSql | null {
  return writers.get(name)?.(call) ?? null;
}
