import { tokenizeSql, type SqlToken } from './sql-tokens.ts';

const ends = /^(?:from|union|intersect|except|minus|where|order)$/i;
const reserved = /^(?:end|null|sysdate|current_date|current_timestamp)$/i;

/** The tokens between the first SELECT that stands in no parentheses and what ends its list, split at its commas. */
function selectList(tokens: readonly SqlToken[]): readonly (readonly SqlToken[])[] | null {
  const items: SqlToken[][] = [];
  let depth = 0;
  for (const token of tokens) {
    const [current] = items.slice(-1);
    const word = token.kind === 'word' && depth === 0;
    if (current === undefined) {
      if (word && /^select$/i.test(token.text)) items.push([]);
    } else if (word && ends.test(token.text)) return items;
    else if (depth === 0 && token.text === ',' && token.kind === 'symbol') items.push([]);
    else current.push(token);
    if (token.kind === 'symbol') depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0;
  }
  return items.length === 0 ? null : items;
}

function nameOf(item: readonly SqlToken[]): string | null {
  const [before, last] = [item.at(-2), item.at(-1)];
  if (last === undefined || (last.kind !== 'word' && last.kind !== 'quoted')) return null;
  if (last.kind === 'word' && reserved.test(last.text)) return null;
  const follows = before === undefined || before.kind !== 'symbol' || before.text === '.' || before.text === ')';
  return follows ? last.text : null;
}

/** Names of the columns that a query gives; null where its text does not name every one, as with `*`. */
export function selectedNames(query: string): readonly string[] | null {
  const list = selectList(tokenizeSql(query));
  if (list === null) return null;
  const names = list.map((item, index) =>
    nameOf(index === 0 && /^(?:distinct|all)$/i.test(item[0]?.text ?? '') ? item.slice(1) : item),
  );
  const found = names.flatMap((name) => name ?? []);
  const distinct = new Set(found.map((name) => name.toLowerCase()));
  return found.length === names.length && distinct.size === found.length ? found : null;
}
