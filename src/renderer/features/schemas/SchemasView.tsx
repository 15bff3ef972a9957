import { IconTable } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { startRun } from '../../commands/project-commands.ts';
import { useProject } from '../../data/project-store.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { Chip } from '../../ui/Chip.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Pane, PaneEnd, Panes } from '../../ui/Panes.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { formatCount, formatPlural } from '../../ui/format.ts';
import { text } from '../../ui/text.ts';
import { TableDetails } from './parts/TableDetails.tsx';
import { loadTables } from './load-tables.ts';
import type { Side, TableLine } from './load-tables.ts';
import styles from './schemas.module.css';

const sides: readonly Side[] = ['source', 'target'];

/** The tables of both sides with what profiling measured. */
export function SchemasView(): ReactNode {
  const project = useProject((state) => state.project);
  const [side, setSide] = useState<Side>('source');
  const [chosen, setChosen] = useState<Readonly<Record<Side, string | null>>>({ source: null, target: null });
  const counts = project?.counts;
  const known = counts === undefined ? 0 : counts.sourceTables + counts.targetTables;
  if (known === 0) {
    return (
      <EmptyState
        icon={<IconTable size={40} stroke={1.3} />}
        title={text.schemas.empty}
        actions={<CommandButton command={startRun} kind="primary" />}
      >
        {text.schemas.emptyMore}
      </EmptyState>
    );
  }
  return (
    <SideTables
      key={side}
      side={side}
      version={`${project?.fileName} ${known} ${project?.run.status}`}
      chosen={chosen[side]}
      onSide={setSide}
      onChoose={(table) => setChosen({ ...chosen, [side]: table })}
    />
  );
}

interface SideTablesProps {
  readonly side: Side;
  /** Changes when the tables may have changed. */
  readonly version: string;
  readonly chosen: string | null;
  readonly onSide: (side: Side) => void;
  readonly onChoose: (table: string) => void;
}

function SideTables({ side, version, chosen, onSide, onChoose }: SideTablesProps): ReactNode {
  const [words, setWords] = useState('');
  const tables = useLoaded(`${side} ${version}`, () => loadTables(side));
  const shown = useMemo(() => filterTables(tables.value ?? [], words), [tables.value, words]);
  const current = chosen ?? shown[0]?.key ?? null;
  return (
    <Panes name="schemas" widths={[300]} labels={[text.schemas.title]}>
      <Pane
        label={text.schemas.title}
        head={
          <>
            <h2>{text.schemas.title}</h2>
            {sides.map((one) => (
              <Chip key={one} pressed={side === one} onClick={() => onSide(one)}>
                {text.schemas[one]}
              </Chip>
            ))}
            <PaneEnd>{text.schemas.tables(shown.length)}</PaneEnd>
          </>
        }
      >
        <div className={styles.filter}>
          <TextInput label={text.schemas.filter} placeholder={text.schemas.filter} value={words} onText={setWords} />
        </div>
        {tables.error === null ? null : <ErrorNote error={tables.error} />}
        {tables.value === null && tables.loading ? <Skeleton /> : null}
        <VirtualList
          id={`tables-${side}`}
          label={text.schemas.title}
          items={shown}
          keyOf={(table) => table.key}
          current={current}
          rowHeight={34}
          onChoose={(table) => onChoose(table.key)}
          row={(table) => <TableRow table={table} />}
        />
      </Pane>
      {current === null ? (
        <Pane label={text.schemas.choose}>
          <EmptyState icon={<IconTable size={32} stroke={1.4} />} title={text.schemas.choose} />
        </Pane>
      ) : (
        <TableDetails key={`${side} ${current}`} side={side} tableName={current} />
      )}
    </Panes>
  );
}

function TableRow({ table }: { readonly table: TableLine }): ReactNode {
  return (
    <>
      <code className={styles.tableName}>{table.key}</code>
      <span className={styles.faint}>
        {table.rows === null
          ? formatPlural(table.columns, 'column')
          : `${formatCount(table.columns)} × ${formatCount(table.rows)}`}
      </span>
    </>
  );
}

function filterTables(tables: readonly TableLine[], words: string): readonly TableLine[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return tables;
  return tables.filter(
    (table) => table.key.toLowerCase().includes(wanted) || (table.comment ?? '').toLowerCase().includes(wanted),
  );
}
