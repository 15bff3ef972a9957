import { useEffect, useRef } from 'react';

/** Chooses an item by index; one that has not been loaded is asked for, and chosen when it is there unless another was chosen before. */
export function useLateChoice<T>(
  items: readonly (T | undefined)[],
  onChoose: (item: T, index: number) => void,
  onNeed: ((index: number) => void) | undefined,
): (index: number) => void {
  const wanted = useRef(-1);
  const choose = (index: number): void => {
    const item = items[index];
    wanted.current = item === undefined ? index : -1;
    if (item !== undefined) onChoose(item, index);
    else if (index >= 0 && index < items.length) onNeed?.(index);
  };
  useEffect(() => {
    if (items[wanted.current] !== undefined) choose(wanted.current);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only what was loaded matters
  }, [items]);
  return choose;
}
