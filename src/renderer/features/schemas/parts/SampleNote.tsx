import type { ReactNode } from 'react';
import { text } from '../../../ui/text.ts';
import styles from '../schemas.module.css';

/** Says which figures of a large file come from a part of its rows; nothing where all come from every row. */
export function SampleNote({ rows }: { readonly rows: number | null }): ReactNode {
  return rows === null ? null : <p className={styles.note}>{text.schemas.sampled(rows)}</p>;
}
