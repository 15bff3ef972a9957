import type { ReactNode } from 'react';
import { formatCount, formatPercent } from './format.ts';
import styles from './ui.module.css';

interface BarListProps {
  readonly label: string;
  readonly whole: number;
  readonly bars: readonly {
    readonly key: string;
    readonly name: string;
    readonly count: number;
    readonly other: boolean;
  }[];
}

/** A small histogram, lying: each bar has its name, its count and its share beside it, so that no colour has to be read. */
export function BarList({ label, whole, bars }: BarListProps): ReactNode {
  // What stands for all others is usually more than any bar: it has figures only.
  const most = bars.reduce((largest, bar) => (bar.other ? largest : Math.max(largest, bar.count)), 1);
  return (
    <ul className={styles.bars} aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.key} data-other={bar.other}>
          <span title={bar.name}>{bar.name}</span>
          <span aria-hidden="true">
            {bar.other ? null : <span style={{ width: `${(bar.count / most) * 100}%` }} />}
          </span>
          <span>{formatCount(bar.count)}</span>
          <span>{formatPercent(bar.count, whole)}</span>
        </li>
      ))}
    </ul>
  );
}
