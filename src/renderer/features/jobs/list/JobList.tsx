import { IconFilterOff } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { type JobLine, type JobStatus, jobSorts } from '../../../../shared/ipc/contract.ts';
import type { EtlTool } from '../../../../shared/model/etl.ts';
import { CommandButton } from '../../../commands/CommandButton.tsx';
import { Chip } from '../../../ui/Chip.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Pane, PaneEnd, Panes } from '../../../ui/Panes.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { clickedRow } from '../../../ui/VirtualList.tsx';
import { formatCount } from '../../../ui/format.ts';
import { text } from '../../../ui/text.ts';
import { useVirtualRows } from '../../../ui/use-virtual-rows.ts';
import { estateCommand, openCommand } from '../commands.ts';
import { choose, filterInputId, focusGrid, jobGridId, needLine, setQuery, sortBy } from '../list-actions.ts';
import { openJob } from '../page-actions.ts';
import { useJobs } from '../store.ts';
import { JobRow, jobRowId } from './JobRow.tsx';
import { JobSummary } from './JobSummary.tsx';
import styles from './list.module.css';

const rowHeight = 36;
const headHeight = 32;
const statuses: readonly JobStatus[] = ['failed', 'completed_with_warnings', 'completed'];

/** All jobs, filtered and sorted, and beside them why the job in hand stands where it does. */
export function JobList(): ReactNode {
  return (
    <Panes name="jobs" widths={[340]} fixed="last" labels={[text.jobs.gate]}>
      <ListPane />
      <JobSummary />
    </Panes>
  );
}

function ListPane(): ReactNode {
  const { query, page } = useJobs();
  const all = statuses.reduce((sum, status) => sum + (page?.counts[status] ?? 0), 0);
  return (
    <Pane
      label={text.jobs.title}
      head={
        <>
          <h2>{text.jobs.title}</h2>
          <Chip pressed={query.status === null} onClick={() => setQuery({ status: null })}>
            {`${text.jobs.all} ${formatCount(all)}`}
          </Chip>
          {statuses.map((status) => (
            <Chip key={status} pressed={query.status === status} onClick={() => setQuery({ status })}>
              {`${text.jobs.status[status]} ${formatCount(page?.counts[status] ?? 0)}`}
            </Chip>
          ))}
          <PaneEnd>{text.jobs.foot(page?.total ?? 0, text.jobs.hours(page?.effortHours ?? 0))}</PaneEnd>
        </>
      }
      foot={
        <div className={styles.foot}>
          <CommandButton command={openCommand} kind="primary" />
          <CommandButton command={estateCommand} />
        </div>
      }
    >
      <Filter />
      <Grid />
    </Pane>
  );
}

function Filter(): ReactNode {
  const { query, page } = useJobs();
  const tools: readonly EtlTool[] = page?.tools ?? [];
  return (
    <div className={styles.filter}>
      <TextInput
        id={filterInputId}
        label={text.jobs.filter}
        placeholder={`${text.jobs.filter}  /`}
        value={query.filter}
        onText={(filter) => setQuery({ filter })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setQuery({ filter: '' });
          if (event.key === 'Escape' || event.key === 'Enter' || event.key === 'ArrowDown') {
            event.preventDefault();
            focusGrid();
          }
        }}
      />
      <Select<EtlTool | 'all'>
        label={text.jobs.tool}
        value={query.tool ?? 'all'}
        options={[{ value: 'all', label: text.jobs.allTools }, ...tools.map((tool) => ({ value: tool, label: tool }))]}
        onChange={(tool) => setQuery({ tool: tool === 'all' ? null : tool })}
      />
    </div>
  );
}

function Grid(): ReactNode {
  const { lines, page, currentId, loading, listError } = useJobs();
  const index = lines.findIndex((line) => line?.id === currentId);
  const { scroller, height, rows } = useVirtualRows(lines.length, rowHeight, index, headHeight);
  useEffect(() => {
    for (const row of rows) needLine(row.index);
  }, [rows]);
  if (listError !== null) return <ErrorNote error={listError} />;
  if (page?.total === 0 && !loading)
    return <EmptyState icon={<IconFilterOff size={32} stroke={1.4} />} title={text.jobs.noMatch} />;
  const at = (row: number | null): JobLine | undefined => lines[row ?? -1];
  return (
    <div
      ref={scroller}
      id={jobGridId}
      className={styles.grid}
      role="grid"
      tabIndex={0}
      aria-label={text.jobs.title}
      aria-rowcount={lines.length + 1}
      aria-colcount={jobSorts.length}
      aria-busy={loading}
      aria-activedescendant={index < 0 ? undefined : jobRowId(index)}
      onClick={(event) => {
        const line = at(clickedRow(event));
        if (line !== undefined) choose(line.id);
      }}
      onKeyDown={swallowSpace}
      onDoubleClick={(event) => void openJob(at(clickedRow(event))?.id ?? null)}
    >
      <div role="presentation" className={styles.body} style={{ height }}>
        <Head />
        {rows.map((row) => (
          <JobRow
            key={row.key}
            line={lines[row.index]}
            position={row.index}
            top={row.start}
            current={row.index === index}
          />
        ))}
      </div>
    </div>
  );
}

/** Space would scroll the list away from the job in hand. */
function swallowSpace(event: KeyboardEvent): void {
  if (event.key === ' ' && event.target === event.currentTarget) event.preventDefault();
}

function Head(): ReactNode {
  const { sort, descending } = useJobs((state) => state.query);
  return (
    <div role="row" aria-rowindex={1} className={styles.head}>
      {jobSorts.map((column) => (
        <span
          key={column}
          role="columnheader"
          aria-sort={sort !== column ? 'none' : descending ? 'descending' : 'ascending'}
          data-column={column}
        >
          <button type="button" title={text.jobs.sortBy(text.jobs.columns[column])} onClick={() => sortBy(column)}>
            {text.jobs.columns[column]}
            <span aria-hidden="true">{sort !== column ? '' : descending ? ' ↓' : ' ↑'}</span>
          </button>
        </span>
      ))}
    </div>
  );
}
