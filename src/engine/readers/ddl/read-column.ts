import { typeFirstWords } from '../types/type-rules.ts';
import { columnAttributes } from './column-attributes.ts';
import { newColumnDraft, type ColumnDraft } from './column-draft.ts';
import { readIdentifier } from './read-name.ts';
import { readType } from './read-type.ts';
import type { TokenCursor } from './token-cursor.ts';

/** Words that begin an attribute and never a type: a column that goes on with one has no type. */
const attributeOnly: ReadonlySet<string> = new Set(
  [...columnAttributes.keys()].filter(
    (word) =>
      !typeFirstWords.has(word) &&
      !['PATH', 'FOR', 'LOCAL', 'NO', 'DATA', 'IN', 'ROW', 'FIRST', 'AFTER', 'TAG', 'FAMILY'].includes(word),
  ),
);

/** The column definition at the cursor: name, type and attributes up to the end of the item. */
export function readColumn(cursor: TokenCursor): ColumnDraft {
  const draft = newColumnDraft(readIdentifier(cursor, 'a column name'), cursor.line);
  // IBM i gives the short system name before the type.
  if (cursor.take('FOR')) {
    cursor.take('COLUMN');
    cursor.at += 1;
  }
  if (!cursor.done && !startsAttribute(cursor)) draft.rawType = readType(cursor);
  readAttributes(cursor, draft);
  if (/^(?:(?:small|big)?serial[248]?|counter)$/i.test(draft.rawType)) {
    draft.identity = true;
    draft.nullable = false;
  }
  return draft;
}

/** Attributes up to the end of the range; stops early where a new column begins without a comma. */
export function readAttributes(cursor: TokenCursor, draft: ColumnDraft): void {
  while (!cursor.done && !beginsColumn(cursor)) {
    const word = cursor.word();
    const handler = columnAttributes.get(word);
    if (handler !== undefined) handler(cursor, draft);
    else if (word === '(') readGroupAttributes(cursor.group(), draft);
    else {
      draft.unknown.push(cursor.peek()?.text ?? '');
      cursor.at += 1;
    }
  }
}

/** Teradata puts FORMAT and TITLE in parentheses. */
function readGroupAttributes(group: TokenCursor, draft: ColumnDraft): void {
  while (!group.done) {
    const handler = columnAttributes.get(group.word());
    if (handler !== undefined && group.word() !== '(') handler(group, draft);
    else group.skip();
  }
}

function startsAttribute(cursor: TokenCursor): boolean {
  const word = cursor.word();
  if (word === 'CHARACTER' && cursor.word(1) === 'SET') return true;
  return cursor.peek()?.kind !== 'word' ? cursor.peek()?.kind !== 'quoted' : attributeOnly.has(word);
}

/** A name and a type on a new line: a comma is missing before them. */
function beginsColumn(cursor: TokenCursor): boolean {
  const token = cursor.peek();
  if (token === undefined || !token.fresh || (token.kind !== 'word' && token.kind !== 'quoted')) return false;
  if (columnAttributes.has(token.word)) return false;
  const next = cursor.peek(1);
  return next?.kind === 'word' && typeFirstWords.has(next.word) && !columnAttributes.has(next.word);
}
