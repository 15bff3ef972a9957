import { isName, symbolOf, wordOf, type SqlToken } from '../../sql/sql-tokens.ts';

/** Names, in lower case, that WITH defines in the query: they are not tables. */
export function commonTables(tokens: readonly SqlToken[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    const starts = wordOf(before) === 'with' || wordOf(before) === 'recursive' || symbolOf(before) === ',';
    if (starts && isName(token) && wordOf(tokens[index + 1]) === 'as' && symbolOf(tokens[index + 2]) === '(')
      found.add(token.text.toLowerCase());
  }
  return found;
}
