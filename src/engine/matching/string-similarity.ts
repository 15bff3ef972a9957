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
  const a = first.slice(0, 64);
  const b = second.slice(0, 64);
  if (a === b) return a.length === 0 ? 0 : 1;
  const window = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const { matches, swapped } = matchingLetters(a, b, window);
  if (matches === 0) return 0;
  const swaps = swapped / 2;
  const jaro = (matches / a.length + matches / b.length + (matches - swaps) / matches) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
}

const ofA = new Uint8Array(64);
const ofB = new Uint8Array(64);

/** How many letters of two short texts match within the window, and how many of those stand in another order. */
function matchingLetters(a: string, b: string, window: number): { readonly matches: number; readonly swapped: number } {
  ofA.fill(0);
  ofB.fill(0);
  let matches = 0;
  for (let i = 0; i < a.length; i += 1) {
    const letter = a.charCodeAt(i);
    const end = Math.min(b.length, i + window + 1);
    for (let j = Math.max(0, i - window); j < end; j += 1) {
      if (ofB[j] !== 0 || letter !== b.charCodeAt(j)) continue;
      ofA[i] = 1;
      ofB[j] = 1;
      matches += 1;
      break;
    }
  }
  let swapped = 0;
  for (let i = 0, j = 0; i < a.length; i += 1) {
    if (ofA[i] === 0) continue;
    while (ofB[j] === 0) j += 1;
    if (a.charCodeAt(i) !== b.charCodeAt(j)) swapped += 1;
    j += 1;
  }
  return { matches, swapped };
}
