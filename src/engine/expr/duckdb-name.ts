import { quoteIdentifier } from '../core/text.ts';

const reserved: ReadonlySet<string> = new Set(
  (
    'all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create default ' +
    'deferrable desc describe distinct do else end except false fetch for foreign from group having in initially intersect ' +
    'into lambda lateral leading limit not null offset on only or order pivot pivot_longer pivot_wider placing primary ' +
    'qualify references returning select show some summarize symmetric table then to trailing true union unique unpivot ' +
    'using variadic when where window with anti asof at authorization binary collation concurrently cross freeze full ' +
    'generated glob ilike inner is isnull join left like map natural notnull outer overlaps positional right semi similar ' +
    'tablesample try_cast coalesce nullif interval exists extract position substring trim overlay row struct values ' +
    'grouping grouping_id columns unpack'
  ).split(' '),
);

/** A column name for DuckDB: in lower case where it needs no quotes, otherwise quoted as it was written. */
export function columnName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/i.test(name) && !reserved.has(name.toLowerCase())
    ? name.toLowerCase()
    : quoteIdentifier(name);
}
