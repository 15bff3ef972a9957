import type { ReactNode } from 'react';
import type { ErrorShape } from '../../shared/errors.ts';
import styles from './ui.module.css';

/** What went wrong, where, and what to do about it. */
export function ErrorNote({ error }: { readonly error: Pick<ErrorShape, 'message' | 'hint' | 'where'> }): ReactNode {
  const where = error.where;
  return (
    <div className={styles.errorNote} role="alert">
      <p>{error.message}</p>
      {where === undefined ? null : <p>{where.line === undefined ? where.file : `${where.file}:${where.line}`}</p>}
      {error.hint === undefined ? null : <p>{error.hint}</p>}
    </div>
  );
}
