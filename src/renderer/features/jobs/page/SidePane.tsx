import type { ReactNode } from 'react';
import { Chip } from '../../../ui/Chip.tsx';
import { Pane, PaneEnd } from '../../../ui/Panes.tsx';
import { formatCount } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import { useJobs } from '../store.ts';
import { IssuesPane } from './IssuesPane.tsx';
import { NodePane } from './NodePane.tsx';

const sides = ['node', 'issues'] as const;

/** Beside the pipeline: the node in hand, or the issues of the job. */
export function SidePane(): ReactNode {
  const side = useJobs((state) => state.side);
  const issues = useJobs((state) => state.job?.issueCount ?? 0);
  return (
    <Pane
      label={text.jobs.sides[side]}
      head={
        <>
          {sides.map((one) => (
            <Chip key={one} pressed={side === one} onClick={() => useJobs.setState({ side: one })}>
              {one === 'issues' ? `${text.jobs.sides.issues} ${formatCount(issues)}` : text.jobs.sides.node}
            </Chip>
          ))}
          <PaneEnd>{side === 'node' ? null : text.jobs.issueCount(issues)}</PaneEnd>
        </>
      }
    >
      {side === 'node' ? <NodePane /> : <IssuesPane />}
    </Pane>
  );
}
