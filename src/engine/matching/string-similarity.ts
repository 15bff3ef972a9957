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
  const matchedB = new Uint8Array(b.length);
  const lettersA: string[] = [];
  for (let i = 0; i < a.length; i += 1) {
    for (let j = Math.max(0, i - window); j < Math.min(b.length, i + window + 1); j += 1) {
      if (matchedB[j] === 0 && a[i] === b[j]) {
        matchedB[j] = 1;
        lettersA.push(a[i] as string);
        break;
      }
    }
  }
  const matches = lettersA.length;
  if (matches === 0) return 0;
  const lettersB = b.split('').filter((_, j) => matchedB[j] === 1);
  const swaps = lettersA.filter((letter, i) => letter !== lettersB[i]).length / 2;
  const jaro = (matches / a.length + matches / b.length + (matches - swaps) / matches) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
}
