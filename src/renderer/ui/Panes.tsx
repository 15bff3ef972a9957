import { Children, useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { readPreference, writePreference } from './preferences.ts';
import styles from './ui.module.css';

interface PanesProps {
  /** Name under which the widths are remembered. */
  readonly name: string;
  /** Width of the first pane, and of the last where there are three; the middle takes the rest. */
  readonly widths: readonly number[];
  readonly labels: readonly string[];
  /** Which of two panes keeps its width; the other takes the rest. */
  readonly fixed?: 'first' | 'last';
  readonly children: ReactNode;
}

const least = 200;
const most = 640;
const step = 16;

/** Two or three panes beside each other; the edges move by mouse and by arrow keys and are remembered. */
export function Panes({ name, widths, labels, fixed = 'first', children }: PanesProps): ReactNode {
  const [sizes, setSizes] = useState<readonly number[]>(() =>
    widths.map((width, index) => clamp(Number(readPreference(`panes.${name}.${index}`) ?? width) || width)),
  );
  const resize = (index: number, size: number): void => {
    const next = sizes.map((old, at) => (at === index ? clamp(size) : old));
    setSizes(next);
    writePreference(`panes.${name}.${index}`, String(next[index]));
  };
  const [first = least, last] = sizes;
  const three = Children.count(children) === 3 && last !== undefined;
  const middle = 'minmax(var(--widest-least, 0px), 1fr)';
  const columns = three
    ? `${first}px ${middle} ${last}px`
    : fixed === 'last'
      ? `${middle} ${first}px`
      : `${first}px ${middle}`;
  const atEnd = !three && fixed === 'last';
  return (
    <div className={styles.panes} style={{ gridTemplateColumns: columns }}>
      {children}
      <Splitter
        label={labels[0] ?? 'Width'}
        size={first}
        place={atEnd ? { right: first - 4 } : { left: first }}
        direction={atEnd ? -1 : 1}
        onSize={(size) => resize(0, size)}
      />
      {three ? (
        <Splitter
          label={labels[1] ?? 'Width'}
          size={last}
          place={{ right: last - 4 }}
          direction={-1}
          onSize={(size) => resize(1, size)}
        />
      ) : null}
    </div>
  );
}

interface SplitterProps {
  readonly label: string;
  readonly size: number;
  readonly place: { readonly left: number } | { readonly right: number };
  readonly direction: 1 | -1;
  readonly onSize: (size: number) => void;
}

function Splitter({ label, size, place, direction, onSize }: SplitterProps): ReactNode {
  const [from, setFrom] = useState<{ readonly x: number; readonly size: number } | null>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const sign = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (sign === 0) return;
    event.preventDefault();
    onSize(size + sign * direction * step);
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (from !== null) onSize(from.size + direction * (event.clientX - from.x));
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={size}
      aria-valuemin={least}
      aria-valuemax={most}
      className={styles.splitter}
      style={place}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setFrom({ x: event.clientX, size });
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => setFrom(null)}
      onPointerCancel={() => setFrom(null)}
    />
  );
}

function clamp(size: number): number {
  return Math.round(Math.min(most, Math.max(least, size)));
}

interface PaneProps {
  readonly label: string;
  readonly head?: ReactNode;
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}

/** One pane: a head, a body that scrolls as it likes, and a foot for its actions. */
export function Pane({ label, head, foot, children }: PaneProps): ReactNode {
  return (
    <section className={styles.pane} aria-label={label}>
      {head === undefined ? null : <div className={styles.paneHead}>{head}</div>}
      {children}
      {foot === undefined ? null : <div className={styles.paneFoot}>{foot}</div>}
    </section>
  );
}

/** What stands at the right end of a pane's head. */
export function PaneEnd({ children }: { readonly children: ReactNode }): ReactNode {
  return <span className={styles.paneEnd}>{children}</span>;
}
