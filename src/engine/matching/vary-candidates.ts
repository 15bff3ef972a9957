/** The order in which a column's candidates are shown: a second form of what was shown before comes after what is different. */
import type { ColumnView } from './column-view.ts';
import type { RankedCandidate } from './rank-column.ts';

/** Words that tell the forms of one thing apart: a date and a timestamp, a code, its key and its text as it was. */
const formWords: ReadonlySet<string> = new Set(
  'identifier concept source value date datetime time timestamp'.split(' '),
);
/** What is left of the belief in a candidate whose other form stands before it. */
const TWIN = 0.25;

type Shown = Pick<RankedCandidate, 'belief'> & { readonly target: Pick<ColumnView, 'words' | 'table' | 'role'> };

/** The same candidates; the first stays the first. */
export function varyCandidates<T extends Shown>(candidates: readonly T[]): readonly T[] {
  const seen = new Map<string, number>();
  const worth = candidates.map((candidate) => {
    const key = formOf(candidate.target);
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    return candidate.belief * TWIN ** before;
  });
  return candidates
    .map((candidate, i) => ({ candidate, worth: worth[i] as number, i }))
    .sort((a, b) => (a.i === 0 || b.i === 0 ? a.i - b.i : b.worth - a.worth || a.i - b.i))
    .map(({ candidate }) => candidate);
}

/** Targets are candidates of many columns. */
const forms = new WeakMap<Shown['target'], string>();

function formOf(target: Shown['target']): string {
  const known = forms.get(target);
  if (known !== undefined) return known;
  const { words, table, role } = target;
  const form = `${table.index} ${isMoment(role) ? 'moment' : ''} ${words.filter((word) => !formWords.has(word)).join(' ')}`;
  forms.set(target, form);
  return form;
}

const isMoment = (role: ColumnView['role']): boolean => role === 'date' || role === 'time';
