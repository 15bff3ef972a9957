import { isDerived, isPending } from '../../../shared/model/mapping.ts';
import type { Command } from '../../commands/command.ts';
import { useProject } from '../../data/project-store.ts';
import { text } from '../../ui/text.ts';
import { approve, reject, setNoCounterpart, undo } from './decide-actions.ts';
import { chooseCandidate, focusExpression } from './item-actions.ts';
import { clearSelected, focusFilter, goToNextPending, move, selectAll, toggleSelected } from './queue-actions.ts';
import { currentDraft, useReview } from './store.ts';

const { commands: titles, why } = text;

function hasItem(): true | string {
  return useReview.getState().currentId === null ? why.noItem : true;
}

function hasTarget(): true | string {
  const state = useReview.getState();
  if (state.selected.size > 0) return true;
  if (hasItem() !== true) return why.noItem;
  return currentDraft(state)?.target == null ? why.noTarget : true;
}

/** What a person has written has to run: approved as it is, it would stay out of the SQL. */
function canApprove(): true | string {
  const state = useReview.getState();
  const isBroken = currentDraft(state)?.rewritten === true && (state.preview?.error ?? null) !== null;
  return state.selected.size === 0 && isBroken ? why.broken : hasTarget();
}

/** A derived column is about its target: what may change is how it is made. */
function canRetarget(): true | string {
  const { detail, currentId } = useReview.getState();
  return detail !== null && detail.mapping.id === currentId && isDerived(detail.mapping) ? why.derived : hasItem();
}

function isWaiting(): true | string {
  return useProject.getState().project?.run.status === 'interrupted' ? true : why.notWaiting;
}

const view = 'review' as const;
export const approveCommand: Command = {
  id: 'review.approve',
  view,
  title: titles.approve,
  keys: ['a', 'Mod+Enter'],
  when: canApprove,
  run: approve,
};
export const editCommand: Command = {
  id: 'review.edit',
  view,
  title: titles.edit,
  keys: ['e'],
  when: hasTarget,
  run: focusExpression,
};
export const rejectCommand: Command = {
  id: 'review.reject',
  view,
  title: titles.reject,
  keys: ['r'],
  when: hasItem,
  run: reject,
};
export const noCounterpartCommand: Command = {
  id: 'review.noCounterpart',
  view,
  title: titles.noCounterpart,
  keys: ['0'],
  when: hasItem,
  run: setNoCounterpart,
};
export const similarCommand: Command = {
  id: 'review.similar',
  view,
  title: titles.similar,
  keys: ['Shift+a'],
  when: () => (hasTarget() !== true ? hasTarget() : useReview.getState().similar?.length === 0 ? why.noSimilar : true),
  run: () => useReview.setState({ dialog: 'similar' }),
};
export const nextCommand: Command = {
  id: 'review.next',
  view,
  title: titles.next,
  keys: ['n'],
  when: () => (useReview.getState().items.some(isPending) ? true : text.review.announceEnd),
  run: goToNextPending,
};
export const undoCommand: Command = { id: 'review.undo', view, title: titles.undo, keys: ['u', 'Mod+z'], run: undo };
export const searchTargetsCommand: Command = {
  id: 'review.searchTargets',
  view,
  title: titles.searchTargets,
  keys: ['m'],
  when: canRetarget,
  run: () => useReview.setState({ dialog: 'search' }),
};
export const finishCommand: Command = {
  id: 'review.finish',
  view,
  title: titles.finish,
  keys: ['Shift+f'],
  when: isWaiting,
  run: () => useReview.setState({ dialog: 'finish' }),
};

const candidateCommands: readonly Command[] = [0, 1, 2, 3, 4].map((rank) => ({
  id: `review.candidate${rank + 1}`,
  view,
  title: titles.candidate(rank + 1),
  keys: [String(rank + 1)],
  keyOnly: true,
  when: () => (useReview.getState().detail?.mapping.candidates[rank] === undefined ? why.noCandidate : true),
  run: () => chooseCandidate(rank),
}));

export const reviewCommands: readonly Command[] = [
  approveCommand,
  editCommand,
  rejectCommand,
  noCounterpartCommand,
  similarCommand,
  nextCommand,
  undoCommand,
  ...candidateCommands,
  searchTargetsCommand,
  { id: 'review.down', view, title: titles.down, keys: ['j', 'ArrowDown'], keyOnly: true, run: () => move(1) },
  { id: 'review.up', view, title: titles.up, keys: ['k', 'ArrowUp'], keyOnly: true, run: () => move(-1) },
  { id: 'review.pageDown', view, title: titles.downTen, keys: ['PageDown'], keyOnly: true, run: () => move(10) },
  { id: 'review.pageUp', view, title: titles.upTen, keys: ['PageUp'], keyOnly: true, run: () => move(-10) },
  { id: 'review.select', view, title: titles.select, keys: ['x'], when: hasItem, run: toggleSelected },
  {
    id: 'review.selectAll',
    view,
    title: titles.selectAll,
    keys: ['Shift+x'],
    when: () => (useReview.getState().items.some(isPending) ? true : text.review.announceEnd),
    run: selectAll,
  },
  { id: 'review.clear', view, title: titles.clear, keys: ['Escape'], keyOnly: true, run: clearSelected },
  { id: 'review.filter', view, title: titles.filter, keys: ['/'], run: focusFilter },
  finishCommand,
];
