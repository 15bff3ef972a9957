import { IconBooks } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import type { PackLine } from '../../../../shared/ipc/contract.ts';
import { CommandButton } from '../../../commands/CommandButton.tsx';
import { useTakeDrops } from '../../../data/drop-target.ts';
import { reportFailure } from '../../../data/notices.ts';
import { useProject } from '../../../data/project-store.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane, Panes } from '../../../ui/Panes.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { Tone } from '../../../ui/Tone.tsx';
import { VirtualList } from '../../../ui/VirtualList.tsx';
import { text } from '../../../ui/text.ts';
import { addCommand, createCommand } from '../commands.ts';
import { usePacks } from '../store.ts';
import styles from '../packs.module.css';
import { DeleteDialog } from './DeleteDialog.tsx';
import { PackPane } from './PackPane.tsx';
import { addDroppedPacks, choosePack, loadPacks } from './pack-actions.ts';

const words = text.packs;
const dropTarget = { title: words.drop, hint: words.dropHint, take: addDroppedPacks };

/** The shipped packs and someone's own, and the one in hand. */
export function PacksTab(): ReactNode {
  const { packs, folder, key } = usePacks();
  const domain = useProject((state) => state.project?.settings.domain ?? null);
  const fileName = useProject((state) => state.project?.fileName ?? null);
  useTakeDrops(dropTarget);
  useEffect(() => {
    loadPacks().catch(reportFailure);
  }, [domain, fileName]);
  if (packs === null) return <Skeleton />;
  const pack = packs.find((one) => one.key === key) ?? null;
  return (
    <>
      <Panes name="packs" widths={[300]} labels={[words.list]}>
        <Pane
          label={words.list}
          head={<h2>{words.list}</h2>}
          foot={
            <>
              <CommandButton command={createCommand} />
              <CommandButton command={addCommand} />
            </>
          }
        >
          <VirtualList
            id="packs-list"
            label={words.list}
            items={packs}
            keyOf={(one) => one.key}
            current={key}
            rowHeight={64}
            onChoose={(one) => choosePack(one.key)}
            row={(one) => <PackRow pack={one} />}
          />
          <p className={styles.folder} title={folder}>
            {words.folder(folder)}
          </p>
        </Pane>
        {pack === null ? (
          <Pane label={words.choose}>
            <EmptyState icon={<IconBooks size={32} stroke={1.4} />} title={words.choose} />
          </Pane>
        ) : (
          <PackPane key={pack.key} pack={pack} />
        )}
      </Panes>
      <DeleteDialog />
    </>
  );
}

function PackRow({ pack }: { readonly pack: PackLine }): ReactNode {
  const isChanged = usePacks((state) => state.drafts.has(pack.key));
  return (
    <span className={styles.packRow}>
      <strong title={pack.title}>{pack.title}</strong>
      <span className={styles.faint}>
        <code>{pack.id === '' ? pack.file : pack.id}</code> · {words[pack.origin]}
        {isChanged ? ` · ${words.unsaved}` : ''}
      </span>
      <PackNote pack={pack} />
    </span>
  );
}

function PackNote({ pack }: { readonly pack: PackLine }): ReactNode {
  if (pack.mistakes > 0) return <Tone tone="bad">{words.mistakes(pack.mistakes)}</Tone>;
  if (pack.used) return <Tone tone="ok">{words.used}</Tone>;
  return <span className={styles.faint}>{pack.replaced ? words.replaced : words.size(pack.tables, pack.words)}</span>;
}
