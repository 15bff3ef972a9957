/** Actions on the project as a whole, used by several views. */
import { call } from '../data/client.ts';
import { setProject, setRun, useProject } from '../data/project-store.ts';
import { text } from '../ui/text.ts';
import type { Command } from './command.ts';
import { goTo } from './navigation.ts';

const hasProject = (): true | string => (useProject.getState().project === null ? text.why.noProject : true);

function canRun(): true | string {
  const { project } = useProject.getState();
  if (project === null) return text.why.noProject;
  if (project.run.status === 'running') return text.why.running;
  if (project.inputs.length === 0) return text.why.noInputs;
  if (project.inputs.some((input) => input.status === 'reading')) return text.why.reading;
  return project.inputs.some((input) => input.status === 'ready') ? true : text.why.nothingReady;
}

async function take(route: 'project.new' | 'project.open' | 'project.openSample'): Promise<void> {
  const project = await call(route, {});
  if (project === null) return;
  setProject(project);
  goTo(project.run.status === 'interrupted' ? 'review' : 'import');
}

export const newProject: Command = {
  id: 'project.new',
  title: text.commands.newProject,
  keys: ['Mod+n'],
  run: () => take('project.new'),
};
export const openProject: Command = {
  id: 'project.open',
  title: text.commands.openProject,
  keys: ['Mod+o'],
  run: () => take('project.open'),
};
export const openSample: Command = {
  id: 'project.openSample',
  title: text.commands.openSample,
  run: () => take('project.openSample'),
};

export const closeProject: Command = {
  id: 'project.close',
  title: text.commands.closeProject,
  when: hasProject,
  run: async () => {
    await call('project.close', {});
    setProject(null);
    goTo('import');
  },
};

export const startRun: Command = {
  id: 'run.start',
  title: text.commands.startRun,
  keys: ['F5'],
  when: canRun,
  run: async () => {
    goTo('run');
    setRun(await call('run.start', {}));
  },
};

export const cancelRun: Command = {
  id: 'run.cancel',
  title: text.commands.cancelRun,
  when: () => (useProject.getState().project?.run.status === 'running' ? true : text.why.notRunning),
  run: async () => setRun(await call('run.cancel', {})),
};

export const projectCommands: readonly Command[] = [
  newProject,
  openProject,
  openSample,
  closeProject,
  startRun,
  cancelRun,
];
