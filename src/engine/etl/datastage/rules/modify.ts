import { assigned, converted } from '../convert/columns.ts';
import { environmentOf, translated } from '../convert/expression.ts';
import { scalarType } from '../data-types.ts';
import { itemsOf } from '../properties.ts';
import { item, NotConverted, pipelineColumn, select, type Source, type StageDraft } from '../convert/stage-draft.ts';
import type { StageRule } from './rule.ts';

interface Specification {
  readonly target: string;
  readonly source: string;
  readonly call: string | null;
  /** What stands in brackets behind the function, and behind the column in its parentheses. */
  readonly options: readonly string[];
  readonly arguments: readonly string[];
}

const unquoted = (text: string): string => text.trim().replace(/^(["'])(.*)\1$/s, '$2');
const list = (text: string | undefined): readonly string[] =>
  text === undefined || text.trim() === '' ? [] : (text.match(/"[^"]*"|'[^']*'|[^,]+/g) ?? []).map(unquoted);

/** `target[:type] = [function[options](]source[, arguments)]`; null for keep and drop lists, which the columns of the output already say. */
function parse(text: string): Specification | null {
  if (/^\s*(?:keep|drop|nowarn|warn)\b/i.test(text)) return null;
  const found =
    /^\s*(\w+)\s*(?::[^=]{0,200})?=\s*(?:(\w+)\s*(?:\[([^\]]{0,200})\])?\s*\(([^()]{0,500})\)|(\w+))\s*;?\s*$/.exec(
      text,
    );
  if (found === null) throw new NotConverted(`The specification ${text.slice(0, 80)} is not known`);
  const args = list(found[4]);
  return {
    target: found[1] ?? '',
    source: found[5] ?? args[0] ?? '',
    call: found[2]?.toLowerCase() ?? null,
    options: list(found[3]),
    arguments: args.slice(1),
  };
}

/** Conversions that a function of a Transformer does as well; it takes the column and the options. */
const functions: ReadonlyMap<string, string> = new Map([
  ['year_from_date', 'YearFromDate'],
  ['month_from_date', 'MonthFromDate'],
  ['month_day_from_date', 'MonthDayFromDate'],
  ['year_day_from_date', 'YeardayFromDate'],
  ['year_week_from_date', 'YearweekFromDate'],
  ['weekday_from_date', 'WeekdayFromDate'],
  ['julian_day_from_date', 'JulianDayFromDate'],
  ['days_since_from_date', 'DaysSinceFromDate'],
  ['date_from_days_since', 'DateFromDaysSince'],
  ['date_from_julian_day', 'DateFromJulianDay'],
  ['date_from_timestamp', 'TimestampToDate'],
  ['time_from_timestamp', 'TimestampToTime'],
  ['hours_from_time', 'HoursFromTime'],
  ['minutes_from_time', 'MinutesFromTime'],
  ['seconds_from_time', 'SecondsFromTime'],
  ['microseconds_from_time', 'MicroSecondsFromTime'],
  ['midnight_seconds_from_time', 'MidnightSecondsFromTime'],
  ['time_from_midnight_seconds', 'TimeFromMidnightSeconds'],
  ['seconds_since_from_timestamp', 'SecondsSinceFromTimestamp'],
  ['timestamp_from_seconds_since', 'TimestampFromSecondsSince'],
  ['timet_from_timestamp', 'TimetFromTimestamp'],
  ['timestamp_from_timet', 'TimestampFromTimet'],
  ['string_from_date', 'DateToString'],
  ['ustring_from_date', 'DateToString'],
  ['string_from_time', 'TimeToString'],
  ['ustring_from_time', 'TimeToString'],
  ['string_from_timestamp', 'TimestampToString'],
  ['ustring_from_timestamp', 'TimestampToString'],
  ['date_from_string', 'StringToDate'],
  ['date_from_ustring', 'StringToDate'],
  ['time_from_string', 'StringToTime'],
  ['time_from_ustring', 'StringToTime'],
  ['timestamp_from_string', 'StringToTimestamp'],
  ['timestamp_from_ustring', 'StringToTimestamp'],
  ['string_length', 'Len'],
  ['ustring_length', 'Len'],
  ['uppercase_string', 'UpCase'],
  ['u_uppercase_string', 'UpCase'],
  ['lowercase_string', 'DownCase'],
  ['u_lowercase_string', 'DownCase'],
]);
const roundings: ReadonlyMap<string, (sql: string) => string> = new Map([
  ['ceil', (sql: string): string => `ceil(${sql})`],
  ['floor', (sql: string): string => `floor(${sql})`],
  ['round_inf', (sql: string): string => `round(${sql})`],
  ['trunc_zero', (sql: string): string => `trunc(${sql})`],
]);
const plainTypes = 'u?int(?:8|16|32|64)|sfloat|dfloat|decimal|u?string';
const betweenTypes = new RegExp(`^(?:${plainTypes})_from_(?:${plainTypes})$`);

/** A value of the type of `column`. */
function literal(text: string, column: Source['column']): string {
  return scalarType(column.sqlType) !== 'string' && /^-?\d+(?:\.\d+)?$/.test(text)
    ? text
    : `'${text.replaceAll("'", "''")}'`;
}

/** A conversion between numbers and text; how it rounds is an option of it. */
function betweenTypesSql(name: string, options: readonly string[], sql: string): string {
  const [option] = options;
  if (option === undefined) return sql;
  const round = roundings.get(option.toLowerCase());
  if (round === undefined || !/^u?int/.test(name))
    throw new NotConverted(`The option ${option} of ${name} is not known`);
  return round(sql);
}

function trimmed(options: readonly string[], sql: string): string {
  const words = new Set(options.map((one) => one.toLowerCase()));
  const character = options.find((one) => !/^(?:begin|end|both|left|right|null)$/i.test(one));
  const name = words.has('begin') ? 'ltrim' : words.has('end') ? 'rtrim' : 'trim';
  return character === undefined ? `${name}(${sql})` : `${name}(${sql}, '${character.replaceAll("'", "''")}')`;
}

/** What a specification gives, for a column of the type `to`. */
function valueSql(draft: StageDraft, specification: Specification, { sql, column }: Source, to: string): string {
  const { call, options } = specification;
  const plain = (value: string): string => converted(value, column.sqlType, to);
  if (call === null) return plain(sql);
  const name = functions.get(call);
  if (name !== undefined) {
    const args = [`${specification.source}`, ...options.map((one) => `"${one.replaceAll('"', '')}"`)];
    const value = translated(draft, `${name}(${args.join(', ')})`, specification.target, {
      env: environmentOf(draft, () => null),
      use: 'value',
    });
    return assigned(value.sql, value.type, to);
  }
  const given = specification.arguments[0] ?? '';
  if (call === 'handle_null') return plain(`coalesce(${sql}, ${literal(given, column)})`);
  if (call === 'make_null') return plain(`nullif(${sql}, ${literal(given, column)})`);
  if (call === 'string_trim' || call === 'ustring_trim') return plain(trimmed(options, sql));
  if (call === 'null' || call === 'notnull') return `CAST(${sql} IS ${call === 'null' ? '' : 'NOT '}NULL AS INTEGER)`;
  if (betweenTypes.test(call)) return plain(betweenTypesSql(call, options, sql));
  throw new NotConverted(`The conversion ${call} is not known`);
}

function specifications(draft: StageDraft): ReadonlyMap<string, Specification> {
  const all = itemsOf(draft.stage.properties, 'modifyspec').flatMap((one) =>
    one.value.split(';').filter((text) => text.trim() !== ''),
  );
  return new Map(all.flatMap((text) => parse(text) ?? []).map((one) => [one.target.toLowerCase(), one]));
}

/** Modify: columns renamed, converted to the type of the output column, or with NULL replaced. */
export const modifyRule: StageRule = {
  types: ['PxModify'],
  readsOrder: () => false,
  convert(draft) {
    const known = specifications(draft);
    for (const link of draft.outputLinks) {
      const items: string[] = [];
      const columns = draft.outputColumns(link).map((column) => {
        const specification = known.get(column.name.toLowerCase());
        const source = draft.find(specification?.source ?? column.name);
        if (source === null)
          throw new NotConverted(`The column ${specification?.source ?? column.name} is not in the input`);
        const sql =
          specification === undefined
            ? converted(source.sql, source.column.sqlType, column.sqlType)
            : valueSql(draft, specification, source, column.sqlType);
        items.push(item(sql, column.name));
        return pipelineColumn(column, { from: [source.from] });
      });
      draft.output(link, columns, select(draft.withOrder(items), draft.relation(draft.input)));
    }
    return draft.node('sql_expression');
  },
};
