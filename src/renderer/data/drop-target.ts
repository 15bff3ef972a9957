/** Who takes files that are dropped onto the window. Without a taker they become inputs of the project. */
import { useEffect } from 'react';
import { create } from 'zustand';

export interface DropTarget {
  readonly title: string;
  readonly hint: string;
  readonly take: (files: readonly File[]) => Promise<void>;
}

export const useDropTarget = create<{ readonly target: DropTarget | null }>(() => ({ target: null }));

/** While a view that calls this is shown, it takes what is dropped. `target` has to stay the same between renders. */
export function useTakeDrops(target: DropTarget): void {
  useEffect(() => {
    useDropTarget.setState({ target });
    return () => useDropTarget.setState({ target: null });
  }, [target]);
}
