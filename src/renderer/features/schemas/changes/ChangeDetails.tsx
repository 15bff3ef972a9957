import { IconGitCompare } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ComparedRow } from '../../../../shared/ipc/contract.ts';
import type { SchemaDiffLine } from '../../../../shared/model/schema-diff.ts';
import { call } from '../../../data/client.ts';
import { usePages } from '../../../data/use-pages.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Pane } from '../../../ui/Panes.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { Tone } from '../../../ui/Tone.tsx';
import { type GridColumn, VirtualGrid } from '../../../ui/VirtualGrid.tsx';
import { formatScore } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import styles from '../schemas.module.css';
import { changeTones } from './change-columns.tsx';

const words = text.changes;

interface ChangeDetailsProps {
  readonly pair: { readonly before: string; readonly after: string };
  readonly line: SchemaDiffLine | null;
}

/** The change in hand in full, and its table in both versions. */
export function ChangeDetails({ pair, line }: ChangeDetailsProps): ReactNode {
  if (line === null)
    return (
      <Pane label={words.chooseLine}>
        <EmptyState icon={<IconGitCompare size={32} stroke={1.4} />} title={words.chooseLine} />
      </Pane>
    );
  return (
    <Pane label={line.table} head={<h2>{line.column === null ? line.table : `${line.table}.${line.column}`}</h2>}>
      <div className={styles.change}>
        <p>
          <Tone tone={changeTones[line.kind]}>
            {words.kinds[line.kind]}: {line.subject}
          </Tone>
          {line.score === null ? '' : ` · ${words.likely(formatScore(line.score))}`}
          {line.breaking ? ` · ${words.yes}` : ''}
        </p>
        <dl className={styles.pairs}>
          <dt>{words.before}</dt>
          <dd>{line.before === null ? words.absent : <code>{line.before}</code>}</dd>
          <dt>{words.after}</dt>
          <dd>{line.after === null ? words.absent : <code>{line.after}</code>}</dd>
        </dl>
      </div>
      <SideBySide key={line.table} pair={pair} table={line.table} column={line.column} />
    </Pane>
  );
}

interface SideBySideProps extends Pick<ChangeDetailsProps, 'pair'> {
  readonly table: string;
  readonly column: string | null;
}

/** Both declarations of each column; the column in hand is chosen. */
function SideBySide({ pair, table, column }: SideBySideProps): ReactNode {
  const [chosen, setChosen] = useState<{ readonly beside: string | null; readonly index: number } | null>(null);
  const { first, items, error, need } = usePages(JSON.stringify([pair, table]), async (page) => {
    const { rows, ...found } = await call('compare.table', { ...pair, table, ...page });
    return { ...found, items: rows };
  });
  if (error !== null) return <ErrorNote error={error} />;
  if (first === null) return <Skeleton />;
  const inHand = column === null ? -1 : items.findIndex((row) => row !== undefined && isOf(row, column));
  return (
    <div className={styles.sideBySide}>
      <VirtualGrid
        id="both-versions"
        label={words.inTable}
        columns={columns}
        template="16px minmax(0, 1fr) minmax(0, 1fr)"
        items={items}
        // Another change in hand shows its own column again.
        current={chosen?.beside === column ? chosen.index : Math.max(0, inHand)}
        onChoose={(_row, index) => setChosen({ beside: column, index })}
        onNeed={need}
      />
    </div>
  );
}

const isOf = ({ before, after }: ComparedRow, column: string): boolean =>
  (after ?? before)?.startsWith(`${column} `) === true;

const columns: readonly GridColumn<ComparedRow, 'mark' | 'before' | 'after'>[] = [
  { id: 'mark', title: '±', cell: ({ kind }) => <Mark kind={kind} /> },
  { id: 'before', title: words.before, cell: (row) => <Declared row={row} value={row.before} /> },
  { id: 'after', title: words.after, cell: (row) => <Declared row={row} value={row.after} /> },
];

function Mark({ kind }: Pick<ComparedRow, 'kind'>): ReactNode {
  return (
    <Tone tone={kind === 'same' ? 'neutral' : changeTones[kind]}>
      <span aria-hidden="true">{words.marks[kind]}</span>
      <span className="visually-hidden">{kind === 'same' ? words.unchanged : words.kinds[kind]}</span>
    </Tone>
  );
}

function Declared({ row, value }: { readonly row: ComparedRow; readonly value: string | null }): ReactNode {
  if (value === null) return words.absent;
  const code = <code title={value}>{value}</code>;
  return row.kind === 'same' ? code : <Tone tone={changeTones[row.kind]}>{code}</Tone>;
}
