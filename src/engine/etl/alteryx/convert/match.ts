/** Keys of two inputs that belong together. Alteryx takes NULL as equal to NULL. */
import { castTo } from './cast.ts';
import type { Draft } from './draft.ts';
import { fieldOf, fieldSql, lineageOf, type Field, type Stream } from './stream.ts';
import { learnType } from './types-by-use.ts';
import { guessedType, textType } from '../field-type.ts';

const family = (field: Field): string =>
  field.type.kind === 'integer' || field.type.kind === 'decimal' || field.type.kind === 'double'
    ? 'number'
    : field.type.kind === 'datetime'
      ? 'date'
      : field.type.kind;

interface Key {
  readonly stream: Stream;
  readonly alias: string;
  readonly name: string;
}

/**
 * The condition that two key fields are equal; null where one of them is not there. The key of several inputs that are
 * joined already is the first of theirs that is there.
 */
export function keysEqual(left: readonly Key[], right: Key, draft: Draft): string | null {
  const keys = [...left, right];
  const found = keys.map((key) => ({ ...key, field: fieldOf(key.stream, key.name) }));
  const missing = found.find((key) => key.field === null);
  if (missing !== undefined) {
    draft.doubt(`The key ${missing.name} is not among the fields`, 0.3, 'error');
    return null;
  }
  const fields = found.flatMap(({ field, alias, name }) => (field === null ? [] : [{ field, alias, name }]));
  const families = new Set(fields.map((one) => family(one.field)));
  draft.note('Keys that are NULL match each other; text is compared with regard to case');
  const known = found.find(({ field }) => field !== null && field.type !== guessedType)?.field?.type;
  if (known !== undefined) for (const one of found) learnType(one.stream, one.name, known);
  if (families.size > 1)
    draft.doubt(
      `The keys ${fields.map((one) => one.name).join(' and ')} have different types and are compared as text`,
      0.7,
    );
  const sql = fields.map(({ field, alias }) =>
    families.size > 1
      ? castTo({ sql: fieldSql(field, alias), kind: field.type.kind }, textType, draft)
      : fieldSql(field, alias),
  );
  const before = sql.slice(0, -1);
  return `${before.length === 1 ? before[0] : `coalesce(${before.join(', ')})`} IS NOT DISTINCT FROM ${sql.at(-1) ?? ''}`;
}

/** `RELATION.FIELD` of a key of each side; its bare name where the field is not there. */
export function keyPair(
  left: readonly [Stream, string],
  right: readonly [Stream, string],
): { readonly left: string; readonly right: string } {
  const named = ([stream, name]: readonly [Stream, string]): string => {
    const field = fieldOf(stream, name);
    return field === null ? name : lineageOf(stream, field);
  };
  return { left: named(left), right: named(right) };
}
