import { symbolOf, wordOf, type SqlToken } from '../../sql/sql-tokens.ts';
import { isKeyword } from './sql-words.ts';

const operandWords: ReadonlySet<string> = new Set(['end', 'null', 'sysdate', 'systimestamp', 'true', 'false']);

function endsOperand(token: SqlToken | undefined): boolean {
  if (token === undefined) return false;
  if (token.kind === 'symbol') return token.text === ')';
  const word = wordOf(token);
  return operandWords.has(word) || !isKeyword(word);
}

/**
 * Whether the name at `index` of a select list is an alias without AS: `NVL(A, 0) NAME` before a comma, FROM or the end. DuckDB takes
 * words such as NAME, TYPE and YEAR for an alias only behind AS.
 */
export function isImplicitAlias(tokens: readonly SqlToken[], index: number): boolean {
  const [before, token, after] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  if (isKeyword(wordOf(token))) return false;
  const ends = after === undefined || [',', ')'].includes(symbolOf(after)) || wordOf(after) === 'from';
  return ends && endsOperand(before);
}
