/** The texts by which MiniLM sees a column. Each is a feature of its own: averaging them would lose what tells them apart. */
import type { ColumnView, TableView } from './column-view.ts';

export const renderingIds = ['name', 'context', 'comment', 'values', 'examples'] as const;
export type RenderingId = (typeof renderingIds)[number];

const LIMIT = 240;

/** Null where the column has nothing of that kind. */
export function renderColumn(column: ColumnView, id: RenderingId): string | null {
  const name = column.words.join(' ');
  switch (id) {
    case 'name':
      return name;
    case 'context':
      return `${column.table.words.join(' ')}: ${name}`;
    case 'comment':
      return column.description === null ? null : column.description.slice(0, LIMIT);
    case 'values':
      return column.values === null ? null : `${name}: ${column.values.examples.join(', ')}`.slice(0, LIMIT);
    case 'examples':
      return column.values === null || column.values.numericShare > 0.5
        ? null
        : column.values.examples.join(', ').slice(0, LIMIT);
  }
}

/** A table's name and comment. */
export function renderTable(table: TableView): string {
  const comment = table.table.comment;
  return `${table.words.join(' ')}${comment === null ? '' : `. ${comment}`}`.slice(0, LIMIT);
}
