import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { clickedRow } from './VirtualList.tsx';
import { placeAfterKey } from './place-after-key.ts';
import { useLateChoice } from './use-late-choice.ts';
import { useVirtualRows } from './use-virtual-rows.ts';
import styles from './virtual-list.module.css';

export interface TreeLine {
  readonly key: string;
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  /** Null where nothing can be below. */
  readonly open: boolean | null;
}

interface VirtualTreeProps<T extends TreeLine> {
  readonly id: string;
  readonly label: string;
  /** As long as all that can be seen; undefined where a line has not been loaded. */
  readonly items: readonly (T | undefined)[];
  /** Index of the line in hand; -1 for none. */
  readonly current: number;
  readonly rowHeight: number;
  readonly onNeed: (index: number) => void;
  readonly onChoose: (item: T, index: number) => void;
  readonly onToggle: (item: T) => void;
  readonly row: (item: T) => ReactNode;
}

/** A tree of any length: one tab stop, arrows move, open and close; only what is seen is drawn. Letters are left to the view. */
export function VirtualTree<T extends TreeLine>(props: VirtualTreeProps<T>): ReactNode {
  const { id, label, items, current, rowHeight, onNeed, onChoose, onToggle, row } = props;
  const { scroller, height, rows } = useVirtualRows(items.length, rowHeight, current);
  useEffect(() => {
    for (const place of rows) if (items[place.index] === undefined) onNeed(place.index);
  }, [rows, items, onNeed]);
  const choose = useLateChoice(items, onChoose, onNeed);
  const onKeyDown = (event: KeyboardEvent): void => {
    const action = actionOf(event.key, items, current);
    if (action !== null) event.preventDefault();
    if (action?.toggle !== undefined) onToggle(action.toggle);
    else if (action !== null) choose(action.to);
  };
  return (
    <div
      ref={scroller}
      id={id}
      className={styles.list}
      role="tree"
      data-letters="free"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={items[current] === undefined ? undefined : `${id}-${current}`}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const index = clickedRow(event) ?? -1;
        choose(index);
        const item = items[index];
        if (item !== undefined && isOnSign(event)) onToggle(item);
      }}
      onDoubleClick={(event) => {
        const item = items[clickedRow(event) ?? -1];
        if (item !== undefined && item.open !== null) onToggle(item);
      }}
    >
      <div role="presentation" style={{ height, position: 'relative' }}>
        {rows.map((place) => {
          const item = items[place.index];
          const position = { height: rowHeight, transform: `translateY(${place.start}px)` };
          if (item === undefined) return <div key={place.key} className={styles.row} style={position} />;
          return (
            <TreeRow
              key={place.key}
              id={`${id}-${place.index}`}
              item={item}
              index={place.index}
              current={place.index === current}
              position={position}
            >
              {row(item)}
            </TreeRow>
          );
        })}
      </div>
    </div>
  );
}

const isOnSign = ({ target }: MouseEvent): boolean =>
  target instanceof Element && target.closest('[data-toggle]') !== null;

interface TreeRowProps {
  readonly id: string;
  readonly item: TreeLine;
  readonly index: number;
  readonly current: boolean;
  readonly position: { readonly height: number; readonly transform: string };
  readonly children: ReactNode;
}

function TreeRow({ id, item, index, current, position, children }: TreeRowProps): ReactNode {
  return (
    <div
      id={id}
      role="treeitem"
      tabIndex={-1}
      aria-level={item.level}
      aria-setsize={item.siblings}
      aria-posinset={item.position}
      aria-expanded={item.open ?? undefined}
      aria-selected={current}
      data-row={index}
      className={styles.row}
      style={{ ...position, paddingLeft: 8 + (item.level - 1) * 16 }}
    >
      <Sign open={item.open} />
      {children}
    </div>
  );
}

function Sign({ open }: { readonly open: boolean | null }): ReactNode {
  const Icon = open === true ? IconChevronDown : IconChevronRight;
  return (
    <span className={styles.sign} data-toggle={open === null ? undefined : true} aria-hidden="true">
      {open === null ? null : <Icon size={14} stroke={1.8} />}
    </span>
  );
}

interface TreeAction<T> {
  readonly to: number;
  readonly toggle?: T;
}

/** What a key means: another line, or the line in hand opened or closed. */
export function actionOf<T extends TreeLine>(
  key: string,
  items: readonly (T | undefined)[],
  current: number,
): TreeAction<T> | null {
  const to = placeAfterKey(key, current, items.length);
  if (to !== null) return { to };
  const item = items[current];
  if (item === undefined) return null;
  if (key === 'Enter' || key === ' ') return item.open === null ? null : { to: current, toggle: item };
  if (key === 'ArrowRight' && item.open !== null)
    return item.open ? { to: Math.min(items.length - 1, current + 1) } : { to: current, toggle: item };
  if (key !== 'ArrowLeft') return null;
  if (item.open === true) return { to: current, toggle: item };
  const parent = items.findLastIndex(
    (other, index) => index < current && other !== undefined && other.level < item.level,
  );
  return parent < 0 ? null : { to: parent };
}
