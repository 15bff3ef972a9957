import type { ReactNode } from 'react';
import styles from './ui.module.css';

interface ChipProps {
  readonly children: ReactNode;
  readonly pressed?: boolean;
  readonly onClick?: () => void;
}

/** A small label; with `onClick` a toggle. */
export function Chip({ children, pressed, onClick }: ChipProps): ReactNode {
  if (onClick === undefined) return <span className={styles.chip}>{children}</span>;
  return (
    <button type="button" className={styles.chip} aria-pressed={pressed ?? false} onClick={onClick}>
      {children}
    </button>
  );
}

/** A fact about a thing, in a hairline box. */
export function Fact({ children }: { readonly children: ReactNode }): ReactNode {
  return <span className={styles.fact}>{children}</span>;
}
