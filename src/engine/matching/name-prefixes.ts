/** Names put together from the beginnings of words: `pid` of product id, `rstaff_id` of rental staff id, `c_name` of customer name. */

/** True where `short` is the beginnings of all `words`, one after the other, none of them empty. */
export function isMadeOfPrefixes(short: string, words: readonly string[]): boolean {
  if (words.length === 0 || words.length > 8 || short.length < words.length || short.length > 60) return false;
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
