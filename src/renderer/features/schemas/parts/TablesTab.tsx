import { IconTable } from '@tabler/icons-react';
import { useDeferredValue, useEffect } from 'react';
import type { ReactNode } from 'react';
import type { Side, TreeRow } from '../../../../shared/ipc/contract.ts';
import { call } from '../../../data/client.ts';
import { usePages } from '../../../data/use-pages.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Pane, PaneEnd, Panes } from '../../../ui/Panes.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { VirtualTree } from '../../../ui/VirtualTree.tsx';
import { formatCount, formatPlural } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import type { TabProps } from '../store.ts';
import { listId, searchId } from '../focus.ts';
import { patchSide, sideOf, toggle, useSchemas } from '../store.ts';
import styles from '../schemas.module.css';
import { ColumnDetails } from './ColumnDetails.tsx';
import { SearchField } from '../../../ui/SearchField.tsx';
import { TableDetails } from './TableDetails.tsx';

/** One letter is in nearly every column: the search starts at two. */
const leastLetters = 2;

/** The tree of tables and columns with its search, and the table or column in hand. */
export function TablesTab({ side, version }: TabProps): ReactNode {
  const chosen = useSchemas((state) => sideOf(state).chosen);
  return (
    <Panes name="schemas" widths={[340]} labels={[text.schemas.tree]}>
      <TreePane side={side} version={version} />
      {chosen === null ? (
        <Pane label={text.schemas.choose}>
          <EmptyState icon={<IconTable size={32} stroke={1.4} />} title={text.schemas.choose} />
        </Pane>
      ) : chosen.column === null ? (
        <TableDetails key={chosen.table} side={side} version={version} tableName={chosen.table} />
      ) : (
        <ColumnDetails side={side} version={version} table={chosen.table} column={chosen.column} />
      )}
    </Panes>
  );
}

function TreePane({ side, version }: { readonly side: Side; readonly version: string }): ReactNode {
  const { text: typed, toggled, at, chosen } = useSchemas(sideOf);
  const words = useDeferredValue(typed.trim().length < leastLetters ? '' : typed.trim());
  const key = JSON.stringify([side, version, words, toggled]);
  const { first, items, error, loading, need } = usePages(key, async (page) => {
    const { rows, ...found } = await call('schema.tree', { side, text: words, toggled: [...toggled], ...page });
    return { ...found, items: rows };
  });
  const start = items[0];
  useEffect(() => {
    // Something stands beside the tree from the start.
    if (chosen === null && start !== undefined) choose(items.find((row) => row?.kind === 'table') ?? start, null);
  }, [chosen, start, items]);
  return (
    <Pane
      label={text.schemas.tree}
      head={
        <>
          <h2>{text.schemas.title}</h2>
          <PaneEnd>{first === null ? '' : text.schemas.found(first.tables, first.columns)}</PaneEnd>
        </>
      }
    >
      <div className={styles.filter}>
        <SearchField
          id={searchId}
          listId={listId}
          label={text.schemas.search}
          value={typed}
          onText={(next) => patchSide({ text: next, at: 0, toggled: next === '' || typed === '' ? [] : toggled })}
        />
      </div>
      {typed.trim().length === 1 ? <p className={styles.hint}>{text.schemas.more}</p> : null}
      {error === null ? null : <ErrorNote error={error} />}
      {first === null && loading ? <Skeleton /> : null}
      {first !== null && items.length === 0 ? (
        <EmptyState icon={<IconTable size={28} stroke={1.4} />} title={text.schemas.noMatch} />
      ) : (
        <VirtualTree
          id={listId}
          label={text.schemas.tree}
          items={items}
          current={Math.min(at, items.length - 1)}
          rowHeight={30}
          onNeed={need}
          onChoose={choose}
          onToggle={(row) => toggle(row.key)}
          row={(row) => <TreeLabel row={row} />}
        />
      )}
    </Pane>
  );
}

function choose(row: TreeRow, index: number | null): void {
  const column = row.kind === 'column' ? row.name : null;
  patchSide({
    ...(index === null ? {} : { at: index }),
    ...(row.table === null ? {} : { chosen: { table: row.table, column } }),
  });
}

const marks = { primary: ' ◆', foreign: ' →', none: '' } as const;
const markWords = { primary: text.schemas.primary, foreign: text.schemas.foreign, none: '' } as const;

function TreeLabel({ row }: { readonly row: TreeRow }): ReactNode {
  return (
    <>
      <code className={row.kind === 'schema' ? styles.schemaName : styles.treeName} title={row.name}>
        {row.name}
        <span aria-hidden="true">{marks[row.mark]}</span>
        <span className="visually-hidden">{markWords[row.mark]}</span>
      </code>
      <span className={styles.faint}>{besides(row)}</span>
    </>
  );
}

function besides(row: TreeRow): string {
  if (row.kind === 'column') return row.type;
  if (row.kind === 'schema') return formatPlural(row.count, 'table');
  return row.rows === null ? formatPlural(row.count, 'column') : `${formatCount(row.count)} × ${formatCount(row.rows)}`;
}
