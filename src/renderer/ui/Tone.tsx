import type { ReactNode } from 'react';
import type { Tone as ToneName } from './confidence.ts';
import styles from './ui.module.css';

/** Text in a colour of meaning. The text itself carries the meaning too. */
export function Tone({ tone, children }: { readonly tone: ToneName; readonly children: ReactNode }): ReactNode {
  return <span className={styles[tone]}>{children}</span>;
}
