import type { ReactNode } from 'react';
import type { ConfidenceBin } from '../../../shared/ipc/contract.ts';
import styles from './accuracy.module.css';

const size = 260;
const edge = 34;
const ticks = [0, 0.25, 0.5, 0.75, 1];
const x = (value: number): number => edge + value * size;
const y = (value: number): number => 8 + (1 - value) * size;

interface ReliabilityChartProps {
  readonly label: string;
  readonly bins: readonly ConfidenceBin[];
}

/** Share right over confidence: a bar a range, as wide as the range, and a dot at its mean; the diagonal is what a perfect confidence gives. */
export function ReliabilityChart({ label, bins }: ReliabilityChartProps): ReactNode {
  const filled = bins.filter((bin) => bin.decided > 0);
  return (
    <svg className={styles.chart} viewBox={`0 0 ${size + edge + 8} ${size + 36}`} role="img" aria-label={label}>
      {ticks.map((tick) => (
        <g key={tick}>
          <path className={styles.grid} d={`M${x(tick)} ${y(0)}V${y(1)}M${x(0)} ${y(tick)}H${x(1)}`} />
          <text x={x(tick)} y={y(0) + 16} textAnchor="middle">
            {tick}
          </text>
          <text x={x(0) - 6} y={y(tick) + 4} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      {filled.map((bin) => {
        const share = bin.right / bin.decided;
        return (
          <rect
            key={bin.from}
            className={styles.range}
            x={x(bin.from) + 1}
            y={y(share)}
            width={(bin.to - bin.from) * size - 2}
            height={share * size}
          />
        );
      })}
      <path className={styles.diagonal} d={`M${x(0)} ${y(0)}L${x(1)} ${y(1)}`} />
      {filled.map((bin) => (
        <circle key={bin.from} className={styles.dot} cx={x(bin.mean ?? 0)} cy={y(bin.right / bin.decided)} r="4" />
      ))}
    </svg>
  );
}
