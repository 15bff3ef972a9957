import type { ReactNode } from 'react';
import { Chip } from '../../../ui/Chip.tsx';
import { Pane } from '../../../ui/Panes.tsx';
import { formatCount } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import { type Side, sides, useJobs } from '../store.ts';
import { IssuesPane } from './IssuesPane.tsx';
import { NodePane } from './NodePane.tsx';
import { RunPane } from './RunPane.tsx';
import { SettingsPane } from './SettingsPane.tsx';

const panes: Readonly<Record<Side, () => ReactNode>> = {
  node: NodePane,
  run: RunPane,
  settings: SettingsPane,
  issues: IssuesPane,
};

/** Beside the pipeline: the node in hand, a run, what is assumed of the source system, or the issues of the job. */
export function SidePane(): ReactNode {
  const side = useJobs((state) => state.side);
  const issues = useJobs((state) => state.job?.issueCount ?? 0);
  const open = useJobs((state) => (state.job?.assumptions ?? []).filter((one) => !one.said).length);
  const numbers: Partial<Record<Side, number>> = { issues, settings: open };
  const Body = panes[side];
  return (
    <Pane
      label={text.jobs.sides[side]}
      head={sides.map((one) => (
        <Chip key={one} pressed={side === one} onClick={() => useJobs.setState({ side: one })}>
          {numbers[one] === undefined ? text.jobs.sides[one] : `${text.jobs.sides[one]} ${formatCount(numbers[one])}`}
        </Chip>
      ))}
    >
      <Body />
    </Pane>
  );
}
