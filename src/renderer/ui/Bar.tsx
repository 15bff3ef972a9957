import type { ReactNode } from 'react';
import type { Tone } from './confidence.ts';
import styles from './ui.module.css';

interface BarProps {
  /** 0..1 */
  readonly share: number;
  readonly tone?: Tone;
  /** With a label it is a progress bar of its own; without one it only illustrates a figure beside it. */
  readonly label?: string;
}

export function Bar({ share, tone = 'neutral', label }: BarProps): ReactNode {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  const named =
    label === undefined
      ? { 'aria-hidden': true }
      : {
          role: 'progressbar',
          'aria-label': label,
          'aria-valuenow': percent,
          'aria-valuemin': 0,
          'aria-valuemax': 100,
        };
  return (
    <span className={`${styles.bar} ${tone === 'neutral' ? '' : styles[tone]}`} {...named}>
      <span style={{ width: `${percent}%` }} />
    </span>
  );
}
