/** Filling and moving through the job list. */
import { toErrorShape } from '../../../shared/errors.ts';
import type { JobLine, JobSort } from '../../../shared/ipc/contract.ts';
import { call } from '../../data/client.ts';
import { reportFailure } from '../../data/notices.ts';
import { type Query, initialJobs, useJobs } from './store.ts';

const pageSize = 200;
export const filterInputId = 'jobs-filter';
export const jobGridId = 'jobs-grid';

let asked = 0;

/** Asks for the list anew; the line in hand stays where it is still there. */
export async function loadJobs(): Promise<void> {
  asked += 1;
  const mine = asked;
  useJobs.setState({ loading: true });
  try {
    const { jobs, ...page } = await call('jobs.list', { ...useJobs.getState().query, offset: 0, limit: pageSize });
    if (mine !== asked) return;
    const lines: (JobLine | undefined)[] = Array.from({ length: page.total });
    lines.splice(0, jobs.length, ...jobs);
    const { currentId } = useJobs.getState();
    const known = jobs.some((line) => line.id === currentId);
    useJobs.setState({ lines, page, loading: false, listError: null });
    if (!known && useJobs.getState().screen === 'list') choose(jobs[0]?.id ?? null);
    else await loadJob();
  } catch (thrown) {
    if (mine === asked) useJobs.setState({ loading: false, listError: toErrorShape(thrown) });
  }
}

const pending = new Set<string>();

/** Makes sure that the lines around `index` are there. */
export function needLine(index: number): void {
  const { lines, query } = useJobs.getState();
  if (lines[index] !== undefined || index >= lines.length) return;
  const offset = Math.floor(index / pageSize) * pageSize;
  const key = `${asked} ${offset}`;
  if (pending.has(key)) return;
  pending.add(key);
  const mine = asked;
  call('jobs.list', { ...query, offset, limit: pageSize })
    .then(({ jobs }) => {
      if (mine !== asked) return;
      const filled = [...useJobs.getState().lines];
      filled.splice(offset, jobs.length, ...jobs);
      useJobs.setState({ lines: filled });
    }, reportFailure)
    .finally(() => pending.delete(key));
}

export function setQuery(patch: Partial<Query>): void {
  useJobs.setState(({ query }) => ({ query: { ...query, ...patch } }));
  void loadJobs();
}

/** Sorts by a column; the same column again turns the order around. */
export function sortBy(sort: JobSort): void {
  const { query } = useJobs.getState();
  setQuery({ sort, descending: query.sort === sort ? !query.descending : false });
}

export function choose(id: string | null): void {
  if (useJobs.getState().currentId === id && useJobs.getState().job?.line.id === id) return;
  useJobs.setState({ currentId: id });
  void loadJob();
}

/** Loads the facts about the job in hand. */
export async function loadJob(): Promise<void> {
  const { currentId } = useJobs.getState();
  if (currentId === null) {
    useJobs.setState({ job: null, jobError: null });
    return;
  }
  try {
    const job = await call('jobs.job', { id: currentId });
    if (useJobs.getState().currentId === currentId) useJobs.setState({ job, jobError: null });
  } catch (thrown) {
    if (useJobs.getState().currentId === currentId) useJobs.setState({ job: null, jobError: toErrorShape(thrown) });
  }
}

export function moveLine(by: number): void {
  const { lines, currentId } = useJobs.getState();
  const at = lines.findIndex((line) => line?.id === currentId);
  const next = Math.min(lines.length - 1, Math.max(0, at + by));
  const line = lines[next];
  if (line === undefined) needLine(next);
  else choose(line.id);
}

export function focusFilter(): void {
  document.getElementById(filterInputId)?.focus();
}

export function focusGrid(): void {
  document.getElementById(jobGridId)?.focus();
}

/** Forgets everything: another project. */
export function resetJobs(): void {
  asked += 1;
  useJobs.setState(initialJobs);
}
