/** A code of the source → its text, which a table that the code points to has. */
import type { ColumnView, SideView } from '../column-view.ts';
import { type Found, type Part, type PartTable, hasWord, isText, onlySql, partsOf } from './derivation.ts';
import { columnExpression } from '../column-expression.ts';

const textWords: ReadonlySet<string> = new Set('name description text title label'.split(' '));
const keyWords: ReadonlySet<string> = new Set('identifier id code key number type'.split(' '));

/**
 * Follows the table's declared foreign keys. `status_text` is wanted and `status_cd` points to a table with a description; the load
 * joins that table. Two keys to one table leave open which is meant, so neither is followed.
 */
export function lookUpText(target: Part, from: PartTable, side: SideView): Found | null {
  if (!isText(target) || !target.words.some((word) => textWords.has(word))) return null;
  const wanted = target.words.filter((word) => !textWords.has(word));
  const keys = from.view.table.foreignKeys.filter((key) => key.columns.length === 1);
  for (const key of keys) {
    const lookup = side.tables.find((one) => one.table.name.toLowerCase() === key.references.table.toLowerCase());
    const code = from.parts.find((part) => part.view.column.name === key.columns[0]);
    const twice = keys.filter(({ references }) => references.table === key.references.table).length > 1;
    if (lookup === undefined || code === undefined || twice || lookup === from.view) continue;
    const about = new Set([...code.words.filter((word) => !keyWords.has(word)), ...lookup.words]);
    if (wanted.length === 0 || !wanted.every((word) => about.has(word))) continue;
    const text = textOf(partsOf(side, lookup, undefined));
    if (text === null) continue;
    return {
      type: 'lookup',
      sources: [text],
      instead: [code],
      forms: onlySql(columnExpression(text.view.column.name)),
      confidence: 0.6,
      reason: `The text of ${code.view.column.name}, looked up in ${lookup.table.name}`,
    };
  }
  return null;
}

/** The only column of a lookup table that is text in words. */
function textOf({ parts, view }: PartTable): Part | null {
  const isKey = (column: ColumnView): boolean => view.table.primaryKey.includes(column.column.name);
  const texts = parts.filter((part) => isText(part) && !isKey(part.view) && hasWord(part, ...textWords));
  return texts.length === 1 ? (texts[0] ?? null) : null;
}
