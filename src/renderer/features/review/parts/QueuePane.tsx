import { IconChecks, IconFilterOff } from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { CommandButton } from '../../../commands/CommandButton.tsx';
import { useProject } from '../../../data/project-store.ts';
import { Chip } from '../../../ui/Chip.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Pane, PaneEnd } from '../../../ui/Panes.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { clickedRow } from '../../../ui/VirtualList.tsx';
import { text } from '../../../ui/text.ts';
import { useVirtualRows } from '../../../ui/use-virtual-rows.ts';
import { finishCommand } from '../commands.ts';
import { openItem } from '../item-actions.ts';
import { minutesLeft } from '../pace.ts';
import { filterInputId, focusQueue, queueGridId, setFilter, setShow } from '../queue-actions.ts';
import { useReview } from '../store.ts';
import type { Show } from '../store.ts';
import styles from '../review.module.css';
import { QueueRow, rowId } from './QueueRow.tsx';

const rowHeight = 51;
const shows: readonly Show[] = ['pending', 'decided', 'all'];

/** The queue, least certain first, with its filter. One tab stop; the mapping in hand is its active row. */
export function QueuePane(): ReactNode {
  const counts = useProject((state) => state.project?.counts);
  const show = useReview((state) => state.show);
  const filter = useReview((state) => state.filter);
  return (
    <Pane
      label={text.review.title}
      head={
        <>
          <h2>{text.review.title}</h2>
          {shows.map((one) => (
            <Chip key={one} pressed={show === one} onClick={() => setShow(one)}>
              {text.review[one]}
            </Chip>
          ))}
          <PaneEnd>{text.review.of(counts?.pending ?? 0, counts?.mappings ?? 0)}</PaneEnd>
        </>
      }
      foot={<QueueFoot />}
    >
      <div className={styles.filter}>
        <TextInput
          id={filterInputId}
          label={text.review.filter}
          placeholder={`${text.review.filter}  /`}
          value={filter}
          onText={setFilter}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setFilter('');
            if (event.key === 'Escape' || event.key === 'Enter' || event.key === 'ArrowDown') {
              event.preventDefault();
              focusQueue();
            }
          }}
        />
      </div>
      <QueueGrid />
    </Pane>
  );
}

function QueueGrid(): ReactNode {
  const { items, total, currentId, selected, loading, queueError, filter } = useReview();
  const index = items.findIndex((item) => item.id === currentId);
  const { scroller, height, rows } = useVirtualRows(Math.max(total, items.length), rowHeight, index);
  if (queueError !== null) {
    return (
      <div className={styles.padded}>
        <ErrorNote error={queueError} />
      </div>
    );
  }
  if (items.length === 0 && !loading) {
    return filter === '' ? (
      <EmptyState icon={<IconChecks size={32} stroke={1.4} />} title={text.review.allDone}>
        {text.review.allDoneMore}
      </EmptyState>
    ) : (
      <EmptyState icon={<IconFilterOff size={32} stroke={1.4} />} title={text.review.noMatch} />
    );
  }
  return (
    <div
      ref={scroller}
      id={queueGridId}
      className={styles.queue}
      role="grid"
      tabIndex={0}
      aria-label={text.review.queue}
      aria-rowcount={total}
      aria-colcount={2}
      aria-multiselectable
      aria-busy={loading}
      onClick={(event) => {
        const item = items[clickedRow(event) ?? -1];
        if (item !== undefined) openItem(item.id);
      }}
      onKeyDown={swallowSpace}
      aria-activedescendant={currentId === null ? undefined : rowId(currentId)}
    >
      <div role="presentation" style={{ height: height, position: 'relative' }}>
        {rows.map((row) => (
          <QueueRow
            key={row.key}
            item={items[row.index]}
            position={row.index}
            top={row.start}
            current={row.index === index}
            selected={selected.has(items[row.index]?.id ?? '')}
          />
        ))}
      </div>
    </div>
  );
}

/** Space would scroll the list away from the mapping in hand. */
function swallowSpace(event: KeyboardEvent): void {
  if (event.key === ' ') event.preventDefault();
}

function QueueFoot(): ReactNode {
  return (
    <div className={styles.queueFoot}>
      <QueueFigures />
      <FinishButton />
    </div>
  );
}

/** Rendered anew when the run's state changes: it decides whether review can be finished. */
function FinishButton(): ReactNode {
  useProject((state) => state.project?.run.status);
  return <CommandButton command={finishCommand} />;
}

function QueueFigures(): ReactNode {
  const counts = useProject((state) => state.project?.counts);
  const selected = useReview((state) => state.selected.size);
  const decidedAt = useReview((state) => state.decidedAt);
  if (counts === undefined) return null;
  if (selected > 0) return <span>{text.review.selected(selected)}</span>;
  const minutes = minutesLeft(decidedAt, counts.pending);
  return (
    <span className={styles.figures}>
      {text.review.footer(counts.mappings - counts.pending, counts.decided)}
      {minutes === null ? null : text.review.left(minutes)}
    </span>
  );
}
