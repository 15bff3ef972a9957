/** The format of dates that are kept as text or numbers, told from a profile's values. */
import type { ColumnProfile } from '../../shared/model/profile.ts';

export interface DateFormat {
  /** A `strptime` format, or `iso` where a cast reads it. */
  readonly format: string;
  /** True where day and month could be either way round. */
  readonly ambiguous: boolean;
}

/** Values written when a date is unknown: they say nothing of the format. */
const blanks: ReadonlySet<string> = new Set(['0', '00000000', '99999999', '00/00/0000', '0000-00-00']);

/** Null where most values fit no known format. */
export function dateFormat(profile: ColumnProfile): DateFormat | null {
  const values = profile.top.map((entry) => entry.value.trim()).filter((value) => value !== '' && !blanks.has(value));
  if (values.length === 0) return null;
  const share = (pattern: RegExp): number => values.filter((value) => pattern.test(value)).length / values.length;
  if (share(/^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/) > 0.7)
    return { format: '%Y%m%d', ambiguous: false };
  if (share(/^\d{4}-\d\d-\d\d/) > 0.7) return { format: 'iso', ambiguous: false };
  if (share(/^\d{4}\/\d\d\/\d\d$/) > 0.7) return { format: '%Y/%m/%d', ambiguous: false };
  if (share(/^\d\d?\.\d\d?\.\d{4}$/) > 0.7) return { format: '%d.%m.%Y', ambiguous: false };
  if (share(/^\d\d?-[A-Za-z]{3}-\d{4}$/) > 0.7) return { format: '%d-%b-%Y', ambiguous: false };
  if (share(/^\d\d?-[A-Za-z]{3}-\d{2}$/) > 0.7) return { format: '%d-%b-%y', ambiguous: false };
  if (share(/^\d\d?[/-]\d\d?[/-]\d{4}$/) > 0.7) return dayOrMonthFirst(values);
  return null;
}

function dayOrMonthFirst(values: readonly string[]): DateFormat {
  const mark = values.some((value) => value.includes('/')) ? '/' : '-';
  const parts = values.map((value) => value.split(mark).map(Number));
  const dayFirst = parts.some(([first]) => (first ?? 0) > 12);
  const monthFirst = parts.some(([, second]) => (second ?? 0) > 12);
  const order = dayFirst && !monthFirst ? ['%d', '%m', '%Y'] : ['%m', '%d', '%Y'];
  return { format: order.join(mark), ambiguous: dayFirst === monthFirst };
}
