import type { ReactNode } from 'react';
import type { LearnedPattern } from '../../../../shared/model/mapping.ts';
import { useProject } from '../../../data/project-store.ts';
import { Bar } from '../../../ui/Bar.tsx';
import { Pane, PaneEnd } from '../../../ui/Panes.tsx';
import { ScrollRegion } from '../../../ui/ScrollRegion.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { Tooltip } from '../../../ui/Tooltip.tsx';
import { Tone } from '../../../ui/Tone.tsx';
import { confidenceTone, confidenceWord } from '../../../ui/confidence.ts';
import type { Thresholds } from '../../../ui/confidence.ts';
import { formatDay, formatScore } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import { partsOf, scoreOf } from '../score.ts';
import { currentDraft, useReview } from '../store.ts';
import type { Draft, ItemDetail } from '../store.ts';
import styles from '../review.module.css';
import { Signals } from './Signals.tsx';

const partNames = ['semantic', 'type', 'domain', 'history'] as const;
/** Below this a part is drawn as a doubt. */
const weakPart = 0.5;

/** Why this is proposed: the confidence and its four parts, the reasons, and what was decided before. */
export function EvidencePane(): ReactNode {
  const state = useReview();
  const settings = useProject((store) => store.project?.settings);
  const draft = currentDraft(state);
  const { detail } = state;
  const score = detail === null || draft === null ? null : scoreOf(detail, draft);
  return (
    <Pane
      label={text.review.evidence}
      head={
        <>
          <h2>{text.review.evidence}</h2>
          <PaneEnd>{score === null ? '' : text.review.whyScore(formatScore(score))}</PaneEnd>
        </>
      }
    >
      {state.currentId === null ? null : detail === null || draft === null || settings === undefined ? (
        <Skeleton />
      ) : (
        <ScrollRegion className={styles.evidence} label={text.review.reasons}>
          <Confidence detail={detail} draft={draft} score={score} thresholds={settings} />
          <Reasons detail={detail} />
          <Signals detail={detail} draft={draft} />
          <DecidedBefore patterns={detail.decidedBefore} />
        </ScrollRegion>
      )}
    </Pane>
  );
}

interface ConfidenceProps {
  readonly detail: ItemDetail;
  readonly draft: Draft;
  readonly score: number | null;
  readonly thresholds: Thresholds;
}

function Confidence({ detail, draft, score, thresholds }: ConfidenceProps): ReactNode {
  const parts = partsOf(detail, draft);
  const tone = score === null ? 'neutral' : confidenceTone(score, thresholds);
  const word =
    score === null
      ? draft.target === null
        ? text.review.noProposal
        : text.review.chosen
      : text.review.words[confidenceWord(score, thresholds)];
  return (
    <>
      <div className={styles.bigScore}>
        <b>
          <Tone tone={tone}>{score === null ? '—' : formatScore(score)}</Tone>
        </b>
        <div>
          <strong>
            <Tone tone={tone}>{word}</Tone>
          </strong>
          <p>{draft.retargeted || score === null ? '' : (detail.calibration ?? text.review.notCalibrated)}</p>
        </div>
      </div>
      {parts === null ? null : (
        <dl className={styles.parts}>
          {partNames.map((name) => (
            <Part key={name} name={name} value={parts[name]} />
          ))}
        </dl>
      )}
    </>
  );
}

function Part({ name, value }: { readonly name: (typeof partNames)[number]; readonly value: number }): ReactNode {
  return (
    <div className={styles.part}>
      <Tooltip label={text.review.partsWhy[name]}>
        <dt>{text.review.parts[name]}</dt>
      </Tooltip>
      <dd>
        <Bar share={value} tone={value < weakPart ? 'warn' : 'neutral'} />
        <span>{formatScore(value)}</span>
      </dd>
    </div>
  );
}

function Reasons({ detail }: { readonly detail: ItemDetail }): ReactNode {
  const { reasons, rationale } = detail.mapping;
  const shown = reasons.length > 0 ? reasons : rationale === '' ? [] : [rationale];
  return (
    <section>
      <h3 className={styles.heading}>{text.review.reasons}</h3>
      {shown.length === 0 ? <p className={styles.faint}>{text.review.noReasons}</p> : null}
      <ul>
        {shown.map((reason) => (
          <li key={reason} className={styles.reason}>
            {reason}
          </li>
        ))}
      </ul>
    </section>
  );
}

function DecidedBefore({ patterns }: { readonly patterns: readonly LearnedPattern[] }): ReactNode {
  return (
    <section>
      <h3 className={styles.heading}>{text.review.decidedBefore}</h3>
      {patterns.length === 0 ? <p className={styles.faint}>{text.review.neverDecided}</p> : null}
      <ul>
        {patterns.map((pattern) => (
          <li key={pattern.id} className={styles.reason}>
            <code>
              {pattern.sourceColumn} →{' '}
              {pattern.targetColumn === null
                ? text.review.noCounterpart
                : `${pattern.targetTable ?? ''}.${pattern.targetColumn}`}
            </code>
            <br />
            {pattern.origin}, {formatDay(pattern.learnedAt)}, {text.review.verdicts[pattern.verdict]}
          </li>
        ))}
      </ul>
    </section>
  );
}
