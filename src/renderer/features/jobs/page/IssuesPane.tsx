import type { ReactNode } from 'react';
import type { Defect, PlacedIssue } from '../../../../shared/ipc/contract.ts';
import { Tone } from '../../../ui/Tone.tsx';
import { text } from '../../../ui/text.ts';
import { goToIssue, jumpToLine } from '../page-actions.ts';
import { useJobs } from '../store.ts';
import { issueTones } from '../tones.ts';
import styles from './page.module.css';

const shownAtMost = 500;

/** Every issue of the job, and of the text in the editor; each is the way to its place. */
export function IssuesPane(): ReactNode {
  const { job, tab } = useJobs();
  const issues = job?.issues ?? [];
  const left = (job?.issueCount ?? 0) - Math.min(issues.length, shownAtMost);
  return (
    <div className={styles.side}>
      {tab === 'yaml' ? <TextDefects /> : null}
      {issues.length === 0 ? <p className={styles.faint}>{text.jobs.noIssues}</p> : null}
      <IssueList issues={issues.slice(0, shownAtMost)} />
      {left > 0 ? <p className={styles.faint}>{text.jobs.moreIssues(left)}</p> : null}
    </div>
  );
}

function TextDefects(): ReactNode {
  const { check, fileName } = useJobs();
  if (check === null || check.fileName !== fileName) return null;
  return (
    <>
      <Defects defects={check.defects} />
      <h3>{text.jobs.issues}</h3>
    </>
  );
}

function Defects({ defects }: { readonly defects: readonly Defect[] }): ReactNode {
  return (
    <>
      <h3>{text.jobs.defects}</h3>
      {defects.length === 0 ? <p className={styles.faint}>{text.jobs.noDefects}</p> : null}
      <ul className={styles.issues}>
        {defects.slice(0, shownAtMost).map((defect, index) => (
          <li key={`${index}:${defect.line}`}>
            <button type="button" onClick={() => jumpToLine(defect.line)}>
              <Tone tone={issueTones[defect.severity]}>{defect.severity}</Tone>
              {defect.line === null ? null : <code>{text.jobs.line(defect.line)}</code>}
              <span>{defect.message}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Issues as buttons that show their place. */
export function IssueList({ issues }: { readonly issues: readonly PlacedIssue[] }): ReactNode {
  return (
    <ul className={styles.issues}>
      {issues.map((issue, index) => (
        <li key={`${index}:${issue.where}`}>
          <button type="button" onClick={() => void goToIssue(issue)}>
            <Tone tone={issueTones[issue.severity]}>{issue.severity}</Tone>
            <code>{text.jobs.issueAt(issue.where, issue.line)}</code>
            <span>{issue.message}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
