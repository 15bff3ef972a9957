/** Of the words that only the target's name has: how usual the standard is that they name, -1..1; 0 where they name none. */
export function usualStandard(
  source: readonly string[],
  target: readonly string[],
  use: ReadonlyMap<string, number>,
): number {
  if (use.size === 0) return 0;
  return target
    .filter((word) => !source.includes(word))
    .map((word) => use.get(word) ?? 0)
    .reduce((strongest, one) => (Math.abs(one) > Math.abs(strongest) ? one : strongest), 0);
}
