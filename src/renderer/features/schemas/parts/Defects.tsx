import type { ReactNode } from 'react';
import type { QualityIssue } from '../../../../shared/model/profile.ts';
import { Tone } from '../../../ui/Tone.tsx';
import { text } from '../../../ui/text.ts';
import styles from '../schemas.module.css';

interface DefectsProps {
  readonly issues: readonly QualityIssue[];
  /** Whether each names its column. */
  readonly named: boolean;
}

/** The defects that were found in data, each with the query that counts it. */
export function Defects({ issues, named }: DefectsProps): ReactNode {
  if (issues.length === 0) return null;
  return (
    <section>
      <h3 className={styles.heading}>{text.schemas.quality}</h3>
      <ul className={styles.lines}>
        {issues.map((issue) => (
          <li key={`${issue.kind}:${issue.column}:${issue.message}`}>
            <Tone tone="warn">{text.schemas.rows(issue.rows)}</Tone>{' '}
            {!named || issue.column === null ? '' : <code>{issue.column}</code>} {issue.message}
            {issue.query === null ? null : (
              <details className={styles.query}>
                <summary>{text.schemas.query}</summary>
                <code>{issue.query}</code>
              </details>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
