import { IconAlertTriangle, IconFilterOff } from '@tabler/icons-react';
import { useDeferredValue, useState } from 'react';
import type { ReactNode } from 'react';
import type { PackEntry, PackLine } from '../../../../shared/ipc/contract.ts';
import { call } from '../../../data/client.ts';
import { usePages } from '../../../data/use-pages.ts';
import { Chip } from '../../../ui/Chip.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { type GridColumn, VirtualGrid } from '../../../ui/VirtualGrid.tsx';
import { formatCount } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import { SearchField } from '../../../ui/SearchField.tsx';
import { entriesId, usePacks, searchId } from '../store.ts';
import styles from '../packs.module.css';

const words = text.packs;
const kinds = ['all', 'column', 'abbreviation', 'synonym', 'pattern', 'keyword', 'word'] as const;
const columnIds = ['kind', 'name', 'type', 'meaning', 'also'] as const;
type ColumnId = (typeof columnIds)[number];

/** Tables, abbreviations, synonyms and words of a pack in one list, to search and to filter. */
export function PackContents({ pack }: { readonly pack: PackLine }): ReactNode {
  const { filter, kind, saved } = usePacks();
  const [at, setAt] = useState(0);
  const query = { key: pack.key, text: useDeferredValue(filter.trim()), kind };
  // What is saved is another pack.
  const version = saved?.key === pack.key ? saved.yaml.length : 0;
  const { first, items, error, loading, need } = usePages(JSON.stringify([query, version, pack]), async (page) => {
    const { entries, ...found } = await call('packs.entries', { ...query, ...page });
    return { ...found, items: entries };
  });
  if (pack.mistakes > 0)
    return (
      <EmptyState icon={<IconAlertTriangle size={32} stroke={1.4} />} title={words.noContents}>
        {words.noContentsMore}
      </EmptyState>
    );
  if (error !== null) return <ErrorNote error={error} />;
  return (
    <>
      <div className={styles.filter}>
        <SearchField
          id={searchId}
          label={words.filter}
          value={filter}
          listId={entriesId}
          onText={(next) => usePacks.setState({ filter: next })}
        />
      </div>
      <div className={styles.filters} role="group" aria-label={words.columns.kind}>
        {kinds.map((one) => (
          <Chip key={one} pressed={kind === one} onClick={() => usePacks.setState({ kind: one })}>
            {words.kinds[one]} {first === null ? '' : formatCount(first.counts[one])}
          </Chip>
        ))}
      </div>
      {first === null && loading ? <Skeleton /> : null}
      {first !== null && items.length === 0 ? (
        <EmptyState icon={<IconFilterOff size={32} stroke={1.4} />} title={words.noMatch} />
      ) : (
        <VirtualGrid
          id={entriesId}
          label={pack.title}
          columns={columns}
          template="92px minmax(140px, 2fr) 80px minmax(150px, 3fr) minmax(120px, 2fr)"
          items={items}
          current={Math.min(at, Math.max(0, items.length - 1))}
          onChoose={(_entry, index) => setAt(index)}
          onNeed={need}
        />
      )}
    </>
  );
}

const cells: Readonly<Record<ColumnId, (entry: PackEntry) => ReactNode>> = {
  kind: ({ kind }) => words.kindOf[kind],
  name: ({ name }) => <code title={name}>{name}</code>,
  type: ({ type }) => type ?? '',
  meaning: ({ meaning }) => <span title={meaning}>{meaning}</span>,
  also: ({ also }) => <code title={also}>{also}</code>,
};

const columns: readonly GridColumn<PackEntry, ColumnId>[] = columnIds.map((id) => ({
  id,
  title: words.columns[id],
  cell: cells[id],
}));
