/** Similarities of short texts, 0..1. */

/** The distinct three-letter windows of a padded text as sorted numbers, ready for `dice`. Equal texts give equal sets. */
export function trigrams(text: string): Int32Array {
  const padded = `  ${text} `;
  const codes = new Set<number>();
  for (let i = 0; i + 3 <= padded.length; i += 1) {
    codes.add(
      (Math.imul(padded.charCodeAt(i), 961) + Math.imul(padded.charCodeAt(i + 1), 31) + padded.charCodeAt(i + 2)) | 0,
    );
  }
  return Int32Array.from(codes).sort();
}

/** Twice the shared windows over all windows. */
export function dice(a: Int32Array, b: Int32Array): number {
  if (a.length === 0 || b.length === 0) return 0;
  let shared = 0;
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const left = a[i] as number;
    const right = b[j] as number;
    if (left === right) {
      shared += 1;
      i += 1;
      j += 1;
    } else if (left < right) i += 1;
    else j += 1;
  }
  return (2 * shared) / (a.length + b.length);
}

/** Jaro-Winkler similarity of at most 64 characters each. */
export function jaroWinkler(first: string, second: string): number {
  const a = first.length > MOST_LETTERS ? first.slice(0, MOST_LETTERS) : first;
  const b = second.length > MOST_LETTERS ? second.slice(0, MOST_LETTERS) : second;
  if (a === b) return a.length === 0 ? 0 : 1;
  const window = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const matches = matchLetters(a, b, window);
  if (matches === 0) return 0;
  const swaps = swappedLetters(b) / 2;
  const jaro = (matches / a.length + matches / b.length + (matches - swaps) / matches) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
}

const MOST_LETTERS = 64;
/** Places in the second text are bits, sixteen to a part: sums of them stay small whole numbers. */
const PARTS = MOST_LETTERS / 16;
/** Of each letter: the places where the second text has it. All 0 between calls. */
const places = new Uint16Array(PARTS * 65_536);
/** The places that no letter has matched yet. */
const free = new Uint16Array(PARTS);
/** The letters of the first text that match, in order. */
const matched = new Uint16Array(MOST_LETTERS);

/** How many letters of two short texts match: each takes the first free place of its kind within the window. */
function matchLetters(a: string, b: string, window: number): number {
  for (let part = 0; part < PARTS; part += 1) free[part] = 0xffff;
  for (let j = 0; j < b.length; j += 1) {
    const at = PARTS * b.charCodeAt(j) + (j >> 4);
    places[at] = (places[at] as number) | (1 << (j & 15));
  }
  let matches = 0;
  for (let i = 0; i < a.length; i += 1) {
    const letter = a.charCodeAt(i);
    const from = Math.max(0, i - window);
    const to = Math.min(b.length, i + window + 1);
    for (let part = from >> 4; part << 4 < to; part += 1) {
      const hits =
        (places[PARTS * letter + part] as number) & (free[part] as number) & bits(from - 16 * part, to - 16 * part);
      if (hits === 0) continue;
      free[part] = (free[part] as number) ^ (hits & -hits);
      matched[matches] = letter;
      matches += 1;
      break;
    }
  }
  for (let j = 0; j < b.length; j += 1) places[PARTS * b.charCodeAt(j) + (j >> 4)] = 0;
  return matches;
}

/** The bits of one part from `from` to before `to`, which may lie beyond it. */
function bits(from: number, to: number): number {
  return (from <= 0 ? -1 : -1 << from) & (to >= 16 ? 0xffff : (1 << to) - 1);
}

/** How many of the letters that matched last stand in another order in the second text. */
function swappedLetters(b: string): number {
  let swapped = 0;
  for (let j = 0, i = 0; j < b.length; j += 1) {
    if ((((free[j >> 4] as number) >> (j & 15)) & 1) === 1) continue;
    if (b.charCodeAt(j) !== matched[i]) swapped += 1;
    i += 1;
  }
  return swapped;
}
