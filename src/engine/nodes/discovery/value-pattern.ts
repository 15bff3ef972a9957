import { compareText } from '../../core/text.ts';

const topPatterns = 5;
const shownLength = 64;
const longestRun = 6;

/** The shape of a value: letters as A, digits as 9, runs of more than six of them as `A+` and `9+`. */
export function patternOf(value: string): string {
  let shape = '';
  let run = 0;
  let previous = '';
  for (const character of value.slice(0, shownLength)) {
    const symbol = symbolOf(character);
    const same = symbol === previous && (symbol === 'A' || symbol === '9');
    run = same ? run + 1 : 1;
    previous = symbol;
    if (run <= longestRun) shape += symbol;
    else if (run === longestRun + 1) shape = `${shape.slice(0, 1 - run)}${symbol}+`;
  }
  return shape;
}

function symbolOf(character: string): string {
  if (character >= '0' && character <= '9') return '9';
  if ((character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z')) return 'A';
  return character > '\u007f' && /\p{L}/u.test(character) ? 'A' : character;
}

/** The most frequent shapes among `values`, ties by shape. */
export function topPatternsOf(
  values: readonly string[],
): readonly { readonly pattern: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const value of values) {
    const pattern = patternOf(value);
    counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
  }
  return [...counts]
    .map(([pattern, count]) => ({ pattern, count }))
    .toSorted((a, b) => b.count - a.count || compareText(a.pattern, b.pattern))
    .slice(0, topPatterns);
}
