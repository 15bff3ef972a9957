import { IconPointer } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { CommandButton } from '../../../commands/CommandButton.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Pane, PaneEnd } from '../../../ui/Panes.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { formatCount } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import { approveCommand, editCommand, nextCommand, rejectCommand, similarCommand, undoCommand } from '../commands.ts';
import { currentDraft, currentItem, useReview } from '../store.ts';
import styles from '../review.module.css';
import { CandidateList } from './CandidateList.tsx';
import { Pair } from './Pair.tsx';
import { TransformationEditor } from './TransformationEditor.tsx';

/** The mapping in hand: source and target side by side, the other candidates, the expression, and the decision. */
export function ContextPane(): ReactNode {
  const state = useReview();
  const item = currentItem(state);
  const draft = currentDraft(state);
  const { detail, detailError } = state;
  const position = state.items.findIndex((one) => one.id === state.currentId) + 1;
  return (
    <Pane
      label={text.review.context}
      head={
        item === null ? (
          <h2>{text.review.context}</h2>
        ) : (
          <>
            <h2>{item.made ?? item.source.column}</h2>
            <span>{text.review.to}</span>
            <h2>{(draft === null ? item.target : draft.target)?.column ?? text.review.noCounterpart}</h2>
            <PaneEnd>
              {formatCount(position)} / {formatCount(state.total)}
            </PaneEnd>
          </>
        )
      }
      foot={<Actions />}
    >
      {item === null ? <EmptyState icon={<IconPointer size={32} stroke={1.4} />} title={text.why.noItem} /> : null}
      {detailError === null ? null : (
        <div className={styles.padded}>
          <ErrorNote error={detailError} />
        </div>
      )}
      {item === null || detailError !== null ? null : detail === null || draft === null ? (
        <Skeleton />
      ) : (
        <div className={styles.context} data-mapping={detail.mapping.id}>
          <Pair detail={detail} draft={draft} />
          <CandidateList detail={detail} draft={draft} />
          <TransformationEditor draft={draft} />
        </div>
      )}
    </Pane>
  );
}

function Actions(): ReactNode {
  const selected = useReview((state) => state.selected.size);
  const similar = useReview((state) => state.similar);
  // Whether a command can run depends on these; the buttons ask again when they change.
  useReview((state) => state.draft);
  useReview((state) => state.currentId);
  return (
    <div className={styles.actions}>
      <CommandButton
        command={approveCommand}
        kind="primary"
        {...(selected > 0 ? { label: text.review.approveSelected(selected) } : {})}
      />
      <CommandButton command={editCommand} />
      <CommandButton
        command={rejectCommand}
        {...(selected > 0 ? { label: text.review.rejectSelected(selected) } : {})}
      />
      <CommandButton command={similarCommand} label={text.review.approveSimilar(similar?.length ?? null)} />
      <span className={styles.actionsEnd}>
        <CommandButton command={nextCommand} kind="quiet" label={text.review.next} />
        <CommandButton command={undoCommand} kind="quiet" />
      </span>
    </div>
  );
}
