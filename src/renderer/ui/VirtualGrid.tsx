import { useEffect } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { clickedRow } from './VirtualList.tsx';
import { placeAfterKey } from './place-after-key.ts';
import { text } from './text.ts';
import { useLateChoice } from './use-late-choice.ts';
import { useVirtualRows } from './use-virtual-rows.ts';
import styles from './virtual-list.module.css';

export interface GridColumn<T, C extends string> {
  readonly id: C;
  readonly title: string;
  /** Said on hover of the head. */
  readonly why?: string;
  readonly number?: boolean;
  readonly cell: (item: T) => ReactNode;
}

interface VirtualGridProps<T, C extends string> {
  readonly id: string;
  readonly label: string;
  readonly columns: readonly GridColumn<T, C>[];
  /** As `grid-template-columns`. */
  readonly template: string;
  /** Undefined where an item has not been loaded. */
  readonly items: readonly (T | undefined)[];
  readonly current: number;
  readonly onChoose: (item: T, index: number) => void;
  readonly onNeed?: (index: number) => void;
  readonly sort?: { readonly by: C; readonly descending: boolean };
  readonly onSort?: (column: C) => void;
}

const rowHeight = 32;

/** A table of any length to read and to sort: arrows choose rows, the heads are buttons, only what is seen is drawn. */
export function VirtualGrid<T, C extends string>(props: VirtualGridProps<T, C>): ReactNode {
  const { id, label, columns, template, items, current, onChoose, onNeed } = props;
  const { scroller, height, rows } = useVirtualRows(items.length, rowHeight, current, rowHeight);
  useEffect(() => {
    for (const place of rows) if (items[place.index] === undefined) onNeed?.(place.index);
  }, [rows, items, onNeed]);
  const choose = useLateChoice(items, onChoose, onNeed);
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = event.target === event.currentTarget ? placeAfterKey(event.key, current, items.length) : null;
    if (to === null) return;
    event.preventDefault();
    choose(to);
  };
  return (
    <div
      ref={scroller}
      id={id}
      className={styles.grid}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={items.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={items[current] === undefined ? undefined : `${id}-${current}`}
      onKeyDown={onKeyDown}
      onClick={(event) => choose(clickedRow(event) ?? -1)}
    >
      <Head {...props} />
      <div role="rowgroup" className={styles.gridBody} style={{ height: height - rowHeight }}>
        {rows.map((place) => {
          const item = items[place.index];
          return (
            <div
              key={place.key}
              id={`${id}-${place.index}`}
              role="row"
              aria-rowindex={place.index + 2}
              aria-selected={place.index === current}
              data-row={place.index}
              className={`${styles.row} ${styles.gridRow}`}
              style={{
                height: rowHeight,
                transform: `translateY(${place.start - rowHeight}px)`,
                gridTemplateColumns: template,
              }}
            >
              <Cells columns={columns} item={item} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface CellsProps<T, C extends string> {
  readonly columns: readonly GridColumn<T, C>[];
  readonly item: T | undefined;
}

function Cells<T, C extends string>({ columns, item }: CellsProps<T, C>): ReactNode {
  return columns.map((column) => (
    <span key={column.id} role="gridcell" className={column.number === true ? styles.number : undefined}>
      {item === undefined ? '' : column.cell(item)}
    </span>
  ));
}

function Head<T, C extends string>({ columns, template, sort, onSort }: VirtualGridProps<T, C>): ReactNode {
  return (
    <div role="rowgroup" className={styles.gridTop}>
      <div role="row" aria-rowindex={1} className={styles.gridHead} style={{ gridTemplateColumns: template }}>
        {columns.map((column) => {
          const sorted = sort?.by === column.id ? (sort.descending ? 'descending' : 'ascending') : 'none';
          return (
            <span
              key={column.id}
              role="columnheader"
              aria-sort={onSort === undefined ? undefined : sorted}
              className={column.number === true ? styles.number : undefined}
              title={column.why}
            >
              {onSort === undefined ? (
                column.title
              ) : (
                <button
                  type="button"
                  title={column.why ?? text.app.sortBy(column.title)}
                  onClick={() => onSort(column.id)}
                >
                  {column.title}
                  <span aria-hidden="true">{sorted === 'none' ? '' : sorted === 'descending' ? ' ↓' : ' ↑'}</span>
                </button>
              )}
            </span>
          );
        })}
      </div>
    </div>
  );
}
