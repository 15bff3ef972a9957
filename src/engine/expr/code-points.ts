/** Texts as characters of Unicode, which DuckDB counts, cuts and compares by. */
export function codePoints(text: string): readonly string[] {
  return Array.from(text);
}

/** -1, 0 or 1, by the first character that differs. */
export function compareCodePoints(left: string, right: string): number {
  const [a, b] = [codePoints(left), codePoints(right)];
  const at = a.findIndex((char, index) => char !== b[index]);
  if (at === -1) return Math.sign(a.length - b.length);
  return Math.sign((a[at]?.codePointAt(0) ?? -1) - (b[at]?.codePointAt(0) ?? -1));
}
