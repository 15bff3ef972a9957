import type { ReactNode } from 'react';
import { SqlInput } from '../../../ui/SqlText.tsx';
import { Tone } from '../../../ui/Tone.tsx';
import { text } from '../../../ui/text.ts';
import { expressionInputId, setExpression } from '../item-actions.ts';
import { focusQueue } from '../queue-actions.ts';
import { useReview } from '../store.ts';
import type { Draft, Preview } from '../store.ts';
import styles from '../review.module.css';

/** The expression, and what it makes of sample rows while it is typed. */
export function TransformationEditor({ draft }: { readonly draft: Draft }): ReactNode {
  const preview = useReview((state) => state.preview);
  if (draft.target === null) {
    return (
      <section>
        <h3 className={styles.heading}>{text.review.transformation}</h3>
        <p className={styles.faint}>{text.review.noExpression}</p>
      </section>
    );
  }
  return (
    <section>
      <h3 className={styles.heading}>
        {text.review.transformation} · {preview === null ? '…' : stateOf(preview)}
      </h3>
      <div className={styles.expression}>
        <SqlInput
          id={expressionInputId}
          label={text.review.expression}
          value={draft.transformation.expression}
          onText={setExpression}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.preventDefault();
            focusQueue();
          }}
        />
        {preview === null ? <div className={styles.results} /> : <Results preview={preview} />}
      </div>
    </section>
  );
}

function Results({ preview }: { readonly preview: Preview }): ReactNode {
  if (preview.error !== null) {
    return (
      <p className={styles.previewError} role="status">
        <Tone tone="bad">{preview.error}</Tone>
      </p>
    );
  }
  return (
    <>
      <ul className={styles.results} aria-label={text.review.runsOn(preview.tested)}>
        {preview.rows.map((row, index) => (
          <li key={`${index}:${shownIn(row)}`} title={`${shownIn(row)} → ${row.out ?? 'NULL'}`}>
            <span>{shownIn(row)}</span>
            {row.out === null ? <Tone tone="warn">NULL</Tone> : <span className={styles.out}>{row.out}</span>}
          </li>
        ))}
      </ul>
      {preview.failures > 0 ? (
        <p className={styles.previewError}>
          <Tone tone="bad">{text.review.failures(preview.failures, preview.tested)}</Tone>
        </p>
      ) : null}
    </>
  );
}

/** The values that go in, or that any row does. */
const shownIn = (row: Preview['rows'][number]): string =>
  row.in.length === 0 ? text.review.anyRow : row.in.map((value) => value ?? 'NULL').join(' · ');

function stateOf(preview: Preview): string {
  if (preview.error !== null) return text.review.doesNotRun;
  return preview.tested === 0 ? text.review.noSample : text.review.runsOn(preview.tested);
}
