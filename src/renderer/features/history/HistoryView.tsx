import { IconHistory } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Checkpoint } from '../../../shared/model/project.ts';
import { nodeIds } from '../../../shared/model/project.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { startRun } from '../../commands/project-commands.ts';
import { call } from '../../data/client.ts';
import { useProject } from '../../data/project-store.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Pane, PaneEnd } from '../../ui/Panes.tsx';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { formatPlural, formatSeconds, formatTime } from '../../ui/format.ts';
import { text } from '../../ui/text.ts';
import ui from '../../ui/ui.module.css';

/** The checkpoints that the runs of this project left, newest first. */
export function HistoryView(): ReactNode {
  const project = useProject((state) => state.project);
  const done = project?.run.nodes.filter((node) => node.state === 'done').length ?? 0;
  const loaded = useLoaded(
    project === null ? null : `${project.fileName} ${project.run.status} ${done} ${project.counts.decided}`,
    () => call('history.list', {}),
  );
  if (loaded.error !== null) return <ErrorNote error={loaded.error} />;
  if (loaded.value === null && loaded.loading) return <Skeleton />;
  const checkpoints = [...(loaded.value?.checkpoints ?? [])].sort((a, b) => b.seq - a.seq);
  if (checkpoints.length === 0) {
    return (
      <EmptyState
        icon={<IconHistory size={40} stroke={1.3} />}
        title={text.history.empty}
        actions={<CommandButton command={startRun} kind="primary" />}
      >
        {text.history.emptyMore}
      </EmptyState>
    );
  }
  return (
    <Pane
      label={text.history.title}
      head={
        <>
          <h2>{text.history.title}</h2>
          <PaneEnd>{formatPlural(checkpoints.length, 'checkpoint')}</PaneEnd>
        </>
      }
    >
      <ScrollRegion className={ui.tableWrap} label={text.history.title}>
        <table className={ui.table}>
          <thead>
            <tr>
              <th className={ui.number}>{text.history.seq}</th>
              <th>{text.history.at}</th>
              <th>{text.history.node}</th>
              <th>{text.history.next}</th>
              <th>{text.history.status}</th>
              <th className={ui.number}>{text.history.seconds}</th>
              <th>{text.history.writes}</th>
              <th>{text.history.state}</th>
            </tr>
          </thead>
          <tbody>
            {checkpoints.map((checkpoint) => (
              <CheckpointRow key={checkpoint.id} checkpoint={checkpoint} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Pane>
  );
}

function CheckpointRow({ checkpoint }: { readonly checkpoint: Checkpoint }): ReactNode {
  return (
    <tr>
      <td className={ui.number}>{checkpoint.seq}</td>
      <td>{formatTime(checkpoint.at)}</td>
      <td>{nodeName(checkpoint.node)}</td>
      <td>{checkpoint.next === null ? text.history.end : nodeName(checkpoint.next)}</td>
      <td>{text.history.statuses[checkpoint.status]}</td>
      <td className={ui.number}>{formatSeconds(checkpoint.seconds)}</td>
      <td>{checkpoint.writes.join(', ')}</td>
      <td>
        <code title={checkpoint.stateHash}>{checkpoint.stateHash.slice(0, 10)}</code>
      </td>
    </tr>
  );
}

function nodeName(node: string): string {
  const known = nodeIds.find((id) => id === node);
  return known === undefined ? node : text.nodes[known].name;
}
