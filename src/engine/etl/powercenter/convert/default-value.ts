/** A port's default as an expression; null where it has none or the default is to reject the row. */
export function usableDefault(text: string | null): string | null {
  if (text === null || text.trim() === '') return null;
  return /^\s*(?:ERROR|ABORT)\s*\(/i.test(text) ? null : text;
}
