import { IconSettings } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { goTo, useNavigation, viewIds } from '../commands/navigation.ts';
import { useProject } from '../data/project-store.ts';
import { formatCount } from '../ui/format.ts';
import { Tooltip } from '../ui/Tooltip.tsx';
import { text } from '../ui/text.ts';
import { SettingsPopover } from './SettingsPopover.tsx';
import { showSettings, useSettings } from './settings-store.ts';
import { views } from './views.ts';
import styles from './app.module.css';

/** The views at the left edge. A badge only where work waits. */
export function Rail(): ReactNode {
  const current = useNavigation((state) => state.view);
  const waiting = useProject((state) =>
    state.project?.run.status === 'interrupted' ? state.project.counts.pending : 0,
  );
  const settingsShown = useSettings((state) => state.shown);
  return (
    <nav className={styles.rail} aria-label={text.app.views}>
      <span className={styles.brand} aria-hidden="true">
        P
      </span>
      {viewIds.map((id) => {
        const { title, icon: Icon } = views[id];
        const badge = id === 'review' && waiting > 0 ? formatCount(waiting) : null;
        return (
          <Tooltip key={id} label={title} position="right">
            <button
              type="button"
              className={styles.railButton}
              aria-label={badge === null ? title : `${title}, ${text.run.toReview(waiting).toLowerCase()}`}
              aria-current={current === id ? 'page' : undefined}
              onClick={() => goTo(id)}
            >
              <Icon size={19} stroke={1.6} aria-hidden="true" />
              {badge === null ? null : <span className={styles.badge}>{badge}</span>}
            </button>
          </Tooltip>
        );
      })}
      <div className={styles.railEnd}>
        <SettingsPopover
          target={
            <button
              type="button"
              className={styles.railButton}
              aria-label={text.app.settings}
              aria-expanded={settingsShown}
              onClick={() => showSettings(!settingsShown)}
            >
              <IconSettings size={19} stroke={1.6} aria-hidden="true" />
            </button>
          }
        />
      </div>
    </nav>
  );
}
