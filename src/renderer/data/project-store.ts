/** The project as the main process last told it. Every view reads it; only replies and events write it. */
import { create } from 'zustand';
import type { ProjectView, RunView } from '../../shared/ipc/contract.ts';
import type { Output } from '../../shared/ipc/contract.ts';
import { call, on } from './client.ts';
import { reportFailure } from './notices.ts';

interface ProjectState {
  readonly loaded: boolean;
  readonly project: ProjectView | null;
  /** Grows whenever main tells the whole project: what was asked about it may be out of date. */
  readonly revision: number;
  readonly info: Output<'app.info'> | null;
}

export const useProject = create<ProjectState>(() => ({ loaded: false, project: null, revision: 0, info: null }));

/** Takes a whole project over, as replies of the project and input routes give it. */
export function setProject(project: ProjectView | null): void {
  useProject.setState(({ revision }) => ({ project, loaded: true, revision: revision + 1 }));
}

/** Takes the state of the run over and leaves the rest of the project as it is. */
export function setRun(run: RunView): void {
  useProject.setState(({ project }) => (project === null ? {} : { project: { ...project, run } }));
}

/** Adjusts what is left to review at once, before main tells the whole project again. */
export function setPending(pending: number): void {
  useProject.setState(({ project }) => {
    if (project === null) return {};
    const { counts } = project;
    return {
      project: {
        ...project,
        counts: { ...counts, pending, decided: Math.max(0, counts.decided + counts.pending - pending) },
      },
    };
  });
}

/** Loads the current project and follows its events; the result stops following. */
export function followProject(): () => void {
  const stopProject = on('project.changed', setProject);
  const stopRun = on('run.progress', setRun);
  call('app.info', {}).then((info) => useProject.setState({ info }), reportFailure);
  call('project.current', {}).then(setProject, (error: unknown) => {
    setProject(null);
    reportFailure(error);
  });
  return () => {
    stopProject();
    stopRun();
  };
}
