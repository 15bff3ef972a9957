import { PortolanError } from '../../shared/errors.ts';
import type { Output, ParsedInput } from '../../shared/ipc/contract.ts';
import type { Workbench } from './workbench.ts';

export function tablePage(
  workbench: Workbench,
  { side, offset, limit }: ParsedInput<'schema.tables'>,
): Output<'schema.tables'> {
  const index = workbench.columns()[side];
  const all = [...index.tables].map(([key, table]) => ({
    key,
    name: key,
    columns: table.columns.length,
    rows: index.profile(key)?.rows ?? null,
    comment: table.comment,
  }));
  return { total: all.length, tables: all.slice(offset, offset + limit) };
}

export function tableDetail(workbench: Workbench, { side, key }: ParsedInput<'schema.table'>): Output<'schema.table'> {
  const index = workbench.columns()[side];
  const table = index.tables.get(key);
  if (table === undefined) throw new PortolanError('INPUT_INVALID', `There is no table ${key}`);
  return { table, profile: index.profile(key) };
}
