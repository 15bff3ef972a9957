import { create } from 'zustand';

export const viewIds = [
  'import',
  'run',
  'schemas',
  'review',
  'jobs',
  'output',
  'history',
  'accuracy',
  'packs',
] as const;
export type ViewId = (typeof viewIds)[number];

interface Navigation {
  readonly view: ViewId;
  readonly keysShown: boolean;
}

export const useNavigation = create<Navigation>(() => ({ view: 'import', keysShown: false }));

/** Shows a view. Leaving a view never stops work that it started. */
export function goTo(view: ViewId): void {
  useNavigation.setState({ view });
}

export function showKeys(keysShown: boolean): void {
  useNavigation.setState({ keysShown });
}
