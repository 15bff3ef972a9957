import { IconTransform } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Output } from '../../../../shared/ipc/contract.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Pane, PaneEnd } from '../../../ui/Panes.tsx';
import { ScrollRegion } from '../../../ui/ScrollRegion.tsx';
import { Tone } from '../../../ui/Tone.tsx';
import { formatCount } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import { useJobs } from '../store.ts';
import { gateTones, levelTones, runTones } from '../tones.ts';
import styles from './list.module.css';

const shownReasons = 50;

/** Why the job in hand stands where it does: gate, objects, complexity, effort, dry run. */
export function JobSummary(): ReactNode {
  const { job, jobError, currentId } = useJobs();
  if (jobError !== null)
    return (
      <Pane label={text.jobs.gate}>
        <ErrorNote error={jobError} />
      </Pane>
    );
  if (job === null || currentId === null)
    return (
      <Pane label={text.jobs.gate}>
        <EmptyState icon={<IconTransform size={32} stroke={1.4} />} title={text.jobs.choose} />
      </Pane>
    );
  const { line } = job;
  return (
    <Pane
      label={text.jobs.gate}
      head={
        <>
          <h2>{text.jobs.gate}</h2>
          <PaneEnd>
            <Tone tone={gateTones[line.status]}>{text.jobs.status[line.status]}</Tone>
          </PaneEnd>
        </>
      }
    >
      <ScrollRegion className={styles.summary} label={text.jobs.gate}>
        <code className={styles.title}>{line.id}</code>
        <Reasons reasons={job.gate} />
        <Facts job={job} />
      </ScrollRegion>
    </Pane>
  );
}

function Reasons({ reasons }: { readonly reasons: readonly string[] }): ReactNode {
  if (reasons.length === 0) return <p className={styles.faint}>{text.jobs.gateOpen}</p>;
  return (
    <ul className={styles.reasons}>
      {reasons.slice(0, shownReasons).map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
      {reasons.length > shownReasons ? <li>{text.jobs.moreIssues(reasons.length - shownReasons)}</li> : null}
    </ul>
  );
}

function Facts({ job }: { readonly job: Output<'jobs.job'> }): ReactNode {
  const { line, complexity, execution } = job;
  const { objects } = line;
  return (
    <>
      <h3>{text.jobs.objects}</h3>
      <dl className={styles.facts}>
        <dt>{text.jobs.objectCounts.auto}</dt>
        <dd>{formatCount(objects.autoConverted)}</dd>
        <dt>{text.jobs.objectCounts.review}</dt>
        <dd>{formatCount(objects.needsReview)}</dd>
        <dt>{text.jobs.objectCounts.manual}</dt>
        <dd>{formatCount(objects.manualRequired)}</dd>
      </dl>
      <h3>
        {text.jobs.complexity}
        {complexity === null ? null : (
          <span className={styles.value}>
            {text.jobs.points(complexity.score)},{' '}
            <Tone tone={levelTones[complexity.level]}>{text.jobs.levels[complexity.level]}</Tone>
          </span>
        )}
      </h3>
      {complexity === null ? <p className={styles.faint}>{text.jobs.notMeasured}</p> : null}
      <dl className={styles.facts}>
        {(complexity?.parts ?? []).map((part) => (
          <div key={part.what} className={styles.part}>
            <dt>{`${part.what}: ${formatCount(part.count)}`}</dt>
            <dd>{formatCount(part.points)}</dd>
          </div>
        ))}
      </dl>
      <h3>
        {text.jobs.effort}
        <span className={styles.value}>{text.jobs.hours(line.effortHours)}</span>
      </h3>
      <p className={styles.faint}>{text.jobs.effortWhy}</p>
      <h3>
        {text.jobs.dryRun}
        <Tone tone={runTones[execution.status]}>{text.jobs.execution[execution.status]}</Tone>
      </h3>
      <p className={styles.detail}>{execution.detail}</p>
    </>
  );
}
