/** Loading the queue and moving in it. */
import { toErrorShape } from '../../../shared/errors.ts';
import { isPending } from '../../../shared/model/mapping.ts';
import { call } from '../../data/client.ts';
import { announce } from '../../data/notices.ts';
import { text } from '../../ui/text.ts';
import { forgetItems, openItem } from './item-actions.ts';
import { addPage, neighbour, nextOffset, nextPending } from './queue.ts';
import { batchAtMost, useReview } from './store.ts';
import type { Show } from './store.ts';

const firstPage = 200;
const pageSize = 1000;
const typingPause = 150;
let generation = 0;
let typed: ReturnType<typeof setTimeout> | undefined;

/** Loads the queue anew: the first page is shown at once, the others follow behind it. */
export async function loadQueue(): Promise<void> {
  generation += 1;
  const mine = generation;
  forgetItems();
  useReview.setState({ loading: true, queueError: null, selected: new Set() });
  try {
    for (let first = true; ; first = false) {
      const { filter, show, items } = useReview.getState();
      const offset = first ? 0 : nextOffset(items, show);
      const page = await call('review.queue', { filter, show, offset, limit: first ? firstPage : pageSize });
      if (mine !== generation) return;
      useReview.setState((state) => {
        const merged = first ? page.items : addPage(state.items, page.items);
        const settledHere = show === 'pending' ? merged.filter((item) => !isPending(item)).length : 0;
        return { items: merged, total: Math.max(merged.length, page.total + settledHere) };
      });
      if (first) keepPlace();
      if (page.items.length === 0 || useReview.getState().items.length >= useReview.getState().total) break;
    }
  } catch (error) {
    if (mine === generation) useReview.setState({ queueError: toErrorShape(error) });
  } finally {
    if (mine === generation) useReview.setState((state) => ({ loading: false, total: state.items.length }));
  }
}

/** Stays at the mapping in hand where the new list has it, and goes to the first one otherwise. */
function keepPlace(): void {
  const { items, currentId } = useReview.getState();
  const stays = items.some((item) => item.id === currentId);
  openItem(stays ? currentId : (items[0]?.id ?? null));
}

export function setFilter(filter: string): void {
  useReview.setState({ filter });
  clearTimeout(typed);
  typed = setTimeout(() => void loadQueue(), typingPause);
}

export function setShow(show: Show): void {
  useReview.setState({ show });
  void loadQueue();
}

export function move(by: number): void {
  const { items, currentId } = useReview.getState();
  const id = neighbour(items, currentId, by);
  if (id !== currentId) openItem(id);
}

export function goToNextPending(): void {
  const { items, currentId } = useReview.getState();
  const id = nextPending(items, currentId);
  if (id === null) announce(text.review.announceEnd);
  else openItem(id);
}

export function toggleSelected(): void {
  const { currentId, selected } = useReview.getState();
  if (currentId === null) return;
  const next = new Set(selected);
  if (!next.delete(currentId)) next.add(currentId);
  useReview.setState({ selected: next });
  announce(text.review.selected(next.size));
}

/** Selects all that wait in the list as it is filtered, as many as one batch may hold. */
export function selectAll(): void {
  const waiting = useReview.getState().items.filter(isPending).slice(0, batchAtMost);
  useReview.setState({ selected: new Set(waiting.map((item) => item.id)) });
  announce(text.review.selected(waiting.length));
}

export function clearSelected(): void {
  useReview.setState({ selected: new Set() });
}

export const filterInputId = 'review-filter';
export const queueGridId = 'review-queue';

export function focusFilter(): void {
  document.getElementById(filterInputId)?.focus();
}

export function focusQueue(): void {
  document.getElementById(queueGridId)?.focus();
}
