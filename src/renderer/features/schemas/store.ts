/** What the schemas view shows, kept while other views are shown. */
import { create } from 'zustand';
import type { Side } from '../../../shared/ipc/contract.ts';

export const tabs = ['tables', 'quality', 'diagram', 'problems', 'changes'] as const;
export type Tab = (typeof tabs)[number];

/** What each part that shows one side is given. */
export interface TabProps {
  readonly side: Side;
  /** Changes when the tables may have changed. */
  readonly version: string;
}

/** What the list of changes shows. */
export const changeFilters = ['all', 'added', 'removed', 'renamed', 'changed'] as const;
type ChangeKind = (typeof changeFilters)[number];

/** Instead of a table: no table has such a name. */
export const everything = '\u0000';

/** A table, or one of its columns. */
export interface Chosen {
  readonly table: string;
  readonly column: string | null;
}

interface SideState {
  readonly text: string;
  /** Keys of schemas and tables that are not as they are at first. */
  readonly toggled: readonly string[];
  /** Index of the tree's line in hand. */
  readonly at: number;
  readonly chosen: Chosen | null;
  /** The table that the diagram is drawn around, or `everything`; null: not chosen yet. */
  readonly focus: string | null;
}

interface CompareState {
  /** Ids of versions; null: not chosen yet. */
  readonly before: string | null;
  readonly after: string | null;
  readonly text: string;
  readonly kind: ChangeKind;
  readonly breaking: boolean;
  /** Index of the line in hand. */
  readonly at: number;
}

interface SchemasState {
  readonly project: string | null;
  readonly tab: Tab;
  readonly side: Side;
  readonly sides: Readonly<Record<Side, SideState>>;
  readonly drawing: boolean;
  readonly reach: 1 | 2 | 3;
  readonly qualityLevel: 'tables' | 'columns';
  readonly compare: CompareState;
}

const untouched: SideState = { text: '', toggled: [], at: 0, chosen: null, focus: null };
const initial: SchemasState = {
  project: null,
  tab: 'tables',
  side: 'source',
  sides: { source: untouched, target: untouched },
  drawing: true,
  reach: 1,
  qualityLevel: 'columns',
  compare: { before: null, after: null, text: '', kind: 'all', breaking: false, at: 0 },
};

export const useSchemas = create<SchemasState>(() => initial);

export const sideOf = ({ side, sides }: SchemasState): SideState => sides[side];

/** Starts from nothing where another project is shown. */
export function takeProject(project: string | null): void {
  if (useSchemas.getState().project !== project) useSchemas.setState({ ...initial, project });
}

export function patchSide(patch: Partial<SideState>): void {
  useSchemas.setState(({ side, sides }) => ({ sides: { ...sides, [side]: { ...sides[side], ...patch } } }));
}

export function showTab(tab: Tab): void {
  useSchemas.setState({ tab });
}

export function showSide(side: Side): void {
  useSchemas.setState({ side });
}

/** Opens what is closed and closes what is open. */
export function toggle(key: string): void {
  const { toggled } = sideOf(useSchemas.getState());
  patchSide({ toggled: toggled.includes(key) ? toggled.filter((one) => one !== key) : [...toggled, key] });
}

/** Another filter starts at the first line. */
export function patchCompare(patch: Partial<CompareState>): void {
  useSchemas.setState(({ compare }) => ({ compare: { ...compare, at: 0, ...patch } }));
}
