import type { ReactNode } from 'react';
import styles from './ui.module.css';

const lines = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Keeps the place of what is still loading. */
export function Skeleton(): ReactNode {
  return (
    <div className={styles.skeleton} aria-hidden="true">
      {lines.map((line) => (
        <span key={line} />
      ))}
    </div>
  );
}
