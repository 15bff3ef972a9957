import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';

interface VirtualRows {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly height: number;
  readonly rows: readonly { readonly key: React.Key; readonly index: number; readonly start: number }[];
}

/**
 * Draws only the rows in sight of a list of any length, and keeps the current one in sight. A head of the list stays at
 * the top, over the first `headHeight` pixels.
 */
export function useVirtualRows(count: number, rowHeight: number, current: number, headHeight = 0): VirtualRows {
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- the React compiler is not used
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    paddingStart: headHeight,
    scrollPaddingStart: headHeight,
  });
  useEffect(() => {
    if (current >= 0) virtual.scrollToIndex(current, { align: 'auto' });
  }, [current, virtual]);
  return { scroller, height: virtual.getTotalSize(), rows: virtual.getVirtualItems() };
}
