import type { ReactNode } from 'react';
import { useProject } from '../data/project-store.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { openPalette } from '../ui/Palette.tsx';
import { Tooltip } from '../ui/Tooltip.tsx';
import { text } from '../ui/text.ts';
import { NodeStrip } from './NodeStrip.tsx';
import styles from './app.module.css';

/** Project, search, the eight steps and whether anything can reach the network. */
export function Header(): ReactNode {
  const title = useProject((state) => state.project?.title ?? null);
  const offline = useProject((state) => state.info?.offline ?? null);
  return (
    <header className={styles.header}>
      <span className={styles.project} title={title ?? undefined}>
        <ProjectTitle title={title ?? text.app.name} />
      </span>
      <button type="button" className={styles.search} onClick={openPalette} aria-keyshortcuts="Control+K">
        {text.app.search} <Kbd>Ctrl K</Kbd>
      </button>
      <NodeStrip />
      {offline === null ? null : (
        <Tooltip label={offline ? text.app.offlineWhy : text.app.onlineWhy}>
          <span className={`${styles.offline} ${offline ? '' : styles.online}`}>
            ● {offline ? text.app.offline : text.app.online}
            <span className="visually-hidden">: {offline ? text.app.offlineWhy : text.app.onlineWhy}</span>
          </span>
        </Tooltip>
      )}
    </header>
  );
}

/** "Customer / job": the customer in full weight, the job beside it. */
function ProjectTitle({ title }: { readonly title: string }): ReactNode {
  const slash = title.indexOf(' / ');
  if (slash === -1) return title;
  return (
    <>
      {title.slice(0, slash)} <span>{title.slice(slash + 1)}</span>
    </>
  );
}
