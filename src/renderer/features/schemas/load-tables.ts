import type { Output } from '../../../shared/ipc/contract.ts';
import { call } from '../../data/client.ts';

export type Side = 'source' | 'target';
export type TableLine = Output<'schema.tables'>['tables'][number];

const pageSize = 1000;

/** All tables of a side, page by page. */
export async function loadTables(side: Side): Promise<readonly TableLine[]> {
  const tables: TableLine[] = [];
  for (;;) {
    const page = await call('schema.tables', { side, offset: tables.length, limit: pageSize });
    tables.push(...page.tables);
    if (page.tables.length === 0 || tables.length >= page.total) return tables;
  }
}
