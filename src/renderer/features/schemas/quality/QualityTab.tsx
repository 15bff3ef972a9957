import { IconDatabaseOff, IconFilterOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { type QualityLine, type QualitySort, qualitySorts } from '../../../../shared/ipc/contract.ts';
import { call } from '../../../data/client.ts';
import { usePages } from '../../../data/use-pages.ts';
import { Bar } from '../../../ui/Bar.tsx';
import { Chip } from '../../../ui/Chip.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Pane, PaneEnd, Panes } from '../../../ui/Panes.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { Tone } from '../../../ui/Tone.tsx';
import { type GridColumn, VirtualGrid } from '../../../ui/VirtualGrid.tsx';
import { formatCount, formatPercent } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import type { TabProps } from '../store.ts';
import { listId, searchId } from '../focus.ts';
import { SearchField } from '../../../ui/SearchField.tsx';
import { useSchemas } from '../store.ts';
import styles from '../schemas.module.css';
import { QualityDetails } from './QualityDetails.tsx';

const words = text.schemas;
const levels = ['tables', 'columns'] as const;
const template = 'minmax(160px, 1fr) 64px 104px 72px 72px 64px 64px 60px';

/** What the data of each table and column is like, sorted as one likes, and beside it why. */
export function QualityTab({ side, version }: TabProps): ReactNode {
  const level = useSchemas((state) => state.qualityLevel);
  const [typed, setTyped] = useState('');
  const [sort, setSort] = useState<Sort>({ by: 'defects', descending: true });
  const [key, setKey] = useState<string | null>(null);
  const query = { side, level, text: typed, sort: sort.by, descending: sort.descending };
  const pages = usePages(JSON.stringify([query, version]), async (page) => {
    const { lines, ...found } = await call('schema.quality', { ...query, ...page });
    return { ...found, items: lines };
  });
  const { first, items, error, loading } = pages;
  const at = Math.max(
    0,
    items.findIndex((line) => line?.key === key),
  );
  const hasData = first !== null && first.profiled > 0;
  return (
    <Panes name="quality" widths={[400]} fixed="last" labels={[words.quality]}>
      <Pane label={words.qualityTitle} head={<Head figures={first} />}>
        {hasData ? (
          <div className={styles.filter}>
            <SearchField id={searchId} listId={listId} label={words.filterQuality} value={typed} onText={setTyped} />
          </div>
        ) : null}
        {error === null ? null : <ErrorNote error={error} />}
        {first === null && loading ? <Skeleton /> : null}
        {first === null || (hasData && items.length > 0) ? null : <NoLines hasData={hasData} />}
        {items.length === 0 ? null : (
          <VirtualGrid
            id={listId}
            label={words.qualityTitle}
            columns={columns}
            template={template}
            items={items}
            current={at}
            onChoose={(chosen) => setKey(chosen.key)}
            onNeed={pages.need}
            sort={sort}
            onSort={(by) => setSort({ by, descending: sort.by === by ? !sort.descending : by !== 'name' })}
          />
        )}
      </Pane>
      <QualityDetails side={side} version={version} line={items[at]} />
    </Panes>
  );
}

interface Sort {
  readonly by: QualitySort;
  readonly descending: boolean;
}

function Head({
  figures,
}: {
  readonly figures: { readonly profiled: number; readonly tables: number } | null;
}): ReactNode {
  const level = useSchemas((state) => state.qualityLevel);
  return (
    <>
      <h2>{words.qualityTitle}</h2>
      {levels.map((one) => (
        <Chip key={one} pressed={level === one} onClick={() => useSchemas.setState({ qualityLevel: one })}>
          {words.levels[one]}
        </Chip>
      ))}
      <PaneEnd>{figures === null ? '' : words.profiled(figures.profiled, figures.tables)}</PaneEnd>
    </>
  );
}

function NoLines({ hasData }: { readonly hasData: boolean }): ReactNode {
  if (hasData) return <EmptyState icon={<IconFilterOff size={32} stroke={1.4} />} title={words.noMatch} />;
  return (
    <EmptyState icon={<IconDatabaseOff size={32} stroke={1.4} />} title={words.noData}>
      {words.noDataMore}
    </EmptyState>
  );
}

const cells: Readonly<Record<QualitySort, (line: QualityLine) => ReactNode>> = {
  name: (line) => <code title={line.key}>{line.key}</code>,
  rows: (line) => formatCount(line.rows),
  nulls: (line) => <Nulls share={line.nullShare} />,
  distinct: (line) => (line.distinct === null ? '—' : formatCount(line.distinct)),
  duplicates: (line) => formatCount(line.duplicates),
  outliers: (line) => <Count count={line.outliers} />,
  orphans: (line) => <Count count={line.orphans} />,
  defects: (line) => <Count count={line.defects} />,
};

const columns: readonly GridColumn<QualityLine, QualitySort>[] = qualitySorts.map((id) => ({
  id,
  title: words.qualityColumns[id],
  why: words.qualityWhy[id],
  number: id !== 'name' && id !== 'nulls',
  cell: cells[id],
}));

function Nulls({ share }: { readonly share: number | null }): ReactNode {
  if (share === null) return '—';
  return (
    <span className={styles.nulls}>
      <Bar share={share} tone={share > 0 ? 'warn' : 'neutral'} />
      {formatPercent(share, 1)}
    </span>
  );
}

function Count({ count }: { readonly count: number | null }): ReactNode {
  if (count === null) return '—';
  return count === 0 ? '0' : <Tone tone="warn">{formatCount(count)}</Tone>;
}
