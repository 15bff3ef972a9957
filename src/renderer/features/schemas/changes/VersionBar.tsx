import type { ReactNode } from 'react';
import { CommandButton } from '../../../commands/CommandButton.tsx';
import { Select } from '../../../ui/Select.tsx';
import { text } from '../../../ui/text.ts';
import { patchCompare, useSchemas } from '../store.ts';
import styles from '../schemas.module.css';
import { useVersions } from './compare-actions.ts';
import { compareFile, copyAll, saveAll, swap } from './compare-commands.ts';

const words = text.changes;

/** Which two versions are compared, and what can be done with what they differ in. */
export function VersionBar(): ReactNode {
  return (
    <div className={styles.bar}>
      <span className={styles.versions}>
        <VersionSelect end="before" />
        <span aria-hidden="true">→</span>
        <VersionSelect end="after" />
        <CommandButton command={swap} kind="quiet" label={words.swap} />
      </span>
      <span className={styles.chips}>
        <CommandButton command={compareFile} label={words.compareFile} />
        <CommandButton command={copyAll} label={words.copy} />
        <CommandButton command={saveAll} label={words.save} />
      </span>
    </div>
  );
}

function VersionSelect({ end }: { readonly end: 'before' | 'after' }): ReactNode {
  const chosen = useSchemas((state) => state.compare[end]);
  const versions = useVersions((state) => state.versions) ?? [];
  const options = versions.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Select
      label={words[end]}
      value={chosen ?? ''}
      options={chosen === null ? [{ value: '', label: words.choose }, ...options] : options}
      onChange={(id) => patchCompare({ [end]: id === '' ? null : id })}
    />
  );
}
