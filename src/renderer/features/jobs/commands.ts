import type { Command } from '../../commands/command.ts';
import { useProject } from '../../data/project-store.ts';
import { text } from '../../ui/text.ts';
import { discardDraft, restoreGenerated, savePipeline } from './edit-actions.ts';
import { focusFilter, moveLine } from './list-actions.ts';
import {
  backToList,
  followEdge,
  moveNode,
  nextNodeWithIssue,
  openEstate,
  openJob,
  showTab,
  stepPipeline,
} from './page-actions.ts';
import { cancelTrial, isRunning, runPipeline } from './trial-actions.ts';
import { currentText, hasDraft, useJobs } from './store.ts';

const { commands: titles, why } = text.jobs;
const view = 'jobs' as const;

const onPage = (): true | string => (useJobs.getState().screen === 'job' ? true : why.notOpen);
const onList = (): true | string => (useJobs.getState().screen === 'list' ? true : why.noJob);

function canSave(): true | string {
  const state = useJobs.getState();
  if (onPage() !== true) return why.notOpen;
  if (state.saving) return why.saving;
  if (!hasDraft(state)) return why.noDraft;
  if (useProject.getState().project?.run.status === 'running') return why.running;
  const { check } = state;
  return check !== null && check.yaml === currentText(state) && check.gate === null ? why.broken : true;
}

function move(by: number): void {
  const { screen } = useJobs.getState();
  if (screen === 'list') moveLine(by);
  else if (screen === 'job') moveNode(by);
}

function follow(direction: 'from' | 'to'): void {
  if (useJobs.getState().screen === 'job') followEdge(direction);
}

export const openCommand: Command = {
  id: 'jobs.open',
  view,
  title: titles.open,
  keys: ['Enter'],
  when: () => (onList() === true && useJobs.getState().currentId !== null ? true : why.noJob),
  run: () => openJob(useJobs.getState().currentId),
};
export const backCommand: Command = {
  id: 'jobs.back',
  view,
  title: titles.back,
  keys: ['Escape'],
  keyOnly: true,
  run: () => {
    if (useJobs.getState().screen !== 'list') backToList();
  },
};
export const estateCommand: Command = {
  id: 'jobs.estate',
  view,
  title: titles.estate,
  keys: ['g'],
  run: openEstate,
};
export const saveCommand: Command = {
  id: 'jobs.save',
  view,
  title: titles.save,
  keys: ['Mod+s'],
  when: canSave,
  run: savePipeline,
};
export const discardCommand: Command = {
  id: 'jobs.discard',
  view,
  title: titles.discard,
  when: () => (hasDraft(useJobs.getState()) ? true : why.noDraft),
  run: discardDraft,
};
export const restoreCommand: Command = {
  id: 'jobs.restore',
  view,
  title: titles.restore,
  when: () => (useJobs.getState().pipeline?.generated == null ? why.notEdited : true),
  run: restoreGenerated,
};

const tabCommands: readonly Command[] = (['graph', 'list', 'yaml', 'changes'] as const).map((tab, index) => ({
  id: `jobs.${tab}`,
  view,
  title: titles[tab],
  keys: [String(index + 1)],
  when: onPage,
  run: () => showTab(tab),
}));

const severalPipelines = (): true | string =>
  (useJobs.getState().job?.pipelines.length ?? 0) > 1 && onPage() === true ? true : why.onePipeline;

export const runTrialCommand: Command = {
  id: 'jobs.runPipeline',
  view,
  title: titles.runPipeline,
  keys: ['r'],
  when: () => (isRunning(useJobs.getState().trial) ? why.trialRuns : onPage()),
  run: runPipeline,
};
export const cancelTrialCommand: Command = {
  id: 'jobs.cancelPipeline',
  view,
  title: titles.cancelPipeline,
  when: () => (isRunning(useJobs.getState().trial) ? true : why.noTrial),
  run: cancelTrial,
};

export const jobCommands: readonly Command[] = [
  runTrialCommand,
  cancelTrialCommand,
  {
    id: 'jobs.assumed',
    view,
    title: titles.assumed,
    keys: ['a'],
    when: onPage,
    run: () => useJobs.setState({ side: 'settings' }),
  },
  openCommand,
  backCommand,
  estateCommand,
  ...tabCommands,
  {
    id: 'jobs.issues',
    view,
    title: titles.issues,
    keys: ['i'],
    when: onPage,
    run: () => useJobs.setState({ side: 'issues' }),
  },
  {
    id: 'jobs.nextIssue',
    view,
    title: titles.nextIssue,
    keys: ['n'],
    when: () => (useJobs.getState().pipeline?.nodes.some((node) => node.issues > 0) === true ? true : why.noIssue),
    run: nextNodeWithIssue,
  },
  {
    id: 'jobs.nextPipeline',
    view,
    title: titles.nextPipeline,
    keys: [']'],
    when: severalPipelines,
    run: () => stepPipeline(1),
  },
  {
    id: 'jobs.previousPipeline',
    view,
    title: titles.previousPipeline,
    keys: ['['],
    when: severalPipelines,
    run: () => stepPipeline(-1),
  },
  saveCommand,
  discardCommand,
  restoreCommand,
  { id: 'jobs.down', view, title: titles.down, keys: ['j', 'ArrowDown'], keyOnly: true, run: () => move(1) },
  { id: 'jobs.up', view, title: titles.up, keys: ['k', 'ArrowUp'], keyOnly: true, run: () => move(-1) },
  {
    id: 'jobs.right',
    view,
    title: titles.right,
    keys: ['ArrowRight'],
    keyOnly: true,
    run: () => follow('to'),
  },
  {
    id: 'jobs.left',
    view,
    title: titles.left,
    keys: ['ArrowLeft'],
    keyOnly: true,
    run: () => follow('from'),
  },
  { id: 'jobs.pageDown', view, title: titles.downTen, keys: ['PageDown'], keyOnly: true, run: () => move(10) },
  { id: 'jobs.pageUp', view, title: titles.upTen, keys: ['PageUp'], keyOnly: true, run: () => move(-10) },
  { id: 'jobs.filter', view, title: titles.filter, keys: ['/'], when: onList, run: focusFilter },
];
