/** The state of the review: the queue, the mapping in hand and what would be decided about it. */
import { create } from 'zustand';
import type { ErrorShape } from '../../../shared/errors.ts';
import type { ColumnDetail, Output, QueueItem } from '../../../shared/ipc/contract.ts';
import type { Candidate, MappingIssue, Rectification, Transformation } from '../../../shared/model/mapping.ts';
import { columnKey } from '../../../shared/model/schema.ts';
import type { ColumnRef } from '../../../shared/model/schema.ts';

export type ItemDetail = Output<'review.item'>;
export type Preview = Output<'review.preview'>;
export type Show = 'pending' | 'decided' | 'all';

/** What approving would decide: the proposal as it came, until another target or expression is chosen. */
export interface Draft {
  readonly mappingId: string;
  readonly target: ColumnRef | null;
  readonly column: ColumnDetail | null;
  readonly transformation: Transformation;
  readonly issues: readonly MappingIssue[];
  /** True where target or expression differ from the proposal. */
  readonly retargeted: boolean;
  readonly rewritten: boolean;
}

/** What one batch may hold. */
export const batchAtMost = 500;

interface ReviewState {
  readonly filter: string;
  readonly show: Show;
  readonly items: readonly QueueItem[];
  /** Length of the whole list, loaded or not. */
  readonly total: number;
  readonly loading: boolean;
  readonly queueError: ErrorShape | null;
  readonly currentId: string | null;
  readonly selected: ReadonlySet<string>;
  readonly detail: ItemDetail | null;
  readonly detailError: ErrorShape | null;
  readonly draft: Draft | null;
  readonly preview: Preview | null;
  /** Null: not known yet. */
  readonly similar: readonly Rectification[] | null;
  readonly dialog: 'none' | 'similar' | 'search' | 'finish';
  /** Times of this session's decisions, for the pace. */
  readonly decidedAt: readonly number[];
}

export const initialReview: ReviewState = {
  filter: '',
  show: 'pending',
  items: [],
  total: 0,
  loading: false,
  queueError: null,
  currentId: null,
  selected: new Set(),
  detail: null,
  detailError: null,
  draft: null,
  preview: null,
  similar: null,
  dialog: 'none',
  decidedAt: [],
};

export const useReview = create<ReviewState>(() => initialReview);

/** The line of the queue in hand. */
export function currentItem(state: Pick<ReviewState, 'items' | 'currentId'>): QueueItem | null {
  return state.items.find((item) => item.id === state.currentId) ?? null;
}

/** The draft where it belongs to the mapping in hand; while the next one loads there is none. */
export function currentDraft(state: Pick<ReviewState, 'draft' | 'currentId'>): Draft | null {
  return state.draft?.mappingId === state.currentId ? state.draft : null;
}

export function draftOf(detail: ItemDetail): Draft {
  const { mapping } = detail;
  return {
    mappingId: mapping.id,
    target: mapping.target,
    column: detail.target,
    transformation: mapping.transformation,
    issues: mapping.issues,
    retargeted: false,
    rewritten: false,
  };
}

export function isSameColumn(a: ColumnRef | null, b: ColumnRef | null): boolean {
  return a === null || b === null ? a === b : columnKey(a) === columnKey(b);
}

export function refOf(candidate: Candidate): ColumnRef {
  return { schema: candidate.schema, table: candidate.table, column: candidate.column };
}
