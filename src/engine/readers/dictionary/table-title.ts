import { tableWords } from './header-words.ts';
import { headerPhrase } from './header-role.ts';

const identifier = /^(?:([\p{L}_][\p{L}\p{N}_$#]{0,127})\.)?([\p{L}_][\p{L}\p{N}_$#]{0,127})$/u;
const prefix = /^(\p{L}{2,20})(?:\s+name)?\s*[:\-–—]\s*(.+)$/iu;
const spacedPrefix = /^(\p{L}{2,20})\s+([\p{L}_][\p{L}\p{N}_$#.]{0,127})$/u;

/**
 * The table that a line above its columns names: `CUSTOMER`, `Table: CUSTOMER – customer master`, `Tabelle KUNDE`. Null where
 * the line is prose.
 */
export function titleOfTable(
  title: string | null,
): { readonly schema: string | null; readonly name: string; readonly comment: string | null } | null {
  if (title === null) return null;
  const text = title.replace(/\s+/g, ' ').trim();
  if (text.length > 200) return null;
  const [, name = '', comment = ''] = /^(\S+?)(?:\s*[-–—:(]\s*(.+?)\)?)?$/u.exec(withoutTableWord(text)) ?? [];
  const found = identifier.exec(name);
  return found === null ? null : { schema: found[1] ?? null, name: found[2] ?? name, comment: comment || null };
}

/** True for `Table: CUSTOMER`: a word for a table and a name. */
export function namesTable(text: string): boolean {
  const rest = withoutTableWord(text.trim());
  return rest !== text.trim() && titleOfTable(text) !== null;
}

function withoutTableWord(text: string): string {
  for (const pattern of [prefix, spacedPrefix]) {
    const [, word, rest] = pattern.exec(text) ?? [];
    if (isTableWord(word)) return rest ?? '';
  }
  return text;
}

const isTableWord = (word: string | undefined): boolean =>
  word !== undefined && tableWords.includes(headerPhrase(word));
