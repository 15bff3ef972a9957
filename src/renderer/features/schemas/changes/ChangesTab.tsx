import { IconEqual, IconFilterOff, IconGitCompare } from '@tabler/icons-react';
import { useDeferredValue, useEffect } from 'react';
import type { ReactNode } from 'react';
import type { Output } from '../../../../shared/ipc/contract.ts';
import { CommandButton } from '../../../commands/CommandButton.tsx';
import { call } from '../../../data/client.ts';
import { useTakeDrops } from '../../../data/drop-target.ts';
import { reportFailure } from '../../../data/notices.ts';
import { useProject } from '../../../data/project-store.ts';
import { usePages } from '../../../data/use-pages.ts';
import { Chip } from '../../../ui/Chip.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Pane, PaneEnd, Panes } from '../../../ui/Panes.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { Tooltip } from '../../../ui/Tooltip.tsx';
import { VirtualGrid } from '../../../ui/VirtualGrid.tsx';
import { formatCount } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import { listId, searchId } from '../focus.ts';
import { SearchField } from '../../../ui/SearchField.tsx';
import { changeFilters, patchCompare, useSchemas } from '../store.ts';
import styles from '../schemas.module.css';
import { ChangeDetails } from './ChangeDetails.tsx';
import { VersionBar } from './VersionBar.tsx';
import { changeColumns, changeTemplate } from './change-columns.tsx';
import { compareDropped, loadVersions, pairOf } from './compare-actions.ts';
import { compareFile } from './compare-commands.ts';

const words = text.changes;

type Counts = Output<'compare.lines'>['counts'];
type Pair = NonNullable<ReturnType<typeof pairOf>>;

const dropTarget = { title: words.drop, hint: words.dropHint, take: compareDropped };

/** Two versions of a schema: what was added, removed, renamed or changed, and what of it may break something. */
export function ChangesTab(): ReactNode {
  const inputs = useProject((state) => state.project?.inputs);
  const status = useProject((state) => state.project?.run.status);
  const compare = useSchemas((state) => state.compare);
  useTakeDrops(dropTarget);
  useEffect(() => {
    loadVersions().catch(reportFailure);
  }, [inputs, status]);
  const pair = pairOf(compare);
  return (
    <div className={styles.view}>
      <VersionBar />
      {pair === null ? <NoPair /> : <Comparison key={`${pair.before} ${pair.after}`} pair={pair} />}
    </div>
  );
}

function NoPair(): ReactNode {
  return (
    <EmptyState
      icon={<IconGitCompare size={40} stroke={1.3} />}
      title={words.empty}
      actions={<CommandButton command={compareFile} kind="primary" />}
    >
      {words.emptyMore}
    </EmptyState>
  );
}

function Comparison({ pair }: { readonly pair: Pair }): ReactNode {
  const { text: typed, kind, breaking, at } = useSchemas((state) => state.compare);
  const query = { ...pair, text: useDeferredValue(typed.trim()), kind, breaking };
  const { first, items, error, loading, need } = usePages(JSON.stringify(query), async (page) => {
    const { lines, ...found } = await call('compare.lines', { ...query, ...page });
    return { ...found, items: lines };
  });
  if (error !== null) return <ErrorNote error={error} />;
  if (first === null) return loading ? <Skeleton /> : null;
  const isSame = first.tables === 0;
  const current = Math.max(0, Math.min(at, items.length - 1));
  return (
    <Panes name="changes" widths={[440]} fixed="last" labels={[words.inTable]}>
      <Pane
        label={words.title}
        head={
          <>
            <h2>{words.title}</h2>
            <PaneEnd>{words.tables(first.tables, first.unchanged)}</PaneEnd>
          </>
        }
      >
        {isSame ? null : (
          <>
            <div className={styles.filter}>
              <SearchField
                id={searchId}
                listId={listId}
                label={words.filter}
                value={typed}
                onText={(next) => patchCompare({ text: next })}
              />
            </div>
            <Filters counts={first.counts} />
          </>
        )}
        {first.problems === 0 ? null : <p className={styles.caution}>{words.problems(first.problems)}</p>}
        {items.length > 0 ? (
          <VirtualGrid
            id={listId}
            label={words.title}
            columns={changeColumns}
            template={changeTemplate}
            items={items}
            current={current}
            onChoose={(_line, index) => patchCompare({ at: index })}
            onNeed={need}
          />
        ) : isSame ? (
          <EmptyState icon={<IconEqual size={32} stroke={1.4} />} title={words.same}>
            {words.sameMore(first.unchanged)}
          </EmptyState>
        ) : (
          <EmptyState icon={<IconFilterOff size={32} stroke={1.4} />} title={words.noMatch} />
        )}
      </Pane>
      <ChangeDetails pair={pair} line={items[current] ?? null} />
    </Panes>
  );
}

/** One kind at a time; what may break can be asked of each. Each chip says how many there are. */
function Filters({ counts }: { readonly counts: Counts }): ReactNode {
  const { kind, breaking } = useSchemas((state) => state.compare);
  return (
    <div className={styles.filters} role="group" aria-label={words.title}>
      {changeFilters.map((one) => (
        <Chip key={one} pressed={kind === one} onClick={() => patchCompare({ kind: one })}>
          {words.kinds[one]} {formatCount(counts[one])}
        </Chip>
      ))}
      <Tooltip label={words.breakingWhy}>
        <span className={styles.lastChip}>
          <Chip pressed={breaking} onClick={() => patchCompare({ breaking: !breaking })}>
            {words.breaking} {formatCount(counts.breaking)}
          </Chip>
        </span>
      </Tooltip>
    </div>
  );
}
