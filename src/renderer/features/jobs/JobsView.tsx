import { IconTransform } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { startRun } from '../../commands/project-commands.ts';
import { useProject } from '../../data/project-store.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { text } from '../../ui/text.ts';
import { EstateScreen } from './estate/EstateScreen.tsx';
import { JobList } from './list/JobList.tsx';
import { loadJobs, resetJobs } from './list-actions.ts';
import { openEstate, openPipeline } from './page-actions.ts';
import { JobPage } from './page/JobPage.tsx';
import { useJobs } from './store.ts';

let shownProject: string | null = null;

/** The legacy ETL files as conversion jobs: the list, one job, or all of them as an estate. */
export function JobsView(): ReactNode {
  const project = useProject((state) => state.project?.fileName ?? null);
  const version = useProject((state) => versionOf(state.project?.run));
  const screen = useJobs((state) => state.screen);
  const known = useJobs((state) => state.page !== null);
  const error = useJobs((state) => state.listError);
  const none = useJobs((state) => state.page !== null && state.page.tools.length === 0);
  useEffect(() => {
    if (shownProject !== project) resetJobs();
    shownProject = project;
    if (project === null) return;
    void loadJobs();
    const { screen: shown, fileName } = useJobs.getState();
    if (shown === 'estate') void openEstate();
    if (shown === 'job') void openPipeline(fileName);
  }, [project, version]);
  if (project !== null && error !== null && !known)
    return (
      <div style={{ padding: 'var(--s4)' }}>
        <ErrorNote error={error} />
      </div>
    );
  if (project !== null && !known) return <Skeleton />;
  if (project === null || none) return <NoJobs />;
  if (screen === 'job') return <JobPage />;
  return screen === 'estate' ? <EstateScreen /> : <JobList />;
}

/** Changes when the jobs may have changed. */
function versionOf(
  run: { readonly status: string; readonly nodes: readonly { readonly state: string }[] } | undefined,
) {
  return run === undefined ? '' : `${run.status} ${run.nodes.filter((node) => node.state === 'done').length}`;
}

function NoJobs(): ReactNode {
  const waiting = useProject((state) => state.project?.inputs.some((input) => input.role === 'etl') === true);
  return (
    <EmptyState
      icon={<IconTransform size={40} stroke={1.3} />}
      title={text.jobs.empty}
      actions={<CommandButton command={startRun} kind="primary" />}
    >
      {waiting ? text.jobs.afterReview : text.jobs.emptyMore}
    </EmptyState>
  );
}
