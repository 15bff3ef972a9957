import { IconArrowsExchange } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { startRun } from '../../commands/project-commands.ts';
import { useProject } from '../../data/project-store.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panes } from '../../ui/Panes.tsx';
import { text } from '../../ui/text.ts';
import { ContextPane } from './parts/ContextPane.tsx';
import { EvidencePane } from './parts/EvidencePane.tsx';
import { FinishDialog } from './parts/FinishDialog.tsx';
import { QueuePane } from './parts/QueuePane.tsx';
import { SimilarDialog } from './parts/SimilarDialog.tsx';
import { TargetSearch } from './parts/TargetSearch.tsx';
import { refreshQueue, versionKey } from './session.ts';

/** The review workbench: what to decide, in its context, and why it is proposed. */
export function ReviewView(): ReactNode {
  const version = useProject((state) => versionKey(state.project));
  const mappings = useProject((state) => state.project?.counts.mappings ?? 0);
  useEffect(() => {
    if (version !== '') refreshQueue();
  }, [version]);
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
