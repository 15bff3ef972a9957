/** Transformation rules as people write them into mapping tables: a plain move, an expression that can run, or prose. */
import type { Table } from '../../shared/model/schema.ts';

const direct =
  /^(?:direct(?:ly)?(?: (?:move|map|mapping|copy|load))?|1\s*(?::|-|to)\s*1(?: mapping)?|one[- ]to[- ]one|as[- ]is|straight(?: (?:move|through|copy))?|copy|move|same|equal|no (?:transformation|change|conversion)|none|n\/?a|-|=|direkt|identisch|unverändert|übernehmen|directo|igual|identique|diretto)\.?$/i;

/** Whether the rule asks for nothing but the value itself. */
export const saysDirect = (rule: string): boolean => direct.test(rule.trim());

const words: ReadonlySet<string> = new Set(
  `case when then else end and or not in is null like between as true false upper lower trim ltrim rtrim coalesce substr substring left right cast try_cast
   round floor ceil abs concat concat_ws printf date_part current_date current_timestamp replace length nullif lpad rpad greatest least year month day varchar integer bigint smallint date timestamp decimal double boolean`.split(
    /\s+/,
  ),
);
const token = /'(?:[^']|'')*'|"[^"]+"|[\p{L}_][\p{L}\p{N}_$#]*|\d+(?:\.\d+)?|\|\||[<>!]=|<>|[-+*/%(),=<>]|\s+|[^]/gu;
const symbol = /^(?:'(?:[^']|'')*'|\d|\|\||[<>!]=|<>|[-+*/%(),=<>]|\s)/u;
const maxLength = 1000;

/**
 * The rule as a SQL expression, where it is made of nothing but columns of the source table, literals and plain functions;
 * null for everything else, so that prose never runs.
 */
export function ruleExpression(rule: string, table: Table): string | null {
  const text = rule.trim().replace(/;$/, '');
  if (text.length > maxLength) return null;
  const columns = new Set(table.columns.map(({ name }) => name.toLowerCase()));
  let named = 0;
  let operators = 0;
  let depth = 0;
  for (const [part] of text.matchAll(token)) {
    const bare = part.replace(/^"|"$/g, '').toLowerCase();
    if (part === '(') depth += 1;
    if (part === ')') depth -= 1;
    if (depth < 0) return null;
    if (symbol.test(part)) operators += part.trim() === '' ? 0 : 1;
    else if (columns.has(bare)) named += 1;
    else if (!words.has(bare)) return null;
  }
  return named > 0 && operators > 0 && depth === 0 ? text : null;
}
