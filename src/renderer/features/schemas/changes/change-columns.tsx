/** The columns of the list of changes. */
import type { ReactNode } from 'react';
import type { SchemaDiffLine } from '../../../../shared/model/schema-diff.ts';
import { Tone } from '../../../ui/Tone.tsx';
import type { Tone as ToneName } from '../../../ui/confidence.ts';
import type { GridColumn } from '../../../ui/VirtualGrid.tsx';
import { text } from '../../../ui/text.ts';

const words = text.changes;

export const changeTones: Readonly<Record<SchemaDiffLine['kind'], ToneName>> = {
  added: 'ok',
  removed: 'bad',
  renamed: 'warn',
  changed: 'warn',
};

const columnIds = ['kind', 'table', 'what', 'before', 'after'] as const;
type ColumnId = (typeof columnIds)[number];

const cells: Readonly<Record<ColumnId, (line: SchemaDiffLine) => ReactNode>> = {
  kind: ({ kind, breaking }) => (
    <Tone tone={changeTones[kind]}>
      <span aria-hidden="true">{words.marks[kind]} </span>
      {words.kinds[kind]}
      {breaking ? (
        <>
          <span aria-hidden="true"> !</span>
          <span className="visually-hidden">, {words.yes}</span>
        </>
      ) : null}
    </Tone>
  ),
  table: ({ table, column }) => (
    <code title={nameOf(table, column)}>
      {table}
      {column === null ? '' : `.${column}`}
    </code>
  ),
  what: ({ subject }) => subject,
  before: ({ before }) => <Written value={before} />,
  after: ({ after }) => <Written value={after} />,
};

const nameOf = (table: string, column: string | null): string => (column === null ? table : `${table}.${column}`);

function Written({ value }: { readonly value: string | null }): ReactNode {
  return value === null ? words.absent : <code title={value}>{value}</code>;
}

export const changeTemplate = '94px minmax(150px, 3fr) 82px minmax(110px, 2fr) minmax(110px, 2fr)';

export const changeColumns: readonly GridColumn<SchemaDiffLine, ColumnId>[] = columnIds.map((id) => ({
  id,
  title: words.columns[id],
  cell: cells[id],
}));
