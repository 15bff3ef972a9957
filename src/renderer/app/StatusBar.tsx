import type { ReactNode } from 'react';
import type { ViewId } from '../commands/navigation.ts';
import { useNavigation } from '../commands/navigation.ts';
import { useProject } from '../data/project-store.ts';
import { formatPlural } from '../ui/format.ts';
import { text } from '../ui/text.ts';
import { useSchemas } from '../features/schemas/store.ts';
import styles from './app.module.css';

const keysOf: Readonly<Record<ViewId, readonly string[]>> = {
  import: ['F5 run', 'Ctrl O open'],
  run: ['F5 run', 'Ctrl 4 review'],
  schemas: ['1–5 parts', '/ search'],
  review: ['J K move', '1–5 candidate', 'A approve', 'U undo'],
  jobs: [],
  output: ['Ctrl E export'],
  history: [],
  accuracy: [],
  packs: ['1–2 parts', 'Y YAML', '/ search'],
};

/** Keys of one part of the schemas: only some show one side. */
const keysOfTab: Readonly<Record<ReturnType<typeof useSchemas.getState>['tab'], readonly string[]>> = {
  tables: ['S side'],
  quality: ['S side'],
  diagram: ['S side', 'L list'],
  problems: [],
  changes: ['X swap', 'C copy', 'E export'],
};

/** Project file, counts, model state and the keys of this view. */
export function StatusBar(): ReactNode {
  const project = useProject((state) => state.project);
  const info = useProject((state) => state.info);
  const view = useNavigation((state) => state.view);
  const tab = useSchemas((state) => state.tab);
  const keys = view === 'schemas' ? [...keysOfTab[tab], ...keysOf[view]] : keysOf[view];
  return (
    <footer className={styles.status}>
      <span>{project?.fileName ?? text.app.noProject}</span>
      {project === null || project.counts.sourceTables === 0 ? null : (
        <span>
          {formatPlural(project.counts.sourceColumns, 'column')} · {formatPlural(project.counts.sourceTables, 'table')}
        </span>
      )}
      {info === null ? null : (
        <span>
          {info.embeddings} · {info.model === '' ? text.app.noModel : info.model}
        </span>
      )}
      <span className={styles.statusEnd}>
        {[...keys, text.app.moreKeys].map((key) => (
          <span key={key}>{key}</span>
        ))}
      </span>
    </footer>
  );
}
