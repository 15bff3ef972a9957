import type { ReactNode } from 'react';
import type { NodeId } from '../../shared/model/project.ts';
import { nodeIds } from '../../shared/model/project.ts';
import type { ViewId } from '../commands/navigation.ts';
import { goTo } from '../commands/navigation.ts';
import { useProject } from '../data/project-store.ts';
import { formatCount, formatSeconds } from '../ui/format.ts';
import { Tooltip } from '../ui/Tooltip.tsx';
import { text } from '../ui/text.ts';
import styles from './app.module.css';

/** Where each step shows what it made. */
const viewOf: Readonly<Record<NodeId, ViewId>> = {
  discovery: 'schemas',
  mapper: 'review',
  evaluator: 'run',
  review: 'review',
  rectifier: 'run',
  sql: 'output',
  documents: 'output',
  validation: 'output',
};

/** The eight steps with their states; each is the way to what it made. */
export function NodeStrip(): ReactNode {
  const nodes = useProject((state) => state.project?.run.nodes);
  const pending = useProject((state) => state.project?.counts.pending ?? 0);
  return (
    <nav className={styles.strip} aria-label={text.app.steps}>
      {nodeIds.map((id) => {
        const node = nodes?.find((one) => one.id === id);
        const state = node?.state ?? 'waiting';
        const name = text.nodes[id].name;
        const count = id === 'review' && state === 'interrupted' && pending > 0 ? ` ${formatCount(pending)}` : '';
        const progress =
          node?.state === 'running' && node.total > 0 ? ` ${Math.floor((node.done / node.total) * 100)} %` : '';
        const took = node !== undefined && node.seconds > 0 ? `, ${formatSeconds(node.seconds)}` : '';
        return (
          <Tooltip key={id} label={`${text.nodes[id].does}: ${text.nodeStates[state]}${took}`}>
            <button
              type="button"
              className={styles.node}
              data-state={state}
              aria-label={`${name}${count}${progress}: ${text.nodeStates[state]}`}
              onClick={() => goTo(state === 'running' || state === 'failed' ? 'run' : viewOf[id])}
            >
              <span className={styles.dot} aria-hidden="true" />
              <span className={styles.nodeName}>
                {name}
                {count}
                {progress}
              </span>
            </button>
          </Tooltip>
        );
      })}
    </nav>
  );
}
