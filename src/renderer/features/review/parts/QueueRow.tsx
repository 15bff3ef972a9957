import { memo } from 'react';
import type { ReactNode } from 'react';
import type { QueueItem } from '../../../../shared/ipc/contract.ts';
import type { MappingStatus } from '../../../../shared/model/mapping.ts';
import { isPending } from '../../../../shared/model/mapping.ts';
import { columnKey } from '../../../../shared/model/schema.ts';
import { useProject } from '../../../data/project-store.ts';
import { Tone } from '../../../ui/Tone.tsx';
import { confidenceTone } from '../../../ui/confidence.ts';
import { formatScore } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import styles from '../review.module.css';

/** The element id of a row; ids of mappings hold characters that an element id may hold too, except spaces. */
export function rowId(id: string): string {
  return `row-${encodeURIComponent(id)}`;
}

const signs: Readonly<Partial<Record<MappingStatus, string>>> = {
  approved: '✓',
  modified: '✎',
  rejected: '✕',
  auto_approved: '✓',
};

interface QueueRowProps {
  /** Undefined while its page is on the way. */
  readonly item: QueueItem | undefined;
  readonly position: number;
  readonly top: number;
  readonly current: boolean;
  readonly selected: boolean;
}

export const QueueRow = memo(function QueueRow({ item, position, top, current, selected }: QueueRowProps): ReactNode {
  const place = { transform: `translateY(${top}px)` };
  if (item === undefined)
    return <div className={styles.row} style={place} role="row" aria-rowindex={position + 1} aria-busy="true" />;
  const settled = !isPending(item);
  return (
    <div
      id={rowId(item.id)}
      className={styles.row}
      style={place}
      role="row"
      aria-rowindex={position + 1}
      aria-selected={selected}
      data-current={current}
      data-settled={settled}
      data-status={item.status}
      data-row={position}
    >
      <span className={styles.mark} aria-hidden="true">
        {selected ? '☑' : (signs[item.status] ?? (item.key ? '◆' : ''))}
      </span>
      <div role="gridcell" className={styles.names}>
        <span className={styles.source}>{item.made ?? columnKey(item.source)}</span>
        <span className={styles.target}>
          {item.target === null ? (
            <NoTarget status={item.status} />
          ) : (
            `${item.several ? '⇉' : item.made === null ? '→' : '='} ${columnKey(item.target)}`
          )}
        </span>
        {settled ? <span className="visually-hidden">, {text.review.statuses[item.status]}</span> : null}
      </div>
      <div role="gridcell" className={styles.score}>
        <Score item={item} />
      </div>
    </div>
  );
});

function NoTarget({ status }: { readonly status: MappingStatus }): ReactNode {
  return status === 'unmapped' ? text.review.noProposal : text.review.noCounterpart;
}

function Score({ item }: { readonly item: QueueItem }): ReactNode {
  const settings = useProject((state) => state.project?.settings);
  if (item.target === null || settings === undefined) return <Tone tone="neutral">—</Tone>;
  return <Tone tone={confidenceTone(item.confidence, settings)}>{formatScore(item.confidence)}</Tone>;
}
