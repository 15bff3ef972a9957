import { IconDatabase, IconDatabaseImport, IconFileImport, IconTransform, IconWand } from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { InputRole } from '../../../shared/model/project.ts';
import { type DropTarget, useDropTarget } from '../../data/drop-target.ts';
import { reportFailure } from '../../data/notices.ts';
import { text } from '../../ui/text.ts';
import { addDropped } from './inputs.ts';
import styles from './import.module.css';

const areas: readonly { readonly id: InputRole | 'detect'; readonly icon: Icon }[] = [
  { id: 'detect', icon: IconWand },
  { id: 'source', icon: IconDatabase },
  { id: 'target', icon: IconDatabaseImport },
  { id: 'etl', icon: IconTransform },
];

/**
 * The whole window takes files: while they hang over it, three areas below offer a role; anywhere else detects it. A view
 * that takes files itself gets them instead.
 */
export function DropZone(): ReactNode {
  const target = useDropTarget((state) => state.target);
  const [over, setOver] = useState<InputRole | 'detect' | null>(null);
  useEffect(() => {
    const onOver = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setOver(areaAt(event));
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(null);
    };
    const onDrop = (event: DragEvent): void => {
      event.preventDefault();
      const area = areaAt(event);
      setOver(null);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      const taker = useDropTarget.getState().target;
      const taken = taker === null ? addDropped(files, area === 'detect' ? null : area) : taker.take(files);
      taken.catch(reportFailure);
    };
    window.addEventListener('dragenter', onOver);
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragenter', onOver);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  if (over === null) return null;
  if (target !== null) return <OneArea target={target} />;
  return (
    <div className={styles.drop} aria-hidden="true">
      {areas.map(({ id, icon: Sign }) => (
        <div key={id} className={styles.dropArea} data-area={id} data-over={over === id}>
          <Sign size={28} stroke={1.5} />
          <strong>
            {text.import.dropHere} {text.import.dropAs[id]}
          </strong>
          <span>{text.import.dropHints[id]}</span>
        </div>
      ))}
    </div>
  );
}

function OneArea({ target }: { readonly target: DropTarget }): ReactNode {
  return (
    <div className={styles.drop} aria-hidden="true">
      <div className={styles.dropArea} data-area="detect" data-over>
        <IconFileImport size={28} stroke={1.5} />
        <strong>{target.title}</strong>
        <span>{target.hint}</span>
      </div>
    </div>
  );
}

function areaAt(event: DragEvent): InputRole | 'detect' {
  const under = event.target instanceof Element ? event.target.closest('[data-area]') : null;
  const id = under?.getAttribute('data-area');
  return areas.find((area) => area.id === id)?.id ?? 'detect';
}
