/** Date and time → timestamp; year, month and day → date. */
import { columnExpression } from '../column-expression.ts';
import { proposeTransformation } from '../propose-transformation.ts';
import {
  type Found,
  type Part,
  type PartTable,
  type Rule,
  hasWord,
  isMoment,
  isNumber,
  isText,
  sameSubject,
} from './derivation.ts';

const momentWords: ReadonlySet<string> = new Set(
  'date time timestamp datetime day month year of on at hour clock'.split(' '),
);

export const mergeDateAndTime: Rule = (target, from) => {
  if (target.view.column.type !== 'timestamp') return null;
  const date = from.parts.find((part) => isDate(part) && sameSubject(part, target, momentWords));
  const time = from.parts.find((part) => part !== date && isTime(part) && sameSubject(part, target, momentWords));
  if (date === undefined || time === undefined) return null;
  const clock = clockOf(time);
  if (clock === null) return null;
  const day = asDate(date);
  return {
    type: 'merge',
    sources: [date, time],
    forms: [
      {
        expression: `TRY_CAST(CONCAT_WS(' ', CAST(${day} AS VARCHAR), ${clock}) AS TIMESTAMP)`,
        make: ([first = '', second = '']) => `${first} ${second}`,
      },
    ],
    confidence: 0.65,
    reason: 'A date and a time of day that the target keeps as one',
    plausible: [() => true, (value) => /^\d{1,2}(?::\d\d){1,2}(?:\.\d+)?$|^\d{3,6}$/.test(value)],
  };
};

const isDate = (part: Part): boolean =>
  part.view.column.type === 'date' || ((isText(part) || isNumber(part)) && part.words.at(-1) === 'date');
const isTime = (part: Part): boolean =>
  part.view.column.type === 'time' || ((isText(part) || isNumber(part)) && part.words.at(-1) === 'time');

/** The date by the expression that a date of its own would get. */
function asDate({ view, profile }: Part): string {
  return proposeTransformation(view.column, { ...view.column, rawType: 'DATE', type: 'date' }, profile).transformation
    .expression;
}

/** `09:30`, or `0930` and `93000` as numbers; null where the values are neither. */
function clockOf({ view, profile }: Part): string | null {
  const name = columnExpression(view.column.name);
  const values = (profile?.top ?? []).map(({ value }) => value.trim()).filter((value) => value !== '');
  const compact = values.length > 0 && values.every((value) => /^\d{1,6}$/.test(value));
  if (!compact) return view.column.type === 'time' || isText({ view } as Part) ? `CAST(${name} AS VARCHAR)` : null;
  const digits = values.some((value) => value.length > 4) ? 6 : 4;
  const text = `LPAD(TRIM(CAST(${name} AS VARCHAR)), ${digits}, '0')`;
  return `REGEXP_REPLACE(${text}, '^(..)(..)(.*)$', '\\1:\\2:${digits === 6 ? '\\3' : '00'}')`;
}

export const mergeDateParts: Rule = (target, from) => {
  if (!isMoment(target)) return null;
  const [year, month, day] = ['year', 'month', 'day'].map((word) => partOfDate(from, target, word));
  if (year === undefined || month === undefined || day === undefined) return null;
  const sources = [year, month, day];
  const numbers = sources.map((part) => `TRY_CAST(${columnExpression(part.view.column.name)} AS INTEGER)`);
  return {
    type: 'merge',
    sources,
    forms: [
      {
        expression: `TRY_CAST(PRINTF('%04d-%02d-%02d', ${numbers.join(', ')}) AS DATE)`,
        make: ([first = '', second = '', third = '']) =>
          `${first.padStart(4, '0')}-${second.padStart(2, '0')}-${third.padStart(2, '0')}`,
      },
    ],
    confidence: 0.65,
    reason: 'Year, month and day that the target keeps as one date',
    plausible: [between(1000, 2999), between(1, 12), between(1, 31)],
  } satisfies Found;
};

const partOfDate = (from: PartTable, target: Part, word: string): Part | undefined =>
  from.parts.find(
    (part) => (isNumber(part) || isText(part)) && hasWord(part, word) && sameSubject(part, target, momentWords),
  );

const between =
  (least: number, most: number) =>
  (value: string): boolean =>
    Number(value) >= least && Number(value) <= most;

/** `order_year` of `order_date`, where the target has no whole date that would bring its parts along. */
export const dateParts: Rule = (target, from) => {
  const unit = ['year', 'quarter', 'month', 'week', 'day'].find((word) => target.words.at(-1) === word);
  if (unit === undefined || target.view.column.type !== 'integer') return null;
  const apart = new Set([...momentWords, unit]);
  const named = target.words.some((word) => !apart.has(word));
  const date = from.parts.find((part) => isMoment(part) && sameSubject(part, target, apart));
  if (date === undefined || !named) return null;
  return {
    type: 'calculated',
    sources: [date],
    forms: [{ expression: `DATE_PART('${unit}', ${columnExpression(date.view.column.name)})`, make: () => '' }],
    confidence: 0.55,
    reason: `The ${unit} of a date`,
  };
};

export const ageFromBirth: Rule = (target, from) => {
  if (target.words.at(-1) !== 'age' || target.view.column.type !== 'integer') return null;
  const apart = new Set([...momentWords, 'age', 'birth']);
  const birth = from.parts.find(
    (part) => isDate(part) && hasWord(part, 'birth') && hasWord(part, 'date') && sameSubject(part, target, apart),
  );
  if (birth === undefined) return null;
  return {
    type: 'calculated',
    sources: [birth],
    forms: [{ expression: `DATE_SUB('year', ${asDate(birth)}, CURRENT_DATE)`, make: () => '' }],
    confidence: 0.5,
    reason: 'Full years from the date of birth to the day of the load',
  };
};
