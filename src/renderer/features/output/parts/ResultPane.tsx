import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { SqlRun, ValidationCheck, ValidationReport } from '../../../../shared/model/artifacts.ts';
import { Pane } from '../../../ui/Panes.tsx';
import { ScrollRegion } from '../../../ui/ScrollRegion.tsx';
import { Tone } from '../../../ui/Tone.tsx';
import type { Tone as ToneName } from '../../../ui/confidence.ts';
import { formatPlural } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import styles from '../output.module.css';

type Result = ValidationReport['result'];
const signs: Readonly<Record<Result, Icon>> = { PASS: IconCircleCheck, WARNING: IconAlertTriangle, FAIL: IconCircleX };
const tones: Readonly<Record<Result, ToneName>> = { PASS: 'ok', WARNING: 'warn', FAIL: 'bad' };
const runTones: Readonly<Record<SqlRun['status'], ToneName>> = { passed: 'ok', failed: 'bad', skipped: 'neutral' };
const shownRuns = 500;

interface ResultPaneProps {
  readonly validation: ValidationReport | null;
  readonly runs: readonly SqlRun[];
}

/** The verdict with its checks, and every statement that ran with its rows. */
export function ResultPane({ validation, runs }: ResultPaneProps): ReactNode {
  return (
    <Pane label={text.output.validation} head={<h2>{text.output.validation}</h2>}>
      <ScrollRegion className={styles.results} label={text.output.checks}>
        {validation === null ? (
          <p className={styles.faint}>{text.output.notValidated}</p>
        ) : (
          <Verdict validation={validation} />
        )}
        <section>
          <h3 className={styles.heading}>
            {text.output.runs} · {text.output.ranIn}
          </h3>
          {runs.length === 0 ? <p className={styles.faint}>{text.output.noRuns}</p> : null}
          <ul>
            {runs.slice(0, shownRuns).map((run, index) => (
              <li key={`${index}:${run.kind}:${run.name}`} className={styles.run}>
                <span className={styles.faint}>{run.kind}</span>
                <code>{run.name}</code>
                <Tone tone={runTones[run.status]}>
                  {run.rows === null ? text.output.runStatus[run.status] : formatPlural(run.rows, 'row')}
                </Tone>
                {run.detail === null || run.detail === '' ? null : <p>{run.detail}</p>}
              </li>
            ))}
          </ul>
        </section>
      </ScrollRegion>
    </Pane>
  );
}

function Verdict({ validation }: { readonly validation: ValidationReport }): ReactNode {
  const Sign = signs[validation.result];
  return (
    <section>
      <div className={styles.verdict} data-result={validation.result}>
        <Tone tone={tones[validation.result]}>
          <Sign size={26} stroke={1.6} aria-hidden="true" />
        </Tone>
        <strong>
          <Tone tone={tones[validation.result]}>{text.output.results[validation.result]}</Tone>
        </strong>
      </div>
      <ul>
        {validation.checks.map((check) => (
          <Check key={check.id} check={check} />
        ))}
      </ul>
    </section>
  );
}

function Check({ check }: { readonly check: ValidationCheck }): ReactNode {
  const Sign = signs[check.result];
  return (
    <li className={styles.check}>
      <Tone tone={tones[check.result]}>
        <Sign size={16} stroke={1.8} aria-label={text.output.results[check.result]} />
      </Tone>
      <div>
        <p>{check.title}</p>
        <p className={styles.faint}>{check.detail}</p>
      </div>
    </li>
  );
}
