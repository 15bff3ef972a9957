import { IconFilterOff, IconSchool } from '@tabler/icons-react';
import { useDeferredValue, useEffect } from 'react';
import type { ReactNode } from 'react';
import type { Lesson } from '../../../../shared/ipc/contract.ts';
import { CommandButton } from '../../../commands/CommandButton.tsx';
import { openProject } from '../../../commands/project-commands.ts';
import { call } from '../../../data/client.ts';
import { useTakeDrops } from '../../../data/drop-target.ts';
import { useProject } from '../../../data/project-store.ts';
import { usePages } from '../../../data/use-pages.ts';
import { Chip } from '../../../ui/Chip.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Pane, PaneEnd, Panes } from '../../../ui/Panes.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { VirtualGrid } from '../../../ui/VirtualGrid.tsx';
import { text } from '../../../ui/text.ts';
import { exportLessonsCommand, importLessonsCommand, removeLessonCommand, undoLessonCommand } from '../commands.ts';
import { SearchField } from '../../../ui/SearchField.tsx';
import { lessonsId, usePacks, searchId } from '../store.ts';
import styles from '../packs.module.css';
import { ImportDialog } from './ImportDialog.tsx';
import { LessonDetails } from './LessonDetails.tsx';
import { lessonColumns, lessonTemplate } from './lesson-columns.tsx';
import { previewDropped } from './lesson-actions.ts';

const words = text.packs;
const dropTarget = { title: words.dropLessons, hint: words.dropLessonsHint, take: previewDropped };

/** What the decisions of this project taught, the doubtful lessons first. */
export function LessonsTab(): ReactNode {
  const fileName = useProject((state) => state.project?.fileName ?? null);
  const revision = useProject((state) => state.revision);
  if (fileName === null)
    return (
      <EmptyState
        icon={<IconSchool size={40} stroke={1.3} />}
        title={words.noProject}
        actions={<CommandButton command={openProject} kind="primary" />}
      >
        {words.noProjectMore}
      </EmptyState>
    );
  return <Lessons version={revision} />;
}

function Lessons({ version }: { readonly version: number }): ReactNode {
  const { lessonFilter, onlyDoubtful, lessonAt, lessonVersion, lessonId } = usePacks();
  useTakeDrops(dropTarget);
  const query = { text: useDeferredValue(lessonFilter.trim()), doubtful: onlyDoubtful };
  const { first, items, error, need } = usePages(JSON.stringify([query, version, lessonVersion]), async (page) => {
    const { lessons, ...found } = await call('lessons.list', { ...query, ...page });
    return { ...found, items: lessons };
  });
  const at = Math.max(0, Math.min(lessonAt, items.length - 1));
  const inHand: Lesson | null = items[at] ?? null;
  const id = inHand?.pattern.id ?? null;
  useEffect(() => {
    if (id !== lessonId) usePacks.setState({ lessonId: id });
  }, [id, lessonId]);
  if (error !== null) return <ErrorNote error={error} />;
  if (first === null) return <Skeleton />;
  return (
    <>
      <Panes name="lessons" widths={[340]} fixed="last" labels={[words.lessons]}>
        <Pane
          label={words.lessons}
          head={<LessonsHead all={first.all} doubtful={first.doubtful} />}
          foot={<LessonsFoot />}
        >
          {first.all === 0 ? null : (
            <div className={styles.filter}>
              <SearchField
                id={searchId}
                label={words.filterLessons}
                value={lessonFilter}
                listId={lessonsId}
                onText={(next) => usePacks.setState({ lessonFilter: next, lessonAt: 0 })}
              />
            </div>
          )}
          {items.length > 0 ? (
            <VirtualGrid
              id={lessonsId}
              label={words.lessons}
              columns={lessonColumns}
              template={lessonTemplate}
              items={items}
              current={at}
              onChoose={(_lesson, index) => usePacks.setState({ lessonAt: index })}
              onNeed={need}
            />
          ) : (
            <NoLessons all={first.all} />
          )}
        </Pane>
        <LessonDetails lesson={inHand} />
      </Panes>
      <ImportDialog />
    </>
  );
}

function LessonsHead({ all, doubtful }: { readonly all: number; readonly doubtful: number }): ReactNode {
  const onlyDoubtful = usePacks((state) => state.onlyDoubtful);
  const show = (only: boolean): void => usePacks.setState({ onlyDoubtful: only, lessonAt: 0 });
  return (
    <>
      <h2>{words.lessons}</h2>
      <Chip pressed={!onlyDoubtful} onClick={() => show(false)}>
        {words.all(all)}
      </Chip>
      <Chip pressed={onlyDoubtful} onClick={() => show(true)}>
        {words.doubtful(doubtful)}
      </Chip>
      <PaneEnd>{words.lessonCounts(all)}</PaneEnd>
    </>
  );
}

function LessonsFoot(): ReactNode {
  return (
    <>
      <CommandButton command={removeLessonCommand} />
      <CommandButton command={undoLessonCommand} />
      <CommandButton command={importLessonsCommand} />
      <CommandButton command={exportLessonsCommand} />
    </>
  );
}

function NoLessons({ all }: { readonly all: number }): ReactNode {
  if (all > 0) return <EmptyState icon={<IconFilterOff size={32} stroke={1.4} />} title={words.noLesson} />;
  return (
    <EmptyState icon={<IconSchool size={32} stroke={1.4} />} title={words.noLessons}>
      {words.noLessonsMore}
    </EmptyState>
  );
}
