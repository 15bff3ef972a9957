import { useCallback, useEffect, useRef, useState } from 'react';
import { toErrorShape } from '../../shared/errors.ts';
import type { ErrorShape } from '../../shared/errors.ts';
import { reportFailure } from './notices.ts';

type Page<T, M> = M & { readonly total: number; readonly items: readonly T[] };

interface State<T, M> {
  readonly key: string | null;
  /** The first page, with what it says besides its items. */
  readonly first: Page<T, M> | null;
  /** As long as the whole list; undefined where a page has not come yet. */
  readonly items: readonly (T | undefined)[];
  readonly error: ErrorShape | null;
}

export interface Pages<T, M> extends Omit<State<T, M>, 'key'> {
  readonly loading: boolean;
  /** Has the page around an index loaded. */
  readonly need: (index: number) => void;
}

const pageSize = 200;

/**
 * A long list of the main process, page by page as it is seen. Another `key` asks anew; the list before stays until the
 * next one is there, and late answers are dropped.
 */
export function usePages<T, M>(
  key: string | null,
  load: (page: { readonly offset: number; readonly limit: number }) => Promise<Page<T, M>>,
): Pages<T, M> {
  const [state, setState] = useState<State<T, M>>({ key: null, first: null, items: [], error: null });
  const asked = useRef<{ readonly key: string | null; readonly offsets: Set<number> }>({
    key: null,
    offsets: new Set(),
  });
  const ask = useRef(load);
  useEffect(() => {
    ask.current = load;
  });
  useEffect(() => {
    asked.current = { key, offsets: new Set([0]) };
    if (key === null) return;
    ask.current({ offset: 0, limit: pageSize }).then(
      (first) => {
        if (asked.current.key !== key) return;
        const items: (T | undefined)[] = Array.from({ length: first.total });
        items.splice(0, first.items.length, ...first.items);
        setState({ key, first, items, error: null });
      },
      (thrown: unknown) => {
        if (asked.current.key === key) setState({ key, first: null, items: [], error: toErrorShape(thrown) });
      },
    );
  }, [key]);
  const need = useCallback((index: number): void => {
    const offset = Math.floor(index / pageSize) * pageSize;
    const mine = asked.current;
    if (mine.offsets.has(offset)) return;
    mine.offsets.add(offset);
    ask.current({ offset, limit: pageSize }).then(({ items }) => {
      if (asked.current !== mine) return;
      setState((before) => {
        const filled = [...before.items];
        filled.splice(offset, items.length, ...items);
        return { ...before, items: filled };
      });
    }, reportFailure);
  }, []);
  const { first, items, error } = state;
  return { first, items, error, loading: state.key !== key, need };
}
