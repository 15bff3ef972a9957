import { memo } from 'react';
import type { ReactNode } from 'react';
import type { JobLine } from '../../../../shared/ipc/contract.ts';
import { Bar } from '../../../ui/Bar.tsx';
import { Fact } from '../../../ui/Chip.tsx';
import { Tone } from '../../../ui/Tone.tsx';
import { formatCount, formatPercent, formatScore } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import { gateTones, levelTones } from '../tones.ts';
import styles from './list.module.css';

export function jobRowId(position: number): string {
  return `job-row-${position}`;
}

interface JobRowProps {
  /** Undefined while its page is on the way. */
  readonly line: JobLine | undefined;
  readonly position: number;
  readonly top: number;
  readonly current: boolean;
}

export const JobRow = memo(function JobRow({ line, position, top, current }: JobRowProps): ReactNode {
  const place = { transform: `translateY(${top}px)` };
  if (line === undefined)
    return (
      <div className={styles.row} style={place} role="row" aria-rowindex={position + 2} aria-busy="true">
        <span role="gridcell">…</span>
      </div>
    );
  const { total, autoConverted } = line.objects;
  return (
    <div
      id={jobRowId(position)}
      className={styles.row}
      style={place}
      role="row"
      aria-rowindex={position + 2}
      aria-selected={current}
      data-row={position}
    >
      <span role="gridcell" className={styles.file}>
        <code title={line.id}>{line.id}</code>
        {line.edited ? <Fact>{text.jobs.edited}</Fact> : null}
      </span>
      <span role="gridcell">{line.tool}</span>
      <span role="gridcell">
        <Tone tone={gateTones[line.status]}>{text.jobs.status[line.status]}</Tone>
      </span>
      <span role="gridcell" className={styles.coverage}>
        <Bar share={total === 0 ? 0 : autoConverted / total} tone={autoConverted === total ? 'ok' : 'neutral'} />
        {formatPercent(autoConverted, total)}
      </span>
      <span role="gridcell">{formatScore(line.confidence)}</span>
      <span role="gridcell">
        {line.complexity === null ? (
          '—'
        ) : (
          <>
            {formatCount(line.complexity.score)}{' '}
            <Tone tone={levelTones[line.complexity.level]}>{text.jobs.levels[line.complexity.level]}</Tone>
          </>
        )}
      </span>
      <span role="gridcell" className={styles.figure}>
        {text.jobs.hours(line.effortHours)}
      </span>
      <span role="gridcell" className={styles.figure}>
        {formatCount(line.issues)}
      </span>
    </div>
  );
});
