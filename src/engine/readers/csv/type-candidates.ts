/** The types that text may be read as, from the look of its first values. */
import { quoteLiteral } from '../../core/text.ts';

export interface NumberFormat {
  readonly decimal: ',' | '.';
  /** Empty where thousands are not separated. */
  readonly thousands: string;
}

/** A type that a column may have, and how a value of it is written. */
export interface Candidate {
  readonly rawType: string;
  readonly format: string | null;
  readonly number?: NumberFormat;
  /** A SQL condition on a non-null text value. */
  readonly fits: (column: string) => string;
  readonly quick?: QuickProof;
}

/** A cheaper proof that holds for the usual way of writing values: of all that convert, no other loses anything. */
export interface QuickProof {
  /** A SQL condition on a text and the value that it converts to. */
  readonly condition: (text: string, value: string) => string;
  /** What the smallest and the largest value look like as text: infinity and the like are found here. */
  readonly bounds: RegExp;
}

const matches = (pattern: string) => (column: string) => `regexp_full_match(${column}, ${quoteLiteral(pattern)})`;

/** Matching a pattern takes several times as long as casting, so it is left to the values that a plain look does not settle. */
const settledBy = (plain: (column: string) => string, closer: (column: string) => string) => (column: string) =>
  `CASE WHEN ${plain(column)} THEN true ELSE ${closer(column)} END`;

const printedAs = (type: string) => (column: string) => `CAST(TRY_CAST(${column} AS ${type}) AS VARCHAR) = ${column}`;

const printed = (bounds: RegExp): QuickProof => ({
  condition: (text, value) => `CAST(${value} AS VARCHAR) = ${text}`,
  bounds,
});

// Numbers with leading zeros are codes: 00123 is not 123. More than 17 characters do not fit a DOUBLE exactly.
const integer: Candidate = {
  rawType: 'BIGINT',
  format: null,
  fits: settledBy(printedAs('BIGINT'), matches('-?(0|[1-9][0-9]{0,17})')),
  quick: printed(/^/),
};
const double: Candidate = {
  rawType: 'DOUBLE',
  format: null,
  fits: (column) =>
    `strlen(${column}) <= 17 AND ${settledBy(plainDouble, matches('[-+]?((0|[1-9][0-9]*)([.][0-9]*)?|[.][0-9]+)([eE][-+]?[0-9]{1,2})?'))(column)}`,
  quick: {
    // Between the two lie texts that begin with a zero and a digit.
    condition: (text) => `strlen(${text}) <= 17 AND ${text} NOT BETWEEN '0/' AND '0:'`,
    bounds: /^-?\d/,
  },
};
const boolean: Candidate = {
  rawType: 'BOOLEAN',
  format: null,
  fits: (column) => `lower(${column}) IN ('true', 'false')`,
};
const isoDate: Candidate = {
  rawType: 'DATE',
  format: null,
  // Of ten characters: `infinity` is a date too.
  fits: (column) => `strlen(${column}) = 10 AND ${printedAs('DATE')(column)}`,
  quick: printed(/^\d{4}-\d\d-\d\d$/),
};
const isoTimestamp: Candidate = {
  rawType: 'TIMESTAMP',
  format: null,
  fits: (column) =>
    `strlen(${column}) >= 16 AND ${settledBy(
      printedAs('TIMESTAMP'),
      (text) =>
        `${matches('[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?Z?')(text)} AND TRY_CAST(${text} AS TIMESTAMP) IS NOT NULL`,
    )(column)}`,
  quick: printed(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/),
};
const time: Candidate = {
  rawType: 'TIME',
  format: null,
  fits: settledBy(
    printedAs('TIME'),
    (column) =>
      `${matches('[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?')(column)} AND TRY_CAST(${column} AS TIME) IS NOT NULL`,
  ),
  quick: printed(/^/),
};
const formatted = (rawType: 'DATE' | 'TIMESTAMP', format: string): Candidate => ({
  rawType,
  format,
  fits: (column) => `try_strptime(${column}, ${quoteLiteral(format)}) IS NOT NULL`,
});

/** True of most numbers; leading zeros, signs and the like need a closer look. A cast passes over blanks at the ends only. */
function plainDouble(column: string): string {
  return `${column} >= '1' AND ${column} < ':' AND NOT ends_with(${column}, ' ') AND NOT contains(${column}, '_') AND TRY_CAST(${column} AS DOUBLE) IS NOT NULL`;
}

/** Groups of three digits and a decimal part; plain digits are allowed where at least one sample shows the format. */
const grouped = (decimal: ',' | '.', thousands: string): Candidate => {
  const group = thousands === '.' ? '[.]' : thousands;
  return {
    rawType: 'DOUBLE',
    format: null,
    number: { decimal, thousands },
    fits: (column) =>
      `${matches(`[-+]?([0-9]{1,15}|[0-9]{1,3}(${group}[0-9]{3}){1,4})([${decimal}][0-9]+)?`)(column)} AND length(${column}) <= 22`,
  };
};

/** Dates with month names, year first or a zone; the rest of the formats is found by day and month. */
const otherDates: readonly (readonly [RegExp, readonly Candidate[]])[] = [
  [/^\d{4}\/\d{1,2}\/\d{1,2}$/, [formatted('DATE', '%Y/%m/%d')]],
  [/^\d{1,2}-[A-Za-z]{3}-\d{4}$/, [formatted('DATE', '%d-%b-%Y')]],
  [/^\d{1,2}-[A-Za-z]{3}-\d{2}$/, [formatted('DATE', '%d-%b-%y')]],
  [/^\d{1,2} [A-Za-z]{3} \d{4}$/, [formatted('DATE', '%d %b %Y')]],
  [/^\d{1,2}\.\d{1,2}\.\d{2}$/, [formatted('DATE', '%d.%m.%y')]],
  [
    /^\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d{2}:\d{2} [AP]M$/i,
    [formatted('TIMESTAMP', '%m/%d/%Y %I:%M:%S %p'), formatted('TIMESTAMP', '%d/%m/%Y %I:%M:%S %p')],
  ],
  [/^\d{4}\/\d{1,2}\/\d{1,2} \d{1,2}:\d{2}:\d{2}$/, [formatted('TIMESTAMP', '%Y/%m/%d %H:%M:%S')]],
];

/** `1.234,50` and `12,5`; `1,234.50`. One group alone could be either, so it stays text. */
function numbersWithSeparators(samples: readonly string[]): readonly Candidate[] {
  const some = (test: RegExp): boolean => samples.some((sample) => test.test(sample));
  if (!samples.every((sample) => /^[-+]?\d[\d.,]*$/.test(sample)) || !some(/,/)) return [];
  if (some(/\.\d{3},/) || some(/,\d{1,2}$/) || some(/,\d{4,}$/) || some(/^[-+]?0,\d/)) return [grouped(',', '.')];
  return some(/,\d{3}\./) ? [grouped('.', ',')] : [];
}

const writtenDate = /^\d{1,2}([/.-])\d{1,2}\1\d{4}( \d{1,2}:\d{2}(:\d{2})?)?$/;

/** Candidates in order of preference; the first that fits every value is the type. */
export function candidatesFor(samples: readonly string[]): readonly Candidate[] {
  const all = (test: RegExp): boolean => samples.every((sample) => test.test(sample));
  if (all(/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/)) return [integer, double];
  if (all(/^(true|false)$/i)) return [boolean];
  if (all(/^\d{4}-\d\d-\d\d$/)) return [isoDate, isoTimestamp];
  if (all(/^\d{4}-\d\d-\d\d[ T]/)) return [isoTimestamp];
  if (all(/^\d\d:\d\d:\d\d/)) return [time];
  const numbers = numbersWithSeparators(samples);
  if (numbers.length > 0) return numbers;
  const other = otherDates.find(([pattern]) => all(pattern));
  if (other !== undefined) return other[1];
  const found = writtenDate.exec(samples[0] ?? '');
  if (found === null || !all(writtenDate)) return [];
  const separator = found[1] ?? '/';
  const clock = found[2] === undefined ? '' : found[3] === undefined ? ' %H:%M' : ' %H:%M:%S';
  const rawType = clock === '' ? 'DATE' : 'TIMESTAMP';
  const parts = (first: string, second: string): string => `${first}${separator}${second}${separator}%Y${clock}`;
  return [formatted(rawType, parts('%m', '%d')), formatted(rawType, parts('%d', '%m'))];
}

/** SQL of the value that a text column holds, where it fits; null where it does not, if `tried`. */
export function typedValue(
  column: string,
  {
    rawType,
    format,
    number,
  }: { readonly rawType: string; readonly format: string | null; readonly number?: NumberFormat | null },
  tried = false,
): string {
  const cast = tried ? 'TRY_CAST' : 'CAST';
  const parse = tried ? 'try_strptime' : 'strptime';
  if (format !== null) return `CAST(${parse}(${column}, ${quoteLiteral(format)}) AS ${rawType})`;
  if (number === null || number === undefined) return `${cast}(${column} AS ${rawType})`;
  const bare = `replace(${column}, ${quoteLiteral(number.thousands)}, '')`;
  return `${cast}(${number.decimal === ',' ? `replace(${bare}, ',', '.')` : bare} AS ${rawType})`;
}
