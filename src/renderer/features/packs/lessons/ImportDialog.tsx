import { useState } from 'react';
import type { ReactNode } from 'react';
import type { LessonPreview } from '../../../../shared/ipc/contract.ts';
import { reportFailure } from '../../../data/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { Chip } from '../../../ui/Chip.tsx';
import { Dialog, DialogActions } from '../../../ui/Dialog.tsx';
import { ScrollRegion } from '../../../ui/ScrollRegion.tsx';
import { text } from '../../../ui/text.ts';
import ui from '../../../ui/ui.module.css';
import { usePacks } from '../store.ts';
import styles from '../packs.module.css';
import { sourceOf, targetOf } from './lesson-columns.tsx';
import { type Preference, importLessons } from './lesson-actions.ts';

const words = text.packs;
const preferences: readonly Preference[] = ['mine', 'theirs', 'both'];
const close = (): void => usePacks.setState({ preview: null });

/** What a learning pack would do, each contradiction with both sides, before anything is changed. */
export function ImportDialog(): ReactNode {
  const preview = usePacks((state) => state.preview);
  return (
    <Dialog opened={preview !== null} onClose={close} title={words.importTitle(preview?.name ?? '')} size={760}>
      {preview === null ? null : <ImportForm preview={preview} />}
    </Dialog>
  );
}

function ImportForm({ preview }: { readonly preview: LessonPreview }): ReactNode {
  const [preference, setPreference] = useState<Preference>('mine');
  const { lessons, added, strengthened, unchanged, conflicts } = preview;
  return (
    <>
      <p>{words.importSays(lessons, added, strengthened, unchanged)}</p>
      <p>{conflicts === 0 ? words.noClashes : words.clashes(conflicts)}</p>
      {conflicts === 0 ? null : (
        <>
          <Clashes preview={preview} />
          <div className={styles.prefer} role="group" aria-label={words.prefer}>
            {words.prefer}
            {preferences.map((one) => (
              <Chip key={one} pressed={preference === one} onClick={() => setPreference(one)}>
                {words.preferences[one]}
              </Chip>
            ))}
          </div>
        </>
      )}
      <DialogActions>
        <Button onClick={close}>{words.cancel}</Button>
        <Button
          kind="primary"
          data-autofocus
          onClick={() => void importLessons(preview, preference).catch(reportFailure)}
        >
          {words.import}
        </Button>
      </DialogActions>
    </>
  );
}

function Clashes({ preview }: { readonly preview: LessonPreview }): ReactNode {
  const { clashes, conflicts } = preview;
  return (
    <ScrollRegion className={styles.clashes} label={words.clashes(conflicts)}>
      <table className={ui.table}>
        <thead>
          <tr>
            <th>{words.clashColumns.source}</th>
            <th>{words.clashColumns.mine}</th>
            <th>{words.clashColumns.theirs}</th>
          </tr>
        </thead>
        <tbody>
          {clashes.map(({ mine, theirs }) => (
            <tr key={`${mine.id} ${theirs.id}`}>
              <td>
                <code>{sourceOf(mine)}</code>
              </td>
              <td>
                <code>{targetOf(mine)}</code>
              </td>
              <td>
                <code>{targetOf(theirs)}</code>
                <br />
                <span className={styles.faint}>{theirs.origin}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {clashes.length < conflicts ? <p>{words.moreClashes(conflicts - clashes.length)}</p> : null}
    </ScrollRegion>
  );
}
