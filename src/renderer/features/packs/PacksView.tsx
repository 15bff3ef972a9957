import type { ReactNode } from 'react';
import { Chip } from '../../ui/Chip.tsx';
import { text } from '../../ui/text.ts';
import { LessonsTab } from './lessons/LessonsTab.tsx';
import { PacksTab } from './packs/PacksTab.tsx';
import { tabs, usePacks } from './store.ts';
import styles from './packs.module.css';

/** What matching knows beforehand: domain packs to read and to edit, and the lessons of earlier decisions. */
export function PacksView(): ReactNode {
  const tab = usePacks((state) => state.tab);
  return (
    <div className={styles.view}>
      <div className={styles.bar} role="group" aria-label={text.packs.part}>
        {tabs.map((one) => (
          <Chip key={one} pressed={tab === one} onClick={() => usePacks.setState({ tab: one })}>
            {text.packs.tabs[one]}
          </Chip>
        ))}
      </div>
      {tab === 'packs' ? <PacksTab /> : <LessonsTab />}
    </div>
  );
}
