/** A column's name as a DuckDB expression. */
import { quoteIdentifier } from '../core/text.ts';

const reserved: ReadonlySet<string> = new Set(
  'all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create default deferrable desc describe distinct do else end except false fetch for foreign from group having in initially intersect into lambda lateral leading limit not null offset on only or order pivot pivot_longer pivot_wider placing primary qualify references returning select show some summarize symmetric table then to trailing true union unique unpivot using variadic when where window with authorization binary collation concurrently cross freeze full generated glob ilike inner is isnull join left like map natural notnull outer overlaps positional right semi anti similar tablesample try_cast values at between struct'.split(
    ' ',
  ),
);

/** Plain where that is safe, quoted where the name is a word of SQL or has other characters. */
export function columnExpression(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !reserved.has(name.toLowerCase()) ? name : quoteIdentifier(name);
}
