import type { ReactNode } from 'react';
import type { TableRelation } from '../../../../shared/ipc/contract.ts';
import { type GridColumn, VirtualGrid } from '../../../ui/VirtualGrid.tsx';
import { formatScore } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import { listId } from '../focus.ts';
import { chooseTable } from './diagram-actions.ts';

const words = text.schemas;
type Part = 'from' | 'to' | 'how';

const ends = (table: string, columns: readonly string[]): string => `${table} (${columns.join(', ')})`;
const columns: readonly GridColumn<TableRelation, Part>[] = [
  { id: 'from', title: words.from, cell: ({ from, fromColumns }) => <code>{ends(from, fromColumns)}</code> },
  { id: 'to', title: words.to, cell: ({ to, toColumns }) => <code>{ends(to, toColumns)}</code> },
  {
    id: 'how',
    title: words.how,
    cell: ({ declared, score, evidence }) => (
      <span title={evidence}>
        {declared ? words.declared : `${words.inferred(formatScore(score ?? 0))}: ${evidence}`}
      </span>
    ),
  },
];

interface RelationListProps {
  readonly relations: readonly TableRelation[];
  readonly current: string | null;
}

/** The same as the drawing, a line a reference. */
export function RelationList({ relations, current }: RelationListProps): ReactNode {
  return (
    <VirtualGrid
      id={listId}
      label={words.diagramTitle}
      columns={columns}
      template="minmax(150px, 1fr) minmax(150px, 1fr) minmax(150px, 1.4fr)"
      items={relations}
      current={relations.findIndex((relation) => relation.from === current)}
      onChoose={(relation) => chooseTable(relation.from)}
    />
  );
}
