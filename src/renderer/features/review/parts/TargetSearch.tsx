import { useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { Output } from '../../../../shared/ipc/contract.ts';
import { columnKey } from '../../../../shared/model/schema.ts';
import type { ColumnRef } from '../../../../shared/model/schema.ts';
import { call } from '../../../data/client.ts';
import { reportFailure } from '../../../data/notices.ts';
import { useLoaded } from '../../../data/use-loaded.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { clickedRow } from '../../../ui/VirtualList.tsx';
import { text } from '../../../ui/text.ts';
import { chooseTarget } from '../item-actions.ts';
import { useReview } from '../store.ts';
import styles from '../review.module.css';

const close = (): void => useReview.setState({ dialog: 'none' });
const listId = 'target-search-list';

/** Any target column by name: for what no candidate got right. */
export function TargetSearch(): ReactNode {
  const opened = useReview((state) => state.dialog === 'search');
  return (
    <Dialog opened={opened} onClose={close} title={text.review.searchTitle} size={640}>
      {opened ? <SearchList /> : null}
    </Dialog>
  );
}

function SearchList(): ReactNode {
  const [words, setWords] = useState('');
  const [active, setActive] = useState(0);
  const found = useLoaded(`search ${words}`, () => call('schema.searchTargets', { text: words, limit: 50 }));
  const columns = found.value?.columns ?? [];
  const choose = (ref: ColumnRef | undefined): void => {
    if (ref === undefined) return;
    close();
    chooseTarget(ref).catch(reportFailure);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by !== 0) {
      event.preventDefault();
      setActive((at) => Math.min(columns.length - 1, Math.max(0, at + by)));
    }
    if (event.key === 'Enter') choose(columns[active]?.ref);
  };
  return (
    <>
      <TextInput
        data-autofocus
        label={text.review.searchLabel}
        placeholder={text.review.searchLabel}
        value={words}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={columns.length === 0 ? undefined : `${listId}-${active}`}
        onText={(next) => {
          setWords(next);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      {found.error === null ? null : <ErrorNote error={found.error} />}
      <div
        id={listId}
        role="listbox"
        aria-label={text.review.searchTitle}
        className={styles.found}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        onClick={(event) => choose(columns[clickedRow(event) ?? -1]?.ref)}
      >
        {columns.map((column, index) => (
          <FoundColumn key={columnKey(column.ref)} column={column} index={index} active={index === active} />
        ))}
        {columns.length === 0 && !found.loading ? <p className={styles.faint}>{text.review.searchNone}</p> : null}
      </div>
    </>
  );
}

interface FoundColumnProps {
  readonly column: Output<'schema.searchTargets'>['columns'][number];
  readonly index: number;
  readonly active: boolean;
}

function FoundColumn({ column, index, active }: FoundColumnProps): ReactNode {
  return (
    <div
      id={`${listId}-${index}`}
      role="option"
      aria-selected={active}
      className={styles.foundItem}
      ref={active ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
      data-row={index}
      tabIndex={-1}
    >
      <code>{columnKey(column.ref)}</code>
      <span>{column.rawType}</span>
      <span className={styles.because}>{column.comment ?? ''}</span>
    </div>
  );
}
