/** Which mappings the loaded queue belongs to: another project, or mappings made anew, ask for a new list. */
import type { ProjectView, QueueItem } from '../../../shared/ipc/contract.ts';
import { useProject } from '../../data/project-store.ts';
import { resetSession } from './decide-actions.ts';
import { loadQueue } from './queue-actions.ts';
import { initialReview, useReview } from './store.ts';

interface Version {
  readonly fileName: string;
  readonly mappings: number;
  readonly status: string;
}

let loaded: Version | null = null;

/** Changes when the queue may have to be loaded anew. */
export function versionKey(project: ProjectView | null): string {
  return project === null ? '' : `${project.fileName} ${project.counts.mappings} ${project.run.status}`;
}

/** Loads the queue where it is not that of the current mappings. */
export function refreshQueue(): void {
  const { project } = useProject.getState();
  if (project === null || project.counts.mappings === 0) return;
  const version = { fileName: project.fileName, mappings: project.counts.mappings, status: project.run.status };
  const same =
    loaded?.fileName === version.fileName && loaded.mappings === version.mappings && loaded.status === version.status;
  if (same) return;
  if (loaded?.fileName !== version.fileName) {
    resetSession();
    useReview.setState(initialReview);
  }
  loaded = version;
  void loadQueue();
}

/** Shows one mapping, whatever its state, in a list of those with its name. */
export function showMapping(item: QueueItem): void {
  refreshQueue();
  useReview.setState({
    filter: item.made === null ? item.source.column : (item.target?.column ?? ''),
    show: 'all',
    currentId: item.id,
  });
  void loadQueue();
}
