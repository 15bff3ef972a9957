/** Rounds to `digits` decimal places so that figures compare and print the same everywhere. */
export function roundTo(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round((value + Number.EPSILON) * factor) / factor;
}
