import { IconArrowsExchange } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { startRun } from '../../commands/project-commands.ts';
import { useProject } from '../../data/project-store.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panes } from '../../ui/Panes.tsx';
import { text } from '../../ui/text.ts';
import { resetSession } from './decide-actions.ts';
import { ContextPane } from './parts/ContextPane.tsx';
import { EvidencePane } from './parts/EvidencePane.tsx';
import { FinishDialog } from './parts/FinishDialog.tsx';
import { QueuePane } from './parts/QueuePane.tsx';
import { SimilarDialog } from './parts/SimilarDialog.tsx';
import { TargetSearch } from './parts/TargetSearch.tsx';
import { loadQueue } from './queue-actions.ts';
import { initialReview, useReview } from './store.ts';

/** What the loaded queue belongs to: another project, or mappings made anew, ask for a new list. */
let loadedFor = '';

/** The review workbench: what to decide, in its context, and why it is proposed. */
export function ReviewView(): ReactNode {
  const key = useProject(({ project }) =>
    project === null ? '' : `${project.fileName} ${project.counts.mappings} ${project.run.status}`,
  );
  const mappings = useProject((state) => state.project?.counts.mappings ?? 0);
  useEffect(() => {
    if (key === loadedFor) return;
    if (key.split(' ')[0] !== loadedFor.split(' ')[0]) {
      resetSession();
      useReview.setState(initialReview);
    }
    loadedFor = key;
    if (mappings > 0) void loadQueue();
  }, [key, mappings]);
  if (mappings === 0) {
    return (
      <EmptyState
        icon={<IconArrowsExchange size={40} stroke={1.3} />}
        title={text.review.empty}
        actions={<CommandButton command={startRun} kind="primary" />}
      >
        {text.review.emptyMore}
      </EmptyState>
    );
  }
  return (
    <>
      <Panes name="review" widths={[326, 272]} labels={[text.review.queue, text.review.evidence]}>
        <QueuePane />
        <ContextPane />
        <EvidencePane />
      </Panes>
      <SimilarDialog />
      <TargetSearch />
      <FinishDialog />
    </>
  );
}
