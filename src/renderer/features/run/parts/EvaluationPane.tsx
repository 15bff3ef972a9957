import { IconGauge } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Evaluation } from '../../../../shared/model/mapping.ts';
import type { ProjectSettings } from '../../../../shared/model/project.ts';
import { columnKey } from '../../../../shared/model/schema.ts';
import { useProject } from '../../../data/project-store.ts';
import { Bar } from '../../../ui/Bar.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Panes.tsx';
import { formatCount, formatPercent, formatScore } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import styles from '../run.module.css';

const shownUnfed = 100;
const countNames = ['total', 'autoApproved', 'needsReview', 'flagged', 'unmapped', 'decided'] as const;

/** The evaluator's figures, each with its threshold where it has one. */
export function EvaluationPane({ evaluation }: { readonly evaluation: Evaluation | null }): ReactNode {
  const settings = useProject((state) => state.project?.settings);
  return (
    <Pane label={text.run.evaluation} head={<h2>{text.run.evaluation}</h2>}>
      {evaluation === null || settings === undefined ? (
        <EmptyState icon={<IconGauge size={36} stroke={1.3} />} title={text.run.noEvaluation} />
      ) : (
        <div className={styles.body}>
          <Measures evaluation={evaluation} settings={settings} />
          <dl className={styles.counts}>
            {countNames.map((name) => (
              <Count key={name} name={text.run.counts[name]} value={evaluation.counts[name]} />
            ))}
          </dl>
          <Reasons evaluation={evaluation} />
        </div>
      )}
    </Pane>
  );
}

interface MeasuresProps {
  readonly evaluation: Evaluation;
  readonly settings: ProjectSettings;
}

const percent = (share: number): string => formatPercent(share, 1);

function Measures({ evaluation, settings }: MeasuresProps): ReactNode {
  const { completeness, averageConfidence, targetCoverage, complexRatio } = evaluation;
  return (
    <div className={styles.measures}>
      <Measure name={text.run.completeness} share={completeness} least={settings.minCompleteness} format={percent} />
      <Measure
        name={text.run.averageConfidence}
        share={averageConfidence}
        least={settings.minAverageConfidence}
        format={formatScore}
      />
      <Measure name={text.run.targetCoverage} share={targetCoverage} format={percent} />
      <Measure name={text.run.complexRatio} share={complexRatio} format={percent} />
    </div>
  );
}

function Reasons({ evaluation }: { readonly evaluation: Evaluation }): ReactNode {
  const { reasons, requiredTargetsUnfed: unfed } = evaluation;
  return (
    <>
      {reasons.length === 0 ? null : (
        <section className={styles.section}>
          <h3>{text.run.why}</h3>
          <ul className={styles.reasons}>
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </section>
      )}
      {unfed.length === 0 ? null : (
        <section className={styles.section}>
          <h3>
            {text.run.unfed} · {formatCount(unfed.length)}
          </h3>
          <ul>
            {unfed.slice(0, shownUnfed).map((ref) => (
              <li key={columnKey(ref)}>
                <code>{columnKey(ref)}</code>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

interface MeasureProps {
  readonly name: string;
  readonly share: number;
  readonly format: (share: number) => string;
  readonly least?: number;
}

function Measure({ name, share, format, least }: MeasureProps): ReactNode {
  const low = least !== undefined && share < least;
  return (
    <div className={styles.measure}>
      <span>{name}</span>
      <b>{format(share)}</b>
      <Bar share={share} tone={low ? 'warn' : 'neutral'} />
      {least === undefined ? null : <span>{low ? `below ${format(least)}` : `at least ${format(least)}`}</span>}
    </div>
  );
}

function Count({ name, value }: { readonly name: string; readonly value: number }): ReactNode {
  return (
    <>
      <dt>{name}</dt>
      <dd>{formatCount(value)}</dd>
    </>
  );
}
