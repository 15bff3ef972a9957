import { type RelationNaming, relationNames } from '../../sql/relation-names.ts';
import type { StateView, TableEntry } from './state-view.ts';

/** Views and tables without columns are not part of the generated SQL. */
export const isLoadable = ({ table }: TableEntry): boolean => table.kind !== 'view' && table.columns.length > 0;

/** What the generated SQL calls the tables. */
export function namesOf({ source, target }: StateView): RelationNaming {
  const tables = (entries: readonly TableEntry[]) => entries.filter(isLoadable).map(({ table }) => table);
  return relationNames(tables(source), tables(target));
}
