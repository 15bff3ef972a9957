/** What the jobs part of the window shows: the list, the job in hand with its pipeline, drafts, the estate. */
import { create } from 'zustand';
import type { ErrorShape } from '../../../shared/errors.ts';
import type { JobLine, JobSort, JobStatus, Output } from '../../../shared/ipc/contract.ts';
import type { EtlTool } from '../../../shared/model/etl.ts';

export type Tab = 'graph' | 'list' | 'yaml' | 'changes';
export const sides = ['node', 'run', 'settings', 'issues'] as const;
export type Side = (typeof sides)[number];
export type TrialRows = 'files' | 'generated';
export type PipelineData = Output<'jobs.pipeline'>;

export interface Query {
  readonly filter: string;
  readonly status: JobStatus | null;
  readonly tool: EtlTool | null;
  readonly sort: JobSort;
  readonly descending: boolean;
}

/** What the main process says of a text. */
export interface Check extends Output<'jobs.check'> {
  readonly fileName: string;
  readonly yaml: string;
}

export interface Trial {
  readonly fileName: string;
  /** Null while it goes. */
  readonly result: Output<'jobs.run'> | null;
}

interface JobsState {
  readonly screen: 'list' | 'job' | 'estate';
  readonly query: Query;
  /** As long as the whole list; undefined where a page has not been asked for. */
  readonly lines: readonly (JobLine | undefined)[];
  readonly page: Omit<Output<'jobs.list'>, 'jobs'> | null;
  readonly listError: ErrorShape | null;
  readonly loading: boolean;
  readonly currentId: string | null;
  /** Of the current line in the list, or of the open page. */
  readonly job: Output<'jobs.job'> | null;
  readonly jobError: ErrorShape | null;
  readonly fileName: string | null;
  readonly pipeline: PipelineData | null;
  readonly nodeId: string | null;
  readonly tab: Tab;
  readonly side: Side;
  /** The last run of the pipeline in hand, or the one that is going. */
  readonly trial: Trial | null;
  readonly trialRows: TrialRows;
  readonly trialCount: number;
  /** A setting of the source system that is being changed. */
  readonly setting: string | null;
  /** Texts that were changed and not saved, by pipeline. */
  readonly drafts: ReadonlyMap<string, string>;
  readonly check: Check | null;
  /** The line that the editor is to show; the count makes the same line twice two jumps. */
  readonly jump: { readonly line: number; readonly count: number } | null;
  readonly saving: boolean;
  readonly estate: Output<'jobs.estate'> | null;
  readonly estateError: ErrorShape | null;
}

export const initialJobs: JobsState = {
  screen: 'list',
  query: { filter: '', status: null, tool: null, sort: 'file', descending: false },
  lines: [],
  page: null,
  listError: null,
  loading: false,
  currentId: null,
  job: null,
  jobError: null,
  fileName: null,
  pipeline: null,
  nodeId: null,
  tab: 'graph',
  side: 'node',
  trial: null,
  trialRows: 'files',
  trialCount: 1000,
  setting: null,
  drafts: new Map(),
  check: null,
  jump: null,
  saving: false,
  estate: null,
  estateError: null,
};

export const useJobs = create<JobsState>(() => initialJobs);

/** The text of the pipeline in hand as it stands in the editor. */
export function currentText(state: Pick<JobsState, 'drafts' | 'fileName' | 'pipeline'>): string {
  return (state.fileName === null ? undefined : state.drafts.get(state.fileName)) ?? state.pipeline?.yaml ?? '';
}

/** True where the text in hand was changed and not saved. */
export function hasDraft({ drafts, fileName }: Pick<JobsState, 'drafts' | 'fileName'>): boolean {
  return fileName !== null && drafts.has(fileName);
}
