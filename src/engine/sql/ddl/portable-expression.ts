/** Expressions of one dialect in another, as far as they mean the same in all. */
import type { Dialect, Table } from '../../../shared/model/schema.ts';
import { type SqlToken, tokenizeSql } from '../sql-tokens.ts';
import type { DdlStyle } from './ddl-style.ts';

const commonWords: ReadonlySet<string> = new Set(
  'and or not in between like is null case when then else end upper lower abs coalesce nullif'.split(' '),
);
const commonSymbols: ReadonlySet<string> = new Set('( ) , + - * / = < > <= >= <>'.split(' '));

/**
 * A check or a computed column of `table`, its columns quoted as `style` does; null where it uses what other databases may
 * not have, so that a person has to write it.
 */
export function portableExpression(text: string, table: Table, style: DdlStyle): string | null {
  const columns = new Map(table.columns.map((column) => [column.name.toLowerCase(), column.name] as const));
  let printed = '';
  let end: number | null = null;
  for (const token of bracketed(tokenizeSql(text), text)) {
    const word = printedToken(token, columns, style);
    if (word === null) return null;
    printed += `${end !== null && end < token.start ? ' ' : ''}${word}`;
    end = token.end;
  }
  return printed;
}

function printedToken(token: SqlToken, columns: ReadonlyMap<string, string>, style: DdlStyle): string | null {
  switch (token.kind) {
    case 'number':
      return token.text;
    case 'string':
      return token.text.includes('\\') ? null : style.literal(token.text);
    case 'symbol':
      return commonSymbols.has(token.text) ? token.text : null;
    case 'word':
    case 'quoted': {
      const column = columns.get(token.text.toLowerCase());
      if (column !== undefined) return style.quote(column);
      return token.kind === 'word' && commonWords.has(token.text.toLowerCase()) ? token.text.toUpperCase() : null;
    }
  }
}

/** `[name]` as one quoted name. */
function bracketed(tokens: readonly SqlToken[], text: string): readonly SqlToken[] {
  const result: SqlToken[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i] as SqlToken;
    const close = token.text === '[' && token.kind === 'symbol' ? text.indexOf(']', token.start) : -1;
    if (close === -1) {
      result.push(token);
      continue;
    }
    result.push({ kind: 'quoted', text: text.slice(token.start + 1, close), start: token.start, end: close + 1 });
    while ((tokens[i + 1]?.start ?? Infinity) <= close) i += 1;
  }
  return result;
}

const nowFunctions =
  /^(?:sysdate|systimestamp|current[_ ]timestamp|current[_ ]date|localtimestamp|getdate|now|sysdatetime|sysutcdatetime|getutcdate)(?:\s*\(\d*\))?$/i;

/** A default value in another dialect; null where it is more than a literal or the present moment. */
export function portableDefault(text: string, style: DdlStyle, from: Dialect | null): string | null {
  let value = text.trim();
  while (value.startsWith('(') && value.endsWith(')')) value = value.slice(1, -1).trim();
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value)) return value;
  if (/^null$/i.test(value)) return 'NULL';
  if (/^true$/i.test(value)) return style.true;
  if (/^false$/i.test(value)) return style.false;
  if (nowFunctions.test(value))
    return /date$/i.test(value) && !/^(?:sys|get)/i.test(value) ? 'CURRENT_DATE' : style.now;
  const literal = /^N?'((?:[^']|'')*)'$/s.exec(value)?.[1];
  if (literal === undefined || (literal.includes('\\') && (from === null || usesBackslash.has(from)))) return null;
  return style.literal(literal.replaceAll("''", "'"));
}

const usesBackslash: ReadonlySet<Dialect> = new Set(['mysql', 'snowflake', 'spark']);
