import type { ReactNode } from 'react';
import type { Output } from '../../../../shared/ipc/contract.ts';
import { SqlText } from '../../../ui/SqlText.tsx';
import { text } from '../../../ui/text.ts';
import styles from './page.module.css';

type Column = Output<'jobs.node'>['columns'][number];

const shownAtMost = 300;

/** Each calculated column as the tool had it, beside the SQL that it became. */
export function Expressions({ columns }: { readonly columns: readonly Column[] }): ReactNode {
  const calculated = columns.filter((column) => column.expression !== null || column.original !== null);
  const passed = columns.length - calculated.length;
  if (columns.length === 0) return null;
  return (
    <>
      <h3>{text.jobs.expressions}</h3>
      {calculated.length === 0 ? <p className={styles.faint}>{text.jobs.noExpressions}</p> : <Pairs of={calculated} />}
      {passed === 0 ? null : (
        <details className={styles.passed}>
          <summary>{text.jobs.passed(passed)}</summary>
          <ul>
            {columns
              .filter((column) => column.expression === null && column.original === null)
              .slice(0, shownAtMost)
              .map((column, index) => (
                <li key={`${index}:${column.name}`}>
                  <code>{column.name}</code> <span className={styles.faint}>{column.type}</span>
                </li>
              ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Pairs({ of: columns }: { readonly of: readonly Column[] }): ReactNode {
  return (
    <div className={styles.pairs}>
      <span className={styles.pairHead}>{text.jobs.original}</span>
      <span className={styles.pairHead}>{text.jobs.converted}</span>
      {columns.slice(0, shownAtMost).map((column, index) => (
        <section key={`${index}:${column.name}`} className={styles.pair} aria-label={column.name}>
          <p className={styles.pairName}>
            <code>{column.output === null ? column.name : `${column.output}: ${column.name}`}</code>{' '}
            <span className={styles.faint}>{column.type}</span>
          </p>
          <pre className={styles.code}>{column.original ?? '—'}</pre>
          <pre className={styles.code}>{column.expression === null ? '—' : <SqlText sql={column.expression} />}</pre>
        </section>
      ))}
    </div>
  );
}
