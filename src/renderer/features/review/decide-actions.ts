/** Decisions: shown at once, told to main, taken back where main refuses them. */
import type { Output, QueueItem } from '../../../shared/ipc/contract.ts';
import { type DecisionInput, type Rectification, isPending } from '../../../shared/model/mapping.ts';
import { columnKey } from '../../../shared/model/schema.ts';
import { goTo } from '../../commands/navigation.ts';
import { call } from '../../data/client.ts';
import { announce } from '../../data/notices.ts';
import { setPending, setRun } from '../../data/project-store.ts';
import { text } from '../../ui/text.ts';
import { forgetItems, openItem } from './item-actions.ts';
import { loadQueue } from './queue-actions.ts';
import { applyDecisions, nextPending, restoreItems } from './queue.ts';
import { batchAtMost, currentDraft, currentItem, isSameColumn, useReview } from './store.ts';
import type { Draft } from './store.ts';

/** How decided items of this session looked before, so that undo shows them as they were. */
const before = new Map<string, QueueItem>();

/** The decision that approving a draft means: as proposed, or with another target or expression. */
export function approvalOf(draft: Draft): DecisionInput {
  if (!draft.retargeted && !draft.rewritten) return { mappingId: draft.mappingId, verdict: 'approve' };
  return { mappingId: draft.mappingId, verdict: 'modify', target: draft.target, transformation: draft.transformation };
}

/** The decision that accepting a proposal of the rectifier means. */
export function acceptanceOf(proposal: Rectification): DecisionInput {
  const { mappingId, before: now, after: then } = proposal;
  const same =
    isSameColumn(now.target, then.target) && now.transformation.expression === then.transformation.expression;
  return same
    ? { mappingId, verdict: 'approve' }
    : { mappingId, verdict: 'modify', target: then.target, transformation: then.transformation };
}

async function decide(decisions: readonly DecisionInput[]): Promise<number> {
  const { items, currentId } = useReview.getState();
  const byId = new Map(items.map((item) => [item.id, item]));
  for (const { mappingId } of decisions) {
    const item = byId.get(mappingId);
    if (item !== undefined) before.set(mappingId, item);
  }
  const decided = applyDecisions(items, decisions);
  useReview.setState((state) => ({
    items: decided,
    selected: new Set(),
    dialog: 'none',
    decidedAt: [...state.decidedAt, performance.now()],
  }));
  forgetItems(decisions.map((decision) => decision.mappingId));
  openItem(nextPending(decided, currentId) ?? currentId);
  try {
    const { pending, also } = await call('review.decide', { decisions: [...decisions] });
    setPending(pending);
    takeAlong(also);
    return pending;
  } catch (error) {
    useReview.setState((state) => ({
      items: restoreItems(state.items, new Map(items.map((item) => [item.id, item]))),
    }));
    openItem(currentId);
    throw error;
  }
}

/** Shows what a decision, or taking it back, changed besides what it is about; what is settled does not stay in hand. */
function takeAlong(also: Output<'review.decide'>['also']): void {
  if (also.length === 0) return;
  const byId = new Map(also.map((one) => [one.id, one]));
  const { items, currentId } = useReview.getState();
  const now = items.map((item) => ({ ...item, ...byId.get(item.id) }));
  useReview.setState({ items: now });
  forgetItems([...byId.keys()]);
  const current = now.find((item) => item.id === currentId);
  if (current !== undefined && byId.has(current.id))
    openItem(isPending(current) ? currentId : (nextPending(now, currentId) ?? currentId));
}

/** Approves the selected mappings as proposed, or the draft in hand. */
export async function approve(): Promise<void> {
  const state = useReview.getState();
  if (state.selected.size > 0) {
    const chosen = state.items.filter((item) => state.selected.has(item.id) && item.target !== null);
    const decisions = chosen.slice(0, batchAtMost).map((item) => ({ mappingId: item.id, verdict: 'approve' as const }));
    if (decisions.length === 0) return;
    announce(text.review.announceBatch(decisions.length, await decide(decisions)));
    return;
  }
  const draft = currentDraft(state);
  if (draft === null || draft.target === null) return;
  const { target } = draft;
  announce(text.review.announceApproved(draft.mappingId, columnKey(target), await decide([approvalOf(draft)])));
}

/** Rejects the selected mappings or the one in hand: the mapper proposes anew. */
export async function reject(): Promise<void> {
  const state = useReview.getState();
  const ids = state.selected.size > 0 ? [...state.selected] : state.currentId === null ? [] : [state.currentId];
  const decisions = ids.slice(0, batchAtMost).map((mappingId) => ({ mappingId, verdict: 'reject' as const }));
  if (decisions.length === 0) return;
  const left = await decide(decisions);
  announce(
    ids.length === 1
      ? text.review.announceRejected(ids[0] ?? '', left)
      : text.review.announceBatch(decisions.length, left),
  );
}

/** Decides that the selected columns, or the one in hand, go nowhere. */
export async function setNoCounterpart(): Promise<void> {
  const state = useReview.getState();
  if (state.selected.size > 0) {
    const decisions = [...state.selected]
      .slice(0, batchAtMost)
      .map((mappingId) => ({ mappingId, verdict: 'modify' as const, target: null }));
    announce(text.review.announceBatch(decisions.length, await decide(decisions)));
    return;
  }
  const item = currentItem(state);
  if (item === null) return;
  announce(text.review.announceNone(item.id, await decide([{ mappingId: item.id, verdict: 'modify', target: null }])));
}

/** Approves the draft in hand together with proposals for similar mappings, as one batch. */
export async function approveWithSimilar(proposals: readonly Rectification[]): Promise<void> {
  const draft = currentDraft(useReview.getState());
  if (draft === null) return;
  const decisions = [approvalOf(draft), ...proposals.map(acceptanceOf)].slice(0, batchAtMost);
  announce(text.review.announceBatch(decisions.length, await decide(decisions)));
}

/** Takes the last batch back, also one of an earlier session. */
export async function undo(): Promise<void> {
  const reply = await call('review.undo', {});
  if (reply === null) {
    announce(text.review.announceNoUndo);
    return;
  }
  setPending(reply.pending);
  forgetItems(reply.undone);
  const [first] = reply.undone;
  const known = reply.undone.every((id) => before.has(id) && useReview.getState().items.some((item) => item.id === id));
  if (known) {
    const restored = new Map(reply.undone.flatMap((id) => [...before].filter(([key]) => key === id)));
    useReview.setState((state) => ({ items: restoreItems(state.items, restored) }));
    openItem(first ?? null);
  } else {
    if (first !== undefined) useReview.setState({ currentId: first });
    await loadQueue();
  }
  takeAlong(reply.also);
  for (const id of reply.undone) before.delete(id);
  announce(text.review.announceUndo(reply.undone.join(', '), reply.pending));
}

/** Lets the run go on; what is pending stays out of the SQL. */
export async function finishReview(): Promise<void> {
  useReview.setState({ dialog: 'none' });
  setRun(await call('run.finishReview', {}));
  before.clear();
  goTo('run');
}

/** Forgets this session's view of the queue, for another project. */
export function resetSession(): void {
  before.clear();
  forgetItems();
}
