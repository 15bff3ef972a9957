/** The mapping in hand: loading it, choosing another target, editing the expression and seeing what it does. */
import { isDerived } from '../../../shared/model/mapping.ts';
import { toErrorShape } from '../../../shared/errors.ts';
import type { ColumnRef } from '../../../shared/model/schema.ts';
import { call } from '../../data/client.ts';
import { reportFailure } from '../../data/notices.ts';
import { nextPending } from './queue.ts';
import { currentDraft, draftOf, isSameColumn, refOf, useReview } from './store.ts';
import type { Draft, ItemDetail } from './store.ts';

const kept = 60;
const previewPause = 150;
const similarPause = 350;
const details = new Map<string, ItemDetail>();
let previewTimer: ReturnType<typeof setTimeout> | undefined;
let similarTimer: ReturnType<typeof setTimeout> | undefined;

/** Drops what was loaded of mappings, all or some, because decisions changed it. */
export function forgetItems(ids?: readonly string[]): void {
  if (ids === undefined) details.clear();
  else for (const id of ids) details.delete(id);
}

/** Takes a mapping in hand. What was loaded before shows at once; the next undecided one is loaded ahead. */
export function openItem(id: string | null): void {
  clearTimeout(previewTimer);
  clearTimeout(similarTimer);
  const known = id === null ? undefined : details.get(id);
  useReview.setState({
    currentId: id,
    detailError: null,
    similar: null,
    ...(id === null ? { detail: null, draft: null, preview: null } : {}),
  });
  if (id === null) return;
  if (known !== undefined) show(known);
  else {
    loadDetail(id).then(
      (detail) => {
        if (useReview.getState().currentId === id) show(detail);
      },
      (error: unknown) => {
        if (useReview.getState().currentId === id)
          useReview.setState({ detailError: toErrorShape(error), detail: null, draft: null });
      },
    );
  }
}

async function loadDetail(id: string): Promise<ItemDetail> {
  const known = details.get(id);
  if (known !== undefined) return known;
  const detail = await call('review.item', { id });
  details.set(id, detail);
  const oldest = details.keys().next();
  if (details.size > kept && oldest.done !== true) details.delete(oldest.value);
  return detail;
}

function show(detail: ItemDetail): void {
  setDraft(draftOf(detail), detail);
  const next = nextPending(useReview.getState().items, detail.mapping.id);
  // Loading ahead is a favour; when it fails, opening that mapping says so.
  if (next !== null) loadDetail(next).catch(() => undefined);
}

function setDraft(draft: Draft, detail: ItemDetail): void {
  useReview.setState({ detail, draft, similar: null });
  schedulePreview();
  scheduleSimilar();
}

/** Chooses the candidate with this rank, from 0. */
export function chooseCandidate(rank: number): void {
  const candidate = useReview.getState().detail?.mapping.candidates[rank];
  if (candidate !== undefined) chooseTarget(refOf(candidate)).catch(reportFailure);
}

/** Gives the mapping another target for now; nothing is decided yet. The proposal's own target brings the proposal back. */
export async function chooseTarget(target: ColumnRef): Promise<void> {
  const { detail, currentId } = useReview.getState();
  if (detail === null || detail.mapping.id !== currentId) return;
  if (isSameColumn(target, detail.mapping.target)) {
    setDraft(draftOf(detail), detail);
    return;
  }
  const mappingId = detail.mapping.id;
  const change = await call('review.retarget', { id: mappingId, target });
  if (useReview.getState().currentId !== mappingId) return;
  setDraft(
    {
      mappingId,
      target,
      column: change.column,
      transformation: change.transformation,
      issues: change.issues,
      retargeted: true,
      rewritten: false,
    },
    detail,
  );
}

export function setExpression(expression: string): void {
  const draft = currentDraft(useReview.getState());
  if (draft === null) return;
  const { detail } = useReview.getState();
  const back = !draft.retargeted && detail !== null && expression === detail.mapping.transformation.expression;
  const own = detail?.mapping;
  const type = own !== undefined && isDerived(own) ? own.transformation.type : ('calculated' as const);
  const transformation = back && own !== undefined ? own.transformation : { type, expression };
  useReview.setState({ draft: { ...draft, transformation, rewritten: !back } });
  schedulePreview();
}

function schedulePreview(): void {
  clearTimeout(previewTimer);
  previewTimer = setTimeout(() => void runPreview(), previewPause);
}

async function runPreview(): Promise<void> {
  const draft = currentDraft(useReview.getState());
  if (draft === null || draft.target === null || draft.transformation.expression.trim() === '') {
    useReview.setState({ preview: null });
    return;
  }
  try {
    const preview = await call('review.preview', {
      id: draft.mappingId,
      expression: draft.transformation.expression,
      target: draft.target,
    });
    if (currentDraft(useReview.getState()) === draft) useReview.setState({ preview });
  } catch (error) {
    if (currentDraft(useReview.getState()) === draft)
      useReview.setState({ preview: { rows: [], failures: 0, tested: 0, error: toErrorShape(error).message } });
  }
}

function scheduleSimilar(): void {
  clearTimeout(similarTimer);
  similarTimer = setTimeout(() => void loadSimilar().catch(reportFailure), similarPause);
}

/** Asks what approving the draft would suggest for similar mappings. */
export async function loadSimilar(): Promise<void> {
  const draft = currentDraft(useReview.getState());
  if (draft === null || draft.target === null) return;
  const { mappingId: id, target, transformation } = draft;
  const { proposals } = await call(
    'review.similar',
    draft.retargeted || draft.rewritten ? { id, target, transformation } : { id },
  );
  if (currentDraft(useReview.getState())?.target === target) useReview.setState({ similar: proposals });
}

export const expressionInputId = 'review-expression';

export function focusExpression(): void {
  const input = document.getElementById(expressionInputId);
  if (!(input instanceof HTMLTextAreaElement)) return;
  input.focus();
  input.setSelectionRange(input.value.length, input.value.length);
  input.scrollIntoView({ block: 'nearest' });
}
