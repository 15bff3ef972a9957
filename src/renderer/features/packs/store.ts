/** What the view of domain packs and lessons shows, kept while other views are shown. */
import { create } from 'zustand';
import type { EntryKind, LessonPreview, PackLine, PackMistake } from '../../../shared/ipc/contract.ts';

export const tabs = ['packs', 'lessons'] as const;
export type Tab = (typeof tabs)[number];
export type EntryFilter = EntryKind | 'all';

interface PacksState {
  readonly tab: Tab;
  readonly folder: string;
  /** Null while they have not been asked for. */
  readonly packs: readonly PackLine[] | null;
  readonly key: string | null;
  readonly mode: 'contents' | 'yaml';
  readonly filter: string;
  readonly kind: EntryFilter;
  /** Text of the pack in hand as it is saved. */
  readonly saved: { readonly key: string; readonly yaml: string } | null;
  /** Texts that were changed and not saved, by pack. */
  readonly drafts: ReadonlyMap<string, string>;
  /** What the engine says of a text. */
  readonly check: { readonly key: string; readonly yaml: string; readonly mistakes: readonly PackMistake[] } | null;
  readonly jump: { readonly line: number; readonly count: number } | null;
  readonly deleting: boolean;
  readonly lessonFilter: string;
  readonly onlyDoubtful: boolean;
  /** Index of the lesson in hand, and its id. */
  readonly lessonAt: number;
  readonly lessonId: string | null;
  /** Grows with each change of the lessons, so that they are asked for anew. */
  readonly lessonVersion: number;
  readonly preview: LessonPreview | null;
}

export const usePacks = create<PacksState>(() => ({
  tab: 'packs',
  folder: '',
  packs: null,
  key: null,
  mode: 'contents',
  filter: '',
  kind: 'all',
  saved: null,
  drafts: new Map(),
  check: null,
  jump: null,
  deleting: false,
  lessonFilter: '',
  onlyDoubtful: false,
  lessonAt: 0,
  lessonId: null,
  lessonVersion: 0,
  preview: null,
}));

export function packInHand(): PackLine | null {
  const { packs, key } = usePacks.getState();
  return packs?.find((pack) => pack.key === key) ?? null;
}

/** The text in hand as it stands in the editor; null while it loads. */
export function textInHand({ key, saved, drafts }: Pick<PacksState, 'key' | 'saved' | 'drafts'>): string | null {
  const draft = key === null ? undefined : drafts.get(key);
  return draft ?? (saved !== null && saved.key === key ? saved.yaml : null);
}

export const searchId = 'packs-search';
export const entriesId = 'pack-entries';
export const lessonsId = 'lessons-list';

export function focusSearch(): void {
  const field = document.getElementById(searchId);
  if (field instanceof HTMLInputElement) field.select();
}
