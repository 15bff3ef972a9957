/** Names put together from the beginnings of words: `pid` of product id, `rstaff_id` of rental staff id, `c_name` of customer name. */
import type { ColumnRole } from './column-role.ts';

/** A column as its own side writes it. */
interface NamedColumn {
  readonly squeezed: string;
  readonly nameParts: readonly string[];
  readonly role: ColumnRole;
  readonly table: { readonly nameParts: readonly string[] };
}

/** Shorter names end others by chance. */
const LEAST_NAME = 3;

/**
 * True where `long` is `short` behind a table: behind the beginnings of the table of `short` (`rstaff_id` of staff_id in rental) or
 * behind its own table's whole name where little else is left (`idb` of table id for b); that `person_id` is person's id goes without saying.
 */
export function standsBehindTable(long: NamedColumn, short: NamedColumn): boolean {
  if (short.squeezed === '' || !long.squeezed.endsWith(short.squeezed)) return false;
  const before = long.squeezed.slice(0, -short.squeezed.length);
  // A word of its own is part of the name: `owner_state` is no glued `state` of ownership.
  if (before === '' || long.nameParts[0] === before) return false;
  if (short.squeezed.length >= LEAST_NAME) return isMadeOfPrefixes(before, short.table.nameParts);
  return short.role !== 'identifier' && [long, short].some(({ table }) => table.nameParts.join('') === before);
}

/** True where `short` is the beginnings of all `words`, one after the other, none of them empty. */
export function isMadeOfPrefixes(short: string, words: readonly string[]): boolean {
  if (words.length === 0 || words.length > 8 || short.length < words.length || short.length > 60) return false;
  if (short.charCodeAt(0) !== words[0]?.charCodeAt(0)) return false;
  let ends = new Set([0]);
  for (const word of words) {
    const next = new Set<number>();
    for (const end of ends) {
      let length = 0;
      while (length < word.length && end + length < short.length && short[end + length] === word[length]) {
        length += 1;
        next.add(end + length);
      }
    }
    if (next.size === 0) return false;
    ends = next;
  }
  return ends.has(short.length);
}
