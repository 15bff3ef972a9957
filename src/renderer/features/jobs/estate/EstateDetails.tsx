import type { ReactNode } from 'react';
import type { Output } from '../../../../shared/ipc/contract.ts';
import type { EstateDependency } from '../../../../shared/model/estate.ts';
import { Button } from '../../../ui/Button.tsx';
import { Pane } from '../../../ui/Panes.tsx';
import { text } from '../../../ui/text.ts';
import { openJob } from '../page-actions.ts';
import styles from './estate.module.css';

const shownAtMost = 200;

interface EstateDetailsProps {
  readonly data: Output<'jobs.estate'>;
  readonly shown: 'waves' | 'shared';
  readonly current: string | null;
  readonly onJob: (id: string) => void;
}

/** What the line in hand means: a wave with its circles, a job with what it needs and who needs it, or a table. */
export function EstateDetails({ data, shown, current, onJob }: EstateDetailsProps): ReactNode {
  return (
    <Pane label={current ?? text.jobs.estate} head={<h2>{titleOf(current)}</h2>}>
      <div className={styles.details}>
        {current === null ? null : shown === 'shared' ? (
          <TableDetails data={data} name={current} onJob={onJob} />
        ) : current.startsWith('job:') ? (
          <JobDetails data={data} id={current.slice('job:'.length)} onJob={onJob} />
        ) : (
          <WaveDetails data={data} number={Number(current.slice('wave:'.length))} onJob={onJob} />
        )}
      </div>
    </Pane>
  );
}

function titleOf(current: string | null): string {
  if (current === null) return text.jobs.estate;
  if (current.startsWith('wave:')) return text.jobs.wave(Number(current.slice('wave:'.length)));
  return current.replace(/^job:/, '');
}

interface JobNamesProps {
  readonly title: string;
  readonly ids: readonly string[];
  readonly because?: ReadonlyMap<string, readonly string[]>;
  readonly onJob: (id: string) => void;
}

function JobNames({ title, ids, because, onJob }: JobNamesProps): ReactNode {
  return (
    <>
      <h3>{title}</h3>
      {ids.length === 0 ? <p className={styles.faint}>{text.jobs.none}</p> : null}
      <ul className={styles.names}>
        {ids.slice(0, shownAtMost).map((id) => (
          <li key={id}>
            <button type="button" onClick={() => onJob(id)}>
              <code>{id}</code>
            </button>
            {because === undefined ? null : <p className={styles.faint}>{(because.get(id) ?? []).join(', ')}</p>}
          </li>
        ))}
      </ul>
      {ids.length > shownAtMost ? (
        <p className={styles.faint}>{text.jobs.moreIssues(ids.length - shownAtMost)}</p>
      ) : null}
    </>
  );
}

type PartProps = Pick<EstateDetailsProps, 'data' | 'onJob'>;

function WaveDetails({ data, number, onJob }: PartProps & { readonly number: number }): ReactNode {
  const wave = data.estate.waves[number - 1];
  if (wave === undefined) return null;
  const members = new Set(wave.jobs);
  const circles = data.estate.circles.filter((circle) => circle.every((id) => members.has(id)));
  return (
    <>
      <p>{text.jobs.waveFacts(wave.jobs.length, text.jobs.hours(wave.effortHours), wave.complexity)}</p>
      {circles.map((circle) => (
        <p key={circle.join()} className={styles.circle}>
          {text.jobs.circle(circle.join(', '))}
        </p>
      ))}
      <JobNames title={text.jobs.title} ids={wave.jobs} onJob={onJob} />
    </>
  );
}

function JobDetails({ data, id, onJob }: PartProps & { readonly id: string }): ReactNode {
  const { dependencies } = data.estate;
  const needs = reasons(
    dependencies.filter((one) => one.job === id),
    'on',
  );
  const needed = reasons(
    dependencies.filter((one) => one.on === id),
    'job',
  );
  return (
    <>
      <Button onClick={() => void openJob(id)}>{text.jobs.commands.open}</Button>
      {needs.size + needed.size === 0 ? <p className={styles.none}>{text.jobs.independent}</p> : null}
      <JobNames title={text.jobs.dependsOn} ids={[...needs.keys()]} because={needs} onJob={onJob} />
      <JobNames title={text.jobs.neededBy} ids={[...needed.keys()]} because={needed} onJob={onJob} />
    </>
  );
}

/** The other jobs, each with why. */
function reasons(
  dependencies: readonly EstateDependency[],
  other: 'job' | 'on',
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const one of dependencies) {
    const why = one.kind === 'table' ? one.because : text.jobs.becauseCall(one.because);
    found.set(one[other], [...(found.get(one[other]) ?? []), why]);
  }
  return found;
}

function TableDetails({ data, name, onJob }: PartProps & { readonly name: string }): ReactNode {
  const table = data.estate.tables.find((one) => one.table === name);
  if (table === undefined) return null;
  return (
    <>
      <JobNames title={text.jobs.writers} ids={table.writers} onJob={onJob} />
      <JobNames title={text.jobs.readers} ids={table.readers} onJob={onJob} />
    </>
  );
}
