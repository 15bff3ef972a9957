/** Cuts that are stated: a document of a huge project stays readable and says where the rest is. */
import { type Block, paragraph } from './blocks.ts';
import { type Inline, md } from './inline.ts';

/** Upper limits of what one document lists. */
export const limits = {
  rows: 400,
  groups: 60,
  groupedRows: 1500,
  items: 100,
  sqlCharacters: 150_000,
  oneSql: 8_000,
} as const;

export interface Cut<T> {
  readonly shown: readonly T[];
  readonly total: number;
}

export function cut<T>(items: readonly T[], limit: number = limits.rows): Cut<T> {
  return { shown: items.slice(0, limit), total: items.length };
}

export interface Group<G, T> {
  readonly group: G;
  readonly rows: Cut<T>;
}

/** Takes groups in their order until the rows or the groups are used up; a group that begins is shown as far as rows are left. */
export function cutGroups<G, T>(
  groups: readonly { readonly group: G; readonly rows: readonly T[] }[],
): Cut<Group<G, T>> {
  const shown: Group<G, T>[] = [];
  let left: number = limits.groupedRows;
  for (const { group, rows } of groups.slice(0, limits.groups)) {
    if (left <= 0) break;
    const taken = cut(rows, Math.min(left, limits.rows));
    left -= Math.max(1, taken.shown.length);
    shown.push({ group, rows: taken });
  }
  return { shown, total: groups.length };
}

/** A sentence where something was left out, nothing otherwise. */
export function cutNote({ shown, total }: Cut<unknown>, what: Inline, where: Inline): readonly Block[] {
  if (shown.length >= total) return [];
  return [paragraph(md`Shown: the first ${shown.length} of ${total} ${what}. The full list is in ${where}.`)];
}
