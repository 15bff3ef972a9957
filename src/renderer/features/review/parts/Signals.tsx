import { Fragment } from 'react';
import type { ReactNode } from 'react';
import type { ColumnDetail } from '../../../../shared/ipc/contract.ts';
import type { Candidate } from '../../../../shared/model/mapping.ts';
import { columnKey } from '../../../../shared/model/schema.ts';
import { Bar } from '../../../ui/Bar.tsx';
import { Tone } from '../../../ui/Tone.tsx';
import { Tooltip } from '../../../ui/Tooltip.tsx';
import { text } from '../../../ui/text.ts';
import { candidateOf } from '../score.ts';
import { rivalOf, signalLines, sumOf } from '../signals.ts';
import { refOf } from '../store.ts';
import type { Draft, ItemDetail } from '../store.ts';
import styles from '../review.module.css';

const words = text.review;
const names: ReadonlyMap<string, string> = new Map(Object.entries(words.signalNames));
const shownSamples = 6;

interface SignalsProps {
  readonly detail: ItemDetail;
  readonly draft: Draft;
}

/** What each signal adds to the candidate in hand, and values of both columns beside each other. */
export function Signals({ detail, draft }: SignalsProps): ReactNode {
  const candidate = candidateOf(detail, draft);
  return (
    <>
      {candidate?.points === undefined ? null : (
        <Points candidate={candidate} rival={rivalOf(detail.mapping.candidates, candidate)} />
      )}
      {draft.column === null ? null : <Samples sources={detail.sources} target={draft.column} />}
    </>
  );
}

interface PointsProps {
  readonly candidate: Candidate;
  readonly rival: Candidate | null;
}

function Points({ candidate, rival }: PointsProps): ReactNode {
  const sum = sumOf(candidate) ?? 0;
  return (
    <section>
      <Tooltip label={words.signalsWhy}>
        <h3 className={styles.heading}>{words.signals}</h3>
      </Tooltip>
      <ul className={styles.signals} aria-label={words.signals}>
        {signalLines(candidate).map(({ id, points, share }) => (
          <li key={id}>
            <span>{names.get(id) ?? id}</span>
            <Bar share={share} tone={points < 0 ? 'warn' : 'neutral'} />
            <span>{points < 0 ? <Tone tone="warn">{signed(points)}</Tone> : signed(points)}</span>
          </li>
        ))}
        <li className={styles.sum}>
          <strong>{words.sum}</strong>
          <span />
          <strong>{sum.toFixed(1)}</strong>
        </li>
      </ul>
      {rival === null ? null : <Lead sum={sum} rival={rival} />}
    </section>
  );
}

/** How far it is from the strongest other candidate. */
function Lead({ sum, rival }: { readonly sum: number; readonly rival: Candidate }): ReactNode {
  const lead = sum - (sumOf(rival) ?? 0);
  const name = columnKey(refOf(rival));
  return (
    <p className={styles.lead}>
      {Math.abs(lead).toFixed(1)} {lead < 0 ? words.behind : words.ahead} <code>{name}</code>
    </p>
  );
}

const signed = (points: number): string => `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(1)}`;

/** Values that both columns have are said to be in both. */
function Samples({
  sources,
  target,
}: {
  readonly sources: readonly ColumnDetail[];
  readonly target: ColumnDetail;
}): ReactNode {
  return (
    <section>
      <h3 className={styles.heading}>{words.samples}</h3>
      <dl className={styles.sampleSides}>
        {sources.map((source) => (
          <Fragment key={columnKey(source.ref)}>
            <dt>{sources.length === 1 ? words.sampleSides.source : source.ref.column}</dt>
            <Values column={source} others={[target]} />
          </Fragment>
        ))}
        <dt>{words.sampleSides.target}</dt>
        <Values column={target} others={sources} />
      </dl>
    </section>
  );
}

function Values({
  column,
  others,
}: {
  readonly column: ColumnDetail;
  readonly others: readonly ColumnDetail[];
}): ReactNode {
  const shared = new Set(others.flatMap(({ top }) => top).map(({ value }) => value));
  const values = column.top.slice(0, shownSamples).map(({ value }) => value);
  if (values.length === 0) return <dd>{words.noSamples}</dd>;
  return (
    <dd>
      {values.map((value) => (
        <code key={value} title={shared.has(value) ? words.inBoth : undefined}>
          {shared.has(value) ? <Tone tone="ok">= {value}</Tone> : value === '' ? '(blank)' : value}
        </code>
      ))}
    </dd>
  );
}
