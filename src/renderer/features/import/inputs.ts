/** What can be done with the inputs of a project. Each reply is the whole project. */
import type { Dialect } from '../../../shared/model/schema.ts';
import type { InputRole } from '../../../shared/model/project.ts';
import { goTo } from '../../commands/navigation.ts';
import { call, grant } from '../../data/client.ts';
import { announce, notify, reportFailure } from '../../data/notices.ts';
import { setProject, useProject } from '../../data/project-store.ts';
import { text } from '../../ui/text.ts';

/** Where no project is open, asks for a place for a new one. False: the user did not want one. */
async function ensureProject(): Promise<boolean> {
  if (useProject.getState().project !== null) return true;
  const project = await call('project.new', {});
  if (project !== null) setProject(project);
  return project !== null;
}

/** Adds files by the system's dialog. */
export async function chooseFiles(role: InputRole | null): Promise<void> {
  if (!(await ensureProject())) return;
  goTo('import');
  setProject(await call('inputs.choose', { role }));
}

/** Adds dropped files and folders; those that cannot be read are named with the reason, the rest is kept. */
export async function addDropped(files: readonly File[], role: InputRole | null): Promise<void> {
  // Grants first: the browser invalidates dropped files once a dialog has taken the focus.
  const replies = await grant(files);
  for (const reply of replies) {
    if (reply.message !== null) notify('bad', reply.message);
  }
  const grants = replies.flatMap((reply) => (reply.grant === null ? [] : [reply.grant]));
  if (grants.length === 0 || !(await ensureProject())) return;
  goTo('import');
  setProject(await call('inputs.add', { grants, role }));
  announce(text.import.added(grants.length));
}

export function changeRole(id: string, role: InputRole): void {
  call('inputs.update', { id, role }).then(setProject, reportFailure);
}

/** Null: detect. */
export function changeDialect(id: string, dialect: Dialect | null): void {
  call('inputs.update', { id, dialect }).then(setProject, reportFailure);
}

export function removeInput(id: string): void {
  call('inputs.remove', { id }).then(setProject, reportFailure);
}
