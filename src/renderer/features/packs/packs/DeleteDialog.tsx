import type { ReactNode } from 'react';
import { reportFailure } from '../../../data/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog, DialogActions } from '../../../ui/Dialog.tsx';
import { text } from '../../../ui/text.ts';
import { packInHand, usePacks } from '../store.ts';
import { removePack } from './pack-actions.ts';

const words = text.packs;
const close = (): void => usePacks.setState({ deleting: false });

/** Asks before a file is deleted: nothing brings it back. */
export function DeleteDialog(): ReactNode {
  const opened = usePacks((state) => state.deleting);
  return (
    <Dialog opened={opened} onClose={close} title={words.deleteTitle} size={480}>
      <p>{words.deleteMore(packInHand()?.file ?? '')}</p>
      <DialogActions>
        <Button data-autofocus onClick={close}>
          {words.cancel}
        </Button>
        <Button kind="primary" onClick={() => void removePack().catch(reportFailure)}>
          {words.delete}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
