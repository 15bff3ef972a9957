import {
  IconAlertTriangle,
  IconCircle,
  IconCircleCheck,
  IconCircleMinus,
  IconLoader2,
  IconPlayerPause,
  IconPlayerPlay,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { RunView as Run } from '../../../shared/ipc/contract.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { goTo } from '../../commands/navigation.ts';
import { cancelRun, openSample, startRun } from '../../commands/project-commands.ts';
import { useProject } from '../../data/project-store.ts';
import { Bar } from '../../ui/Bar.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Pane, PaneEnd, Panes } from '../../ui/Panes.tsx';
import { formatSeconds } from '../../ui/format.ts';
import { text } from '../../ui/text.ts';
import { EvaluationPane } from './parts/EvaluationPane.tsx';
import { useElapsed } from './use-elapsed.ts';
import styles from './run.module.css';

type NodeProgress = Run['nodes'][number];

/** How the run goes, step by step. Leaving this view never stops it. */
export function RunView(): ReactNode {
  const project = useProject((state) => state.project);
  if (project === null || (project.run.status === 'none' && project.inputs.length === 0)) {
    return (
      <EmptyState
        icon={<IconPlayerPlay size={40} stroke={1.3} />}
        title={text.run.empty}
        actions={<CommandButton command={project === null ? openSample : startRun} kind="primary" />}
      >
        {text.run.emptyMore}
      </EmptyState>
    );
  }
  const { run } = project;
  return (
    <Panes name="run" widths={[620]} labels={[text.run.evaluation]}>
      <Pane
        label={text.run.title}
        head={
          <>
            <h2>{text.run.title}</h2>
            <span data-run-status={run.status}>{text.run.status[run.status]}</span>
            <PaneEnd>
              <TotalTime run={run} />
            </PaneEnd>
          </>
        }
        foot={<RunActions run={run} pending={project.counts.pending} />}
      >
        <div className={styles.body}>
          {run.error === null ? null : (
            <ErrorNote error={{ message: run.error.message, hint: run.error.hint, where: undefined }} />
          )}
          <ol className={styles.nodes}>
            {run.nodes.map((node) => (
              <NodeRow key={node.id} node={node} />
            ))}
          </ol>
        </div>
      </Pane>
      <EvaluationPane evaluation={project.evaluation} />
    </Panes>
  );
}

function TotalTime({ run }: { readonly run: Run }): ReactNode {
  const sum = run.nodes.reduce((seconds, node) => seconds + node.seconds, 0);
  return formatSeconds(useElapsed(sum, run.status === 'running'));
}

function RunActions({ run, pending }: { readonly run: Run; readonly pending: number }): ReactNode {
  if (run.status === 'running') return <CommandButton command={cancelRun} />;
  return (
    <>
      {run.status === 'interrupted' ? (
        <Button kind="primary" shortcut="Ctrl 4" onClick={() => goTo('review')}>
          {text.run.toReview(pending)}
        </Button>
      ) : null}
      {run.status === 'finished' ? (
        <Button kind="primary" shortcut="Ctrl 6" onClick={() => goTo('output')}>
          {text.run.toOutput}
        </Button>
      ) : null}
      <CommandButton
        command={startRun}
        kind={run.status === 'interrupted' || run.status === 'finished' ? 'default' : 'primary'}
      />
      {run.status === 'interrupted' ? <span>{text.run.paused}</span> : null}
    </>
  );
}

const signs: Readonly<Record<NodeProgress['state'], Icon>> = {
  waiting: IconCircle,
  running: IconLoader2,
  done: IconCircleCheck,
  interrupted: IconPlayerPause,
  failed: IconAlertTriangle,
  skipped: IconCircleMinus,
};

function NodeRow({ node }: { readonly node: NodeProgress }): ReactNode {
  const Sign = signs[node.state];
  const seconds = useElapsed(node.seconds, node.state === 'running');
  const words = text.nodes[node.id];
  return (
    <li className={styles.node} data-node={node.id} data-state={node.state}>
      <Sign className={styles.sign} size={18} stroke={1.8} aria-hidden="true" />
      <div className={styles.what}>
        <strong>{words.name}</strong>
        <span>{node.state === 'running' && node.detail !== '' ? node.detail : words.does}</span>
        {node.state === 'running' && node.total > 0 ? <Bar share={node.done / node.total} label={words.name} /> : null}
      </div>
      <span className={styles.figure}>
        {node.state === 'running' && node.total > 0 ? text.run.of(node.done, node.total) : text.nodeStates[node.state]}
      </span>
      <span className={styles.figure}>{seconds > 0 ? formatSeconds(seconds) : ''}</span>
    </li>
  );
}
