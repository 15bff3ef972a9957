/** What can be done with lessons. */
import type { LessonPreview, Output } from '../../../../shared/ipc/contract.ts';
import { call, grant } from '../../../data/client.ts';
import { notify } from '../../../data/notices.ts';
import { text } from '../../../ui/text.ts';
import { usePacks } from '../store.ts';

const words = text.packs;

const changed = (): void => usePacks.setState(({ lessonVersion }) => ({ lessonVersion: lessonVersion + 1 }));

/** Removes the lesson in hand; the next one comes under the cursor. */
export async function removeLesson(): Promise<void> {
  const { lessonId } = usePacks.getState();
  if (lessonId === null) return;
  const { removed } = await call('lessons.remove', { ids: [lessonId] });
  usePacks.setState({ lessonId: null });
  changed();
  notify('ok', words.removed(removed));
}

export async function undoRemoval(): Promise<void> {
  const { restored } = await call('lessons.undo', {});
  changed();
  if (restored === 0) notify('info', words.nothingToUndo);
  else notify('ok', words.restored(restored));
}

export async function exportLessons(): Promise<void> {
  const written = await call('lessons.export', {});
  if (written !== null) notify('ok', words.exportedLessons(written.lessons, written.file));
}

/** Shows what a pack would do before anything is changed. */
export async function chooseLessons(): Promise<void> {
  usePacks.setState({ preview: await call('lessons.choose', {}) });
}

export async function previewDropped(files: readonly File[]): Promise<void> {
  const [first] = await grant(files.slice(0, 1));
  if (first?.grant == null) notify('bad', first?.message ?? '');
  else usePacks.setState({ preview: await call('lessons.preview', { grant: first.grant }) });
}

export type Preference = 'mine' | 'theirs' | 'both';

export async function importLessons(preview: LessonPreview, preference: Preference): Promise<void> {
  const done: Output<'lessons.import'> = await call('lessons.import', { grant: preview.grant, preference });
  usePacks.setState({ preview: null });
  changed();
  notify('ok', words.imported(done.added, done.strengthened, done.removed));
}
