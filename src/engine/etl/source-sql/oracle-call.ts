/** A function call in SQL of the source database, translated by the rules of PowerCenter's language where they agree. */
import { quoteLiteral } from '../../core/text.ts';
import { defaultSettings, type PortInfo } from '../../expr/environment.ts';
import { parsePowerCenter } from '../../expr/powercenter/parse.ts';
import { toDuckDb } from '../../expr/powercenter/to-duckdb.ts';
import type { SqlToken } from '../../sql/sql-tokens.ts';

const leastConfidence = 0.6;

/** The days of `SYSDATE - 7` at `index`; null where that does not stand there. */
export function daysFromNow(tokens: readonly SqlToken[], index: number): string | null {
  const [now, sign, days] = tokens.slice(index, index + 3);
  const whole = days?.kind === 'number' && /^\d{1,6}$/.test(days.text);
  if (now?.kind !== 'word' || !/^(?:sysdate|systimestamp)$/i.test(now.text) || !whole) return null;
  return sign?.text === '-' || sign?.text === '+' ? `${sign.text === '-' ? '-' : ''}${days.text}` : null;
}

/** The call made of `tokens` as DuckDB SQL, or null where it cannot be read or is in doubt. */
export function translateSourceCall(
  tokens: readonly SqlToken[],
  textSql: (text: string) => string,
): { readonly sql: string; readonly macros: readonly string[] } | null {
  const ports = new Map<string, PortInfo>();
  const standIn = (sqlName: string, type: PortInfo['type']): string => {
    const name = `__arg${ports.size}`;
    ports.set(name, { type, precision: null, scale: null, sqlName });
    return name;
  };
  const parts: string[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) break;
    const qualified = tokens[index + 1]?.text === '.' && tokens[index + 2] !== undefined;
    const days = daysFromNow(tokens, index);
    if (days !== null) {
      parts.push(`ADD_TO_DATE(SYSDATE, 'DD', ${days})`);
      index += 2;
      continue;
    }
    if (token.kind === 'string')
      parts.push(/\$/.test(token.text) ? standIn(textSql(token.text), 'string') : quoteLiteral(token.text));
    else if (qualified && (token.kind === 'word' || token.kind === 'quoted')) {
      parts.push(standIn(`${token.text}.${tokens[index + 2]?.text ?? ''}`, 'unknown'));
      index += 2;
    } else parts.push(token.text);
  }
  const parsed = parsePowerCenter(parts.join(' '));
  if (!parsed.ok) return null;
  const { sql, confidence, macros } = toDuckDb(parsed.ast, {
    ports,
    openPorts: true,
    parameters: new Map(),
    mode: 'row',
    settings: defaultSettings,
  });
  return confidence < leastConfidence ? null : { sql, macros };
}
