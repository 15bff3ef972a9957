/** Keys of two inputs that belong together. Alteryx takes NULL as equal to NULL. */
import { castTo } from './cast.ts';
import type { Draft } from './draft.ts';
import { fieldOf, fieldSql, type Field, type Stream } from './stream.ts';
import { textType } from '../field-type.ts';

const family = (field: Field): string =>
  field.type.kind === 'integer' || field.type.kind === 'decimal' || field.type.kind === 'double'
    ? 'number'
    : field.type.kind === 'datetime'
      ? 'date'
      : field.type.kind;

/** The condition that two key fields are equal; null where one of them is not there. */
export function keysEqual(
  left: { readonly stream: Stream; readonly alias: string; readonly name: string },
  right: { readonly stream: Stream; readonly alias: string; readonly name: string },
  draft: Draft,
): string | null {
  const [a, b] = [fieldOf(left.stream, left.name), fieldOf(right.stream, right.name)];
  if (a === null || b === null) {
    draft.doubt(`The key ${a === null ? left.name : right.name} is not among the fields`, 0.3, 'error');
    return null;
  }
  const [l, r] = [fieldSql(a, left.alias), fieldSql(b, right.alias)];
  draft.note('Keys that are NULL match each other; text is compared with regard to case');
  if (family(a) === family(b)) return `${l} IS NOT DISTINCT FROM ${r}`;
  draft.doubt(`The keys ${left.name} and ${right.name} have different types and are compared as text`, 0.7);
  const text = (sql: string, field: Field): string => castTo({ sql, kind: field.type.kind }, textType, draft);
  return `${text(l, a)} IS NOT DISTINCT FROM ${text(r, b)}`;
}
