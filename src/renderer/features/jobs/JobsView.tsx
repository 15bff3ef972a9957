import { IconTransform } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ConversionJob } from '../../../shared/model/conversion.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { startRun } from '../../commands/project-commands.ts';
import { call } from '../../data/client.ts';
import { useProject } from '../../data/project-store.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { Bar } from '../../ui/Bar.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Pane, PaneEnd } from '../../ui/Panes.tsx';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Tone } from '../../ui/Tone.tsx';
import type { Tone as ToneName } from '../../ui/confidence.ts';
import { formatCount, formatPercent, formatPlural, formatScore } from '../../ui/format.ts';
import { text } from '../../ui/text.ts';
import ui from '../../ui/ui.module.css';
import { JobDetails } from './parts/JobDetails.tsx';
import styles from './jobs.module.css';

/** The legacy ETL files as conversion jobs: gate, coverage, confidence, effort, issues. */
export function JobsView(): ReactNode {
  const project = useProject((state) => state.project);
  const [chosen, setChosen] = useState<string | null>(null);
  const done = project?.run.nodes.filter((node) => node.state === 'done').length ?? 0;
  const loaded = useLoaded(project === null ? null : `${project.fileName} ${project.run.status} ${done}`, () =>
    call('jobs.list', {}),
  );
  if (loaded.error !== null) return <ErrorNote error={loaded.error} />;
  if (loaded.value === null && loaded.loading) return <Skeleton />;
  const jobs = loaded.value?.jobs ?? [];
  if (jobs.length === 0) {
    return (
      <EmptyState
        icon={<IconTransform size={40} stroke={1.3} />}
        title={text.jobs.empty}
        actions={<CommandButton command={startRun} kind="primary" />}
      >
        {project?.inputs.some((input) => input.role === 'etl') === true ? text.jobs.afterReview : text.jobs.emptyMore}
      </EmptyState>
    );
  }
  const job = jobs.find((one) => one.file === chosen) ?? jobs[0];
  return (
    <div className={styles.view}>
      <Pane
        label={text.jobs.title}
        head={
          <>
            <h2>{text.jobs.title}</h2>
            <PaneEnd>{formatPlural(jobs.length, 'job')}</PaneEnd>
          </>
        }
      >
        <ScrollRegion className={ui.tableWrap} label={text.jobs.title}>
          <table className={ui.table}>
            <thead>
              <tr>
                <th>{text.jobs.file}</th>
                <th>{text.jobs.tool}</th>
                <th>{text.jobs.gate}</th>
                <th>{text.jobs.coverage}</th>
                <th className={ui.number}>{text.jobs.confidence}</th>
                <th className={ui.number}>{text.jobs.manual}</th>
                <th className={ui.number}>{text.jobs.issues}</th>
                <th className={ui.number}>{text.jobs.effort}</th>
                <th>{text.jobs.dryRun}</th>
              </tr>
            </thead>
            <tbody>
              {jobs.map((one) => (
                <JobRow key={one.file} job={one} current={one === job} onChoose={setChosen} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </Pane>
      {job === undefined ? null : <JobDetails job={job} />}
    </div>
  );
}

const gateTones: Readonly<Record<ConversionJob['status'], ToneName>> = {
  completed: 'ok',
  completed_with_warnings: 'warn',
  failed: 'bad',
};
const runTones: Readonly<Record<ConversionJob['execution']['status'], ToneName>> = {
  passed: 'ok',
  failed: 'bad',
  skipped: 'neutral',
};

interface JobRowProps {
  readonly job: ConversionJob;
  readonly current: boolean;
  readonly onChoose: (file: string) => void;
}

function JobRow({ job, current, onChoose }: JobRowProps): ReactNode {
  const { total, autoConverted, manualRequired } = job.objects;
  return (
    <tr className={styles.row} data-current={current} onClick={() => onChoose(job.file)}>
      <td>
        <button type="button" className={styles.name} aria-pressed={current} onClick={() => onChoose(job.file)}>
          {job.file}
        </button>
      </td>
      <td>{job.tool}</td>
      <td>
        <Tone tone={gateTones[job.status]}>{text.jobs.status[job.status]}</Tone>
      </td>
      <td>
        <span className={styles.coverage}>
          <span>{formatPercent(autoConverted, total)}</span>
          <Bar share={total === 0 ? 0 : autoConverted / total} tone={autoConverted === total ? 'ok' : 'neutral'} />
          <span className={styles.faint}>{`${formatCount(autoConverted)} of ${formatCount(total)}`}</span>
        </span>
      </td>
      <td className={ui.number}>{formatScore(job.confidence)}</td>
      <td className={ui.number}>{formatCount(manualRequired)}</td>
      <td className={ui.number}>{formatCount(job.issues.length)}</td>
      <td className={ui.number}>{text.jobs.hours(job.effortHours)}</td>
      <td>
        <Tone tone={runTones[job.execution.status]}>{text.jobs.execution[job.execution.status]}</Tone>
      </td>
    </tr>
  );
}
