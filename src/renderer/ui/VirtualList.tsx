import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { placeAfterKey } from './place-after-key.ts';
import { useVirtualRows } from './use-virtual-rows.ts';
import styles from './virtual-list.module.css';

interface VirtualListProps<T> {
  readonly id: string;
  readonly label: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  readonly current: string | null;
  readonly rowHeight: number;
  readonly onChoose: (item: T) => void;
  readonly row: (item: T) => ReactNode;
}

/** A list box of any length: one tab stop, arrows choose, only what is seen is drawn. Letters are left to the view. */
export function VirtualList<T>(props: VirtualListProps<T>): ReactNode {
  const { id, label, items, keyOf, current, rowHeight, onChoose, row } = props;
  const index = items.findIndex((item) => keyOf(item) === current);
  const { scroller, height, rows } = useVirtualRows(items.length, rowHeight, index);
  const choose = (at: number | null): boolean => {
    const item = at === null ? undefined : items[at];
    if (item !== undefined) onChoose(item);
    return item !== undefined;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (choose(placeAfterKey(event.key, index, items.length))) event.preventDefault();
  };
  return (
    <div
      ref={scroller}
      id={id}
      className={styles.list}
      role="listbox"
      data-letters="free"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={index < 0 ? undefined : `${id}-${index}`}
      onKeyDown={onKeyDown}
      onClick={(event) => choose(clickedRow(event))}
    >
      <div role="presentation" style={{ height, position: 'relative' }}>
        {rows.map((place) => {
          const item = items[place.index];
          return item === undefined ? null : (
            <div
              key={place.key}
              id={`${id}-${place.index}`}
              role="option"
              tabIndex={-1}
              aria-selected={place.index === index}
              aria-setsize={items.length}
              aria-posinset={place.index + 1}
              data-row={place.index}
              className={styles.row}
              style={{ height: rowHeight, transform: `translateY(${place.start}px)` }}
            >
              {row(item)}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The index of the row (an element with `data-row`) that was clicked in a list. */
export function clickedRow(event: MouseEvent): number | null {
  const row = event.target instanceof Element ? event.target.closest('[data-row]') : null;
  const index = row?.getAttribute('data-row');
  return index === null || index === undefined ? null : Number(index);
}
