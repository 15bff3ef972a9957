/** Format strings such as `%yyyy-%mm-%dd %hh:%nn:%ss.6` as strftime and strptime formats. */

/** Longest first, so that `%mmm` is not read as `%mm`. */
const tokens: readonly (readonly [string, string, string])[] = [
  ['%yyyy', '%Y', '%Y'],
  ['%mmmm', '%B', '%B'],
  ['%eeee', '%A', '%A'],
  ['%mmm', '%b', '%b'],
  ['%eee', '%a', '%a'],
  ['%ddd', '%j', '%j'],
  ['%yy', '%y', '%y'],
  ['%mm', '%m', '%m'],
  ['%dd', '%d', '%d'],
  ['%hh', '%H', '%H'],
  ['%HH', '%I', '%I'],
  ['%nn', '%M', '%M'],
  ['%ss', '%S', '%S'],
  ['%aa', '%p', '%p'],
  ['%m', '%-m', '%m'],
  ['%d', '%-d', '%d'],
  ['%h', '%-H', '%H'],
  ['%n', '%-M', '%M'],
  ['%s', '%-S', '%S'],
  ['%%', '%%', '%%'],
];

/** The first of the hundred years that years of two digits stand for: that of `%1960yy`, 1900 of `%yy`; null without them. */
export function centuryStart(format: string): number | null {
  const found = /%(\d{4})?yy(?!y)/.exec(format);
  return found === null ? null : Number(found[1] ?? 1900);
}

/** The format for DuckDB; null where it has a token with no counterpart. */
export function duckDbFormat(format: string, use: 'print' | 'read'): string | null {
  let result = '';
  let at = 0;
  while (at < format.length) {
    const fraction = /^%ss\.([3-6])/.exec(format.slice(at, at + 6));
    if (fraction !== null) {
      if (use === 'print' && fraction[1] !== '3' && fraction[1] !== '6') return null;
      result += use === 'print' && fraction[1] === '3' ? '%S.%g' : '%S.%f';
      at += fraction[0].length;
      continue;
    }
    const century = /^%\d{4}yy/.exec(format.slice(at, at + 7));
    if (century !== null) {
      result += '%y';
      at += century[0].length;
      continue;
    }
    const found = tokens.find(([token]) => format.startsWith(token, at));
    if (found === undefined && format[at] === '%') return null;
    result += found === undefined ? (format[at] ?? '') : found[use === 'print' ? 1 : 2];
    at += found === undefined ? 1 : found[0].length;
  }
  return result;
}

/** The date part of a BASIC conversion code such as `D-YMD[4,2,2]` or `D4/`, for strftime; null where it is another code. */
export function basicDateFormat(code: string): string | null {
  const found = /^D([24]?)([^A-Z0-9[]?)([YMDAJ]{0,5})(?:\[([^\]]{0,20})\])?(E?)$/.exec(code.toUpperCase());
  if (found === null) return null;
  const [, digits = '', separator = '', given = '', sizes = '', european = ''] = found;
  const letters = given === '' ? (separator === '' || european === 'E' ? 'DMY' : 'MDY') : given;
  const size = sizes.split(',');
  const words = letters.split('').map((letter, index) => {
    if (letter === 'Y') return size[index] === '2' || digits === '2' ? '%y' : '%Y';
    if (letter === 'M')
      return (given === '' && separator === '') || size[index]?.startsWith('A') === true ? '%b' : '%m';
    if (letter === 'D') return '%d';
    return letter === 'J' ? '%j' : null;
  });
  return words.includes(null) ? null : words.join(separator === '' ? ' ' : separator);
}
