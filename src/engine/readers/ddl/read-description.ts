import type { TokenCursor } from './token-cursor.ts';

/** BigQuery's `(description="text", …)` at the cursor, which is stepped over; undefined where it says none. */
export function readDescription(cursor: TokenCursor): string | undefined {
  const parts = cursor.word() === '(' ? cursor.group().split() : [];
  const token = parts.find((part) => part.word() === 'DESCRIPTION' && part.word(1) === '=')?.peek(2);
  return token?.text;
}
