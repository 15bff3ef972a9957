import type { ReactNode } from 'react';
import { reportFailure } from '../../../data/notices.ts';
import { useProject } from '../../../data/project-store.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog, DialogActions } from '../../../ui/Dialog.tsx';
import { text } from '../../../ui/text.ts';
import { finishReview } from '../decide-actions.ts';
import { useReview } from '../store.ts';

const close = (): void => useReview.setState({ dialog: 'none' });

/** Says what stays open before the run goes on. */
export function FinishDialog(): ReactNode {
  const opened = useReview((state) => state.dialog === 'finish');
  const pending = useProject((state) => state.project?.counts.pending ?? 0);
  return (
    <Dialog opened={opened} onClose={close} title={text.review.finishTitle} size={480}>
      <p>{pending === 0 ? text.review.finishDone : text.review.finishPending(pending)}</p>
      <DialogActions>
        <Button onClick={close}>{text.review.cancel}</Button>
        <Button kind="primary" data-autofocus onClick={() => void finishReview().catch(reportFailure)}>
          {text.review.finishGo}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
