/** Tables and columns of one side as the window shows them. */
import { PortolanError } from '../../shared/errors.ts';
import type { Output, ParsedInput } from '../../shared/ipc/contract.ts';
import { type TableProfile, sampledRows } from '../../shared/model/profile.ts';
import type { Table } from '../../shared/model/schema.ts';
import type { ColumnIndex } from './column-index.ts';
import { issuesOf } from './quality-views.ts';
import { columnReferences } from './references.ts';
import type { Workbench } from './workbench.ts';

/** Discovery keeps more values of a column than anybody reads. */
const SHOWN_VALUES = 12;
const SHOWN_SAMPLES = 12;

export function tableDetail(workbench: Workbench, { side, key }: ParsedInput<'schema.table'>): Output<'schema.table'> {
  const index = workbench.columns()[side];
  const table = findTable(index, key);
  const profile = index.profile(key);
  const personal = (profile?.columns ?? []).filter((column) => column.personal === true);
  return {
    table,
    profile:
      profile === null
        ? null
        : { ...profile, columns: profile.columns.map((column) => ({ ...column, top: column.top.slice(0, 1) })) },
    masked: index.masks ? personal.map((column) => column.name) : [],
  };
}

export function columnDetail(
  workbench: Workbench,
  { side, table: key, column: name }: ParsedInput<'schema.column'>,
): Output<'schema.column'> {
  const index = workbench.columns()[side];
  const table = findTable(index, key);
  const column = table.columns.find((one) => one.name === name);
  if (column === undefined) throw new PortolanError('INPUT_INVALID', `There is no column ${name} in ${key}`);
  const profile = index.profile(key);
  const figures = index.figures(key, name);
  const personal = figures?.personal === true;
  return {
    column,
    primaryKey: table.primaryKey.includes(name),
    uniques: table.uniques.filter((unique) => unique.includes(name)).map((unique) => [...unique]),
    references: [...columnReferences(index, key, name, 'from')],
    referencedBy: [...columnReferences(index, key, name, 'to')],
    rows: profile?.rows ?? null,
    sampledRows: profile === null ? null : sampledRows(profile),
    profile: figures === null ? null : { ...figures, top: figures.top.slice(0, SHOWN_VALUES) },
    samples: samplesOf(profile, figures?.name ?? name),
    personal,
    masked: personal && index.masks,
    issues: [...issuesOf(profile?.issues ?? [], name)],
  };
}

function findTable(index: ColumnIndex, key: string): Table {
  const table = index.tables.get(key);
  if (table === undefined)
    throw new PortolanError('INPUT_INVALID', `There is no table ${key}`, {
      hint: 'The run may have been started anew; choose a table from the tree.',
    });
  return table;
}

function samplesOf(profile: TableProfile | null, column: string): string[] {
  const at = profile?.columns.findIndex((one) => one.name === column) ?? -1;
  if (profile === null || at < 0) return [];
  const values = profile.sample.flatMap((row) => row[at] ?? []);
  return [...new Set(values)].slice(0, SHOWN_SAMPLES);
}
