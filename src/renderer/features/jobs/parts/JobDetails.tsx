import type { ReactNode } from 'react';
import type { ConversionJob, JobIssue } from '../../../../shared/model/conversion.ts';
import { Pane, PaneEnd } from '../../../ui/Panes.tsx';
import { ScrollRegion } from '../../../ui/ScrollRegion.tsx';
import { Tone } from '../../../ui/Tone.tsx';
import type { Tone as ToneName } from '../../../ui/confidence.ts';
import { formatPlural, formatScore } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import ui from '../../../ui/ui.module.css';
import styles from '../jobs.module.css';

const shownAtMost = 500;
const tones: Readonly<Record<JobIssue['severity'], ToneName>> = { error: 'bad', warning: 'warn', info: 'neutral' };

/** One job: why its gate did not pass, its issues with their place, and what became of each transformation. */
export function JobDetails({ job }: { readonly job: ConversionJob }): ReactNode {
  return (
    <Pane
      label={job.file}
      head={
        <>
          <h2>{job.file}</h2>
          <PaneEnd>
            {formatPlural(job.pipelines.length, 'pipeline')} ·{' '}
            {formatPlural(job.transformations.length, 'transformation')}
          </PaneEnd>
        </>
      }
    >
      <ScrollRegion className={styles.details} label={job.file}>
        {job.execution.detail === '' ? null : (
          <p>
            {text.jobs.dryRun}: {job.execution.detail}
          </p>
        )}
        {job.gate.length === 0 ? null : (
          <section>
            <h3 className={styles.heading}>{text.jobs.gateReasons}</h3>
            <ul className={styles.lines}>
              {job.gate.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          </section>
        )}
        <section>
          <h3 className={styles.heading}>{text.jobs.issues}</h3>
          {job.issues.length === 0 ? <p className={styles.faint}>{text.jobs.noIssues}</p> : null}
          <ul className={styles.lines}>
            {job.issues.slice(0, shownAtMost).map((issue, index) => (
              <li key={`${index}:${issue.where}`}>
                <Tone tone={tones[issue.severity]}>{issue.severity}</Tone>{' '}
                <code>{issue.line === null ? issue.where : `${issue.where}, line ${issue.line}`}</code> {issue.message}
              </li>
            ))}
          </ul>
          {job.issues.length > shownAtMost ? (
            <p className={styles.faint}>{text.import.moreProblems(job.issues.length - shownAtMost)}</p>
          ) : null}
        </section>
        <section>
          <h3 className={styles.heading}>{text.jobs.transformations}</h3>
          <Transformations job={job} />
        </section>
      </ScrollRegion>
    </Pane>
  );
}

function Transformations({ job }: { readonly job: ConversionJob }): ReactNode {
  return (
    <>
      <table className={ui.table}>
        <thead>
          <tr>
            <th>{text.jobs.name}</th>
            <th>{text.jobs.type}</th>
            <th>{text.jobs.operator}</th>
            <th>{text.jobs.how}</th>
            <th className={ui.number}>{text.jobs.confidence}</th>
            <th>{text.jobs.notes}</th>
          </tr>
        </thead>
        <tbody>
          {job.transformations.slice(0, shownAtMost).map((one, index) => (
            <tr key={`${index}:${one.id}`}>
              <td>
                <code>{one.id}</code>
              </td>
              <td>{one.type}</td>
              <td>{one.operator}</td>
              <td>{one.source.replaceAll('_', ' ')}</td>
              <td className={ui.number}>{formatScore(one.confidence)}</td>
              <td>{one.notes.join(' · ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {job.transformations.length > shownAtMost ? (
        <p className={styles.faint}>{text.import.moreProblems(job.transformations.length - shownAtMost)}</p>
      ) : null}
    </>
  );
}
