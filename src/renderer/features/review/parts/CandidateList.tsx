import type { ReactNode } from 'react';
import { isDerived } from '../../../../shared/model/mapping.ts';
import { columnKey } from '../../../../shared/model/schema.ts';
import { runCommand } from '../../../commands/use-shortcuts.ts';
import { useProject } from '../../../data/project-store.ts';
import { Kbd } from '../../../ui/Kbd.tsx';
import { Tone } from '../../../ui/Tone.tsx';
import { confidenceTone } from '../../../ui/confidence.ts';
import { formatScore } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import ui from '../../../ui/ui.module.css';
import { noCounterpartCommand, searchTargetsCommand } from '../commands.ts';
import { chooseCandidate } from '../item-actions.ts';
import { isSameColumn, refOf } from '../store.ts';
import type { Draft, ItemDetail } from '../store.ts';
import styles from '../review.module.css';

const keyed = 5;

interface CandidateListProps {
  readonly detail: ItemDetail;
  readonly draft: Draft;
}

/** The ranked candidates; the number keys choose, and the whole target can be searched. */
export function CandidateList({ detail, draft }: CandidateListProps): ReactNode {
  const settings = useProject((state) => state.project?.settings);
  const targetColumns = useProject((state) => state.project?.counts.targetColumns ?? 0);
  const { candidates } = detail.mapping;
  const derived = isDerived(detail.mapping);
  return (
    <section>
      <h3 className={styles.heading}>{derived ? text.review.instead : text.review.candidatesBy}</h3>
      <div className={ui.card} role="group" aria-label={text.review.candidates}>
        {candidates.length === 0 && !derived ? (
          <p className={styles.candidateNone}>{text.review.noCandidates}</p>
        ) : null}
        {candidates.map((candidate, rank) => {
          const ref = refOf(candidate);
          const chosen = isSameColumn(ref, draft.target);
          // The proposal's own score is the confidence that the evidence explains.
          const score = isSameColumn(ref, detail.mapping.target) ? detail.mapping.confidence : candidate.score;
          return (
            <button
              key={columnKey(ref)}
              type="button"
              className={styles.candidate}
              aria-pressed={chosen}
              onClick={() => chooseCandidate(rank)}
            >
              {rank < keyed ? <Kbd>{rank + 1}</Kbd> : <span />}
              <code>{columnKey(ref)}</code>
              <span className={styles.because}>{candidate.because}</span>
              <span className={styles.candidateScore}>
                <Tone tone={settings === undefined || !chosen ? 'neutral' : confidenceTone(score, settings)}>
                  {formatScore(score)}
                </Tone>
              </span>
            </button>
          );
        })}
        {derived ? null : (
          <button type="button" className={styles.other} onClick={() => runCommand(searchTargetsCommand)}>
            <Kbd>M</Kbd>
            {text.review.searchAll(targetColumns)}
          </button>
        )}
        <button type="button" className={styles.other} onClick={() => runCommand(noCounterpartCommand)}>
          <Kbd>0</Kbd>
          {derived ? text.review.staysEmpty : text.review.goesNowhere}
        </button>
      </div>
    </section>
  );
}
