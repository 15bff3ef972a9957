/** How many columns a query gives. */
import { type SqlToken, tokenizeSql } from '../../sql/sql-tokens.ts';

const isWord = (token: SqlToken | undefined, word: string): boolean =>
  token?.kind === 'word' && token.text.toLowerCase() === word;

/** A star that stands for columns, not for a product. */
const isStar = (tokens: readonly SqlToken[], at: number): boolean =>
  tokens[at]?.text === '*' &&
  (at < 3 || tokens[at - 1]?.text === ',' || tokens[at - 1]?.text === '.' || tokens[at - 1]?.kind === 'word') &&
  (tokens[at + 1]?.text === ',' || isWord(tokens[at + 1], 'from'));

/** The number of columns of a query that begins with SELECT and lists them; null where it is not known. */
export function selectedColumns(text: string): number | null {
  const tokens = tokenizeSql(text);
  if (!isWord(tokens[0], 'select')) return null;
  let depth = 0;
  let count = 1;
  for (let at = 1; at < tokens.length; at += 1) {
    const symbol = tokens[at]?.kind === 'symbol' ? tokens[at]?.text : '';
    if (symbol === '(') depth += 1;
    if (symbol === ')') depth -= 1;
    if (depth > 0) continue;
    if (isStar(tokens, at)) return null;
    if (isWord(tokens[at], 'from')) return count;
    if (symbol === ',') count += 1;
  }
  return null;
}
