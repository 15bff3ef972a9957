import type { ReactNode } from 'react';
import styles from './ui.module.css';

/** A key cap. */
export function Kbd({ children }: { readonly children: ReactNode }): ReactNode {
  return <kbd className={styles.kbd}>{children}</kbd>;
}
