import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { Rectification } from '../../../../shared/model/mapping.ts';
import { columnKey } from '../../../../shared/model/schema.ts';
import type { ColumnRef } from '../../../../shared/model/schema.ts';
import { reportFailure } from '../../../data/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog, DialogActions } from '../../../ui/Dialog.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { text } from '../../../ui/text.ts';
import ui from '../../../ui/ui.module.css';
import { approveWithSimilar } from '../decide-actions.ts';
import { loadSimilar } from '../item-actions.ts';
import { currentDraft, useReview } from '../store.ts';
import styles from '../review.module.css';

const close = (): void => useReview.setState({ dialog: 'none' });

/** Everything that approving the mapping in hand would change elsewhere; each line can be left out. */
export function SimilarDialog(): ReactNode {
  const opened = useReview((state) => state.dialog === 'similar');
  return (
    <Dialog opened={opened} onClose={close} title={text.review.similarTitle} size={860}>
      {opened ? <SimilarForm /> : null}
    </Dialog>
  );
}

function SimilarForm(): ReactNode {
  const proposals = useReview((state) => state.similar);
  const draft = useReview(currentDraft);
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (useReview.getState().similar === null) loadSimilar().catch(reportFailure);
  }, []);
  const accepted = (proposals ?? []).filter((proposal) => !refused.has(proposal.mappingId));
  return (
    <>
      <p>{text.review.similarMore(draft?.mappingId ?? '')}</p>
      {proposals === null ? <Skeleton /> : null}
      {proposals?.length === 0 ? <p>{text.review.similarNone}</p> : null}
      {proposals === null || proposals.length === 0 ? null : (
        <ProposalTable proposals={proposals} refused={refused} onRefuse={setRefused} />
      )}
      <DialogActions>
        <Button onClick={close}>{text.review.cancel}</Button>
        <Button kind="primary" data-autofocus onClick={() => void approveWithSimilar(accepted).catch(reportFailure)}>
          {text.review.apply(accepted.length + 1)}
        </Button>
      </DialogActions>
    </>
  );
}

interface ProposalTableProps {
  readonly proposals: readonly Rectification[];
  readonly refused: ReadonlySet<string>;
  readonly onRefuse: (refused: ReadonlySet<string>) => void;
}

function ProposalTable({ proposals, refused, onRefuse }: ProposalTableProps): ReactNode {
  const toggle = (id: string): void => {
    const next = new Set(refused);
    if (!next.delete(id)) next.add(id);
    onRefuse(next);
  };
  const toggleAll = (): void =>
    onRefuse(refused.size === proposals.length ? new Set() : new Set(proposals.map((proposal) => proposal.mappingId)));
  return (
    <div className={styles.similar}>
      <table className={ui.table}>
        <thead>
          <tr>
            <th>
              <input
                type="checkbox"
                aria-label={text.review.chooseAll}
                checked={refused.size === 0}
                onChange={
                  refused.size === 0 || refused.size === proposals.length ? toggleAll : () => onRefuse(new Set())
                }
              />
            </th>
            <th>{text.review.column}</th>
            <th>{text.review.before}</th>
            <th>{text.review.after}</th>
            <th>{text.review.because}</th>
          </tr>
        </thead>
        <tbody>
          {proposals.map((proposal) => (
            <ProposalRow
              key={proposal.mappingId}
              proposal={proposal}
              accepted={!refused.has(proposal.mappingId)}
              onToggle={toggle}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ProposalRowProps {
  readonly proposal: Rectification;
  readonly accepted: boolean;
  readonly onToggle: (id: string) => void;
}

function ProposalRow({ proposal, accepted, onToggle }: ProposalRowProps): ReactNode {
  const { mappingId, before, after, because } = proposal;
  return (
    <tr>
      <td>
        <input type="checkbox" aria-label={mappingId} checked={accepted} onChange={() => onToggle(mappingId)} />
      </td>
      <td>
        <code>{mappingId}</code>
      </td>
      <td>
        <Side target={before.target} expression={before.transformation.expression} />
      </td>
      <td>
        <Side target={after.target} expression={after.transformation.expression} />
      </td>
      <td>{because}</td>
    </tr>
  );
}

function Side({ target, expression }: { readonly target: ColumnRef | null; readonly expression: string }): ReactNode {
  return (
    <>
      <code>{target === null ? text.review.noCounterpart : columnKey(target)}</code>
      <br />
      <code className={styles.faint}>{expression}</code>
    </>
  );
}
