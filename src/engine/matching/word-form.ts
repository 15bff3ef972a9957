/** The base form of an English word, and whether one word abbreviates another. */

/** Plural and a few endings taken off: `premises` and `premise`, `ordered` and `order` fall together. */
export function baseForm(word: string): string {
  if (word.length <= 3) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (word.endsWith('sses') || word.endsWith('xes') || word.endsWith('ches')) return word.slice(0, -2);
  if (word.endsWith('s') && !word.endsWith('ss') && !word.endsWith('us') && !word.endsWith('is'))
    return word.slice(0, -1);
  return word;
}

/** The word without the endings that make one noun or verb of another: `billed`, `billing` and `bill` fall together. */
export function wordStem(word: string): string {
  for (const ending of ['ing', 'ed', 'ment']) {
    if (word.length >= ending.length + 3 && word.endsWith(ending)) return word.slice(0, -ending.length);
  }
  return word;
}

/** True where the letters of `short` occur in `long` in order, beginning with its first letter. */
export function isSubsequence(short: string, long: string): boolean {
  if (short.length === 0 || short[0] !== long[0]) return false;
  let at = 0;
  for (let i = 0; i < long.length && at < short.length; i += 1) if (long[i] === short[at]) at += 1;
  return at === short.length;
}

const vowels = /[aeiou]/g;

/** How likely `short` stands for `long`, 0..1: prefixes and consonant skeletons are the usual ways to shorten. */
export function abbreviationScore(short: string, long: string): number {
  if (short.length < 2 || short.length >= long.length || !isSubsequence(short, long)) return 0;
  const share = short.length / long.length;
  if (long.startsWith(short)) return short.length >= 3 ? 0.75 + 0.2 * share : 0.5;
  const skeleton = long[0] + long.slice(1).replace(vowels, '');
  if (skeleton === short) return 0.9;
  if (skeleton.startsWith(short) && short.length >= 3) return 0.75;
  if (isSubsequence(short, skeleton) && short.length >= 3) return 0.65;
  return short.length >= 3 ? 0.35 + 0.3 * share : 0.2;
}
