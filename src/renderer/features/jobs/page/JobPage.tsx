import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { runCommand } from '../../../commands/use-shortcuts.ts';
import { IconButton } from '../../../ui/Button.tsx';
import { Chip } from '../../../ui/Chip.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Pane, PaneEnd, Panes } from '../../../ui/Panes.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { Tone } from '../../../ui/Tone.tsx';
import { text } from '../../../ui/text.ts';
import { backCommand } from '../commands.ts';
import { openPipeline, pageId, showTab } from '../page-actions.ts';
import { type Tab, hasDraft, useJobs } from '../store.ts';
import { gateTones } from '../tones.ts';
import { ChangesTab } from './ChangesTab.tsx';
import { GraphTab } from './GraphTab.tsx';
import { ListTab } from './ListTab.tsx';
import { SidePane } from './SidePane.tsx';
import { YamlTab } from './YamlTab.tsx';
import styles from './page.module.css';

const tabs: readonly Tab[] = ['graph', 'list', 'yaml', 'changes'];
const bodies: Readonly<Record<Tab, () => ReactNode>> = {
  graph: GraphTab,
  list: ListTab,
  yaml: YamlTab,
  changes: ChangesTab,
};

/** One job: its pipeline drawn, listed, as text and as changes; beside it the node in hand, or the issues. */
export function JobPage(): ReactNode {
  return (
    <Panes name="job-page" widths={[430]} fixed="last" labels={[text.jobs.sides.node]}>
      <PipelinePane />
      <SidePane />
    </Panes>
  );
}

function PipelinePane(): ReactNode {
  const { job, jobError, currentId, tab, pipeline } = useJobs();
  const draft = useJobs(hasDraft);
  const Body = bodies[tab];
  return (
    <Pane
      label={currentId ?? text.jobs.pipeline}
      head={
        <>
          <IconButton
            label={text.jobs.commands.back}
            icon={<IconArrowLeft size={16} />}
            onClick={() => runCommand(backCommand)}
          />
          <h2 id={pageId} tabIndex={-1} className={styles.name} title={currentId ?? ''}>
            {currentId}
          </h2>
          {job === null ? null : <Tone tone={gateTones[job.line.status]}>{text.jobs.status[job.line.status]}</Tone>}
          <PaneEnd>
            <span className={styles.tabs} role="group" aria-label={text.views.jobs}>
              {tabs.map((one) => (
                <Chip key={one} pressed={tab === one} onClick={() => showTab(one)}>
                  {one === 'yaml' && draft ? `${text.jobs.tabs.yaml} · ${text.jobs.unsaved}` : text.jobs.tabs[one]}
                </Chip>
              ))}
            </span>
          </PaneEnd>
        </>
      }
    >
      <PipelineSelect />
      {jobError === null ? null : <ErrorNote error={jobError} />}
      {pipeline === null ? jobError === null ? <Skeleton /> : null : <Body />}
    </Pane>
  );
}

/** A file has one pipeline a mapping, and its workflows; there is nothing to choose where it has one. */
function PipelineSelect(): ReactNode {
  const { job, fileName } = useJobs();
  const pipelines = job?.pipelines ?? [];
  if (pipelines.length < 2 || fileName === null) return null;
  return (
    <div className={styles.select}>
      <Select
        label={text.jobs.pipeline}
        value={fileName}
        options={pipelines.map((one) => ({
          value: one.fileName,
          label: `${one.name}${one.kind === 'Workflow' ? ` (${text.jobs.workflow})` : ''}${one.edited ? ` · ${text.jobs.edited}` : ''}`,
        }))}
        onChange={(chosen) => void openPipeline(chosen)}
      />
      <span className={styles.faint}>{text.jobs.pipelineCount(pipelines.length)}</span>
    </div>
  );
}
