/** A sheet that lists the tables which the others describe. */
import type { Table } from '../../../shared/model/schema.ts';
import { headerMeaning } from '../dictionary/header-role.ts';
import type { LabelledRows } from '../dictionary/labelled-rows.ts';

/**
 * What a list of tables says of each, by name in lower case. Null where the rows are none of that: most of the names have
 * to be those of `tables`.
 */
export function tableOverview(
  { header, rows }: LabelledRows,
  tables: readonly Table[],
): ReadonlyMap<string, string> | null {
  const roles = header.map(({ name }) => headerMeaning(name)?.role ?? null);
  const at = roles.indexOf('table');
  if (at === -1 || roles.includes('column') || roles.includes('qualified')) return null;
  const comment = roles.findIndex((role) => role === 'tableComment' || role === 'comment' || role === 'label');
  const known = new Set(tables.map(({ name }) => name.toLowerCase()));
  const listed = rows.flatMap(({ cells }): readonly (readonly [string, string])[] => {
    const name = (cells[at] ?? '').trim().split('.').at(-1)?.toLowerCase() ?? '';
    return name === '' ? [] : [[name, comment === -1 ? '' : (cells[comment] ?? '').trim()]];
  });
  const hits = listed.filter(([name]) => known.has(name)).length;
  return hits === 0 || hits < listed.length * 0.5 ? null : new Map(listed);
}
