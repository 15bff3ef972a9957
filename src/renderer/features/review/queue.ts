/**
 * The queue as a list that never jumps: what is decided stays in its place, marked, until the list is asked for anew.
 * Pure functions; the order is the engine's.
 */
import type { QueueItem } from '../../../shared/ipc/contract.ts';
import { isPending } from '../../../shared/model/mapping.ts';
import type { DecisionInput } from '../../../shared/model/mapping.ts';

/** Adds a page behind what is there; an item that is there already is not added twice. */
export function addPage(items: readonly QueueItem[], page: readonly QueueItem[]): readonly QueueItem[] {
  const known = new Set(items.map((item) => item.id));
  return [...items, ...page.filter((item) => !known.has(item.id))];
}

/**
 * Where the next page starts in the engine's list. In a list of pending mappings, those decided since they were
 * loaded are no longer counted there.
 */
export function nextOffset(items: readonly QueueItem[], show: 'pending' | 'decided' | 'all'): number {
  return show === 'pending' ? items.filter(isPending).length : items.length;
}

/** The item as it stands after a decision. */
export function withDecision(item: QueueItem, decision: DecisionInput): QueueItem {
  if (decision.verdict === 'reject') return { ...item, status: 'rejected' };
  if (decision.verdict === 'approve') return { ...item, status: 'approved' };
  return { ...item, status: 'modified', target: decision.target === undefined ? item.target : decision.target };
}

/** The list with decisions taken in, each in its place. */
export function applyDecisions(items: readonly QueueItem[], decisions: readonly DecisionInput[]): readonly QueueItem[] {
  const byId = new Map(decisions.map((decision) => [decision.mappingId, decision]));
  return items.map((item) => {
    const decision = byId.get(item.id);
    return decision === undefined ? item : withDecision(item, decision);
  });
}

/** The list with items put back as they were. */
export function restoreItems(
  items: readonly QueueItem[],
  before: ReadonlyMap<string, QueueItem>,
): readonly QueueItem[] {
  return items.map((item) => before.get(item.id) ?? item);
}

/** The first undecided mapping after `fromId`, then from the top; null where none is left. */
export function nextPending(items: readonly QueueItem[], fromId: string | null): string | null {
  const from = items.findIndex((item) => item.id === fromId);
  const rotated = [...items.slice(from + 1), ...items.slice(0, from + 1)];
  return rotated.find((item) => isPending(item) && item.id !== fromId)?.id ?? null;
}

/** The item `by` places further, stopping at the ends; the first one where `fromId` is not in the list. */
export function neighbour(items: readonly QueueItem[], fromId: string | null, by: number): string | null {
  const from = items.findIndex((item) => item.id === fromId);
  if (from === -1) return items[0]?.id ?? null;
  const at = Math.min(items.length - 1, Math.max(0, from + by));
  return items[at]?.id ?? null;
}
