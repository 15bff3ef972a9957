/** How sure the first candidates of a whole job are: each is judged among its own rivals and among the other columns' choices. */
import { composite, likeness, semanticPart } from './confidence-parts.ts';
import type { RankedColumn } from './rank-column.ts';
import { featureNames } from './signals/registry.ts';
import { typeCompatibility } from './type-compatibility.ts';

/** What the calibration reads of a column's ranking, in the order of its weights. The last two are means over the job. */
export const certaintyNames = [
  'one',
  'belief',
  'odds',
  'margin',
  'alike',
  'rival',
  'mutual',
  'spelling',
  'targets',
  'claims',
  'values',
  'comments',
  'parts',
  'jobAlike',
  'jobMutual',
] as const;

/** A distance that no second candidate bridges. */
const MOST_MARGIN = 12;
const MOST_RIVALRY = 5;

const at = (name: string): number => featureNames.indexOf(name);
const spelling = at('name.winkler');
const values = at('values.present');
const comments = at('comment.present');

/** One row of figures a column, in the order of `certaintyNames`; all 0 for a column without candidates. `targets` counts the target's columns. */
export function describeCertainty(ranked: readonly RankedColumn[], targets: number): readonly (readonly number[])[] {
  const strongest = strongestOf(ranked);
  const claims = new Map<string, number>();
  for (const column of ranked) claims.set(claimOf(column), (claims.get(claimOf(column)) ?? 0) + 1);
  const rows = ranked.map((column, index) => {
    const [first, second] = column.candidates;
    if (first === undefined) return null;
    const margin = second === undefined ? MOST_MARGIN : Math.min(MOST_MARGIN, first.score - second.score);
    const holder = strongest.get(first.target.index);
    const rival = holder === undefined || holder.column === index ? (holder?.second ?? 0) : holder.first;
    return {
      own: [
        1,
        first.belief,
        bound(Math.log(first.belief / (1 - first.belief + 1e-4)), -4, 6) / 4,
        Math.log1p(margin),
        likeness(first),
        bound(logOf(first.belief) - logOf(rival), -MOST_RIVALRY, MOST_RIVALRY) / MOST_RIVALRY,
        holder?.column === index ? 1 : 0,
        first.figures[spelling] ?? 0,
        Math.log1p(targets) / 5,
        1 / (claims.get(claimOf(column)) ?? 1),
        first.figures[values] ?? 0,
        first.figures[comments] ?? 0,
        composite({
          semantic: semanticPart(first),
          type: typeCompatibility(column.source.column, first.target.column),
          domain: 0.5,
          history: 0.5,
        }),
      ],
    };
  });
  const known = rows.flatMap((row) => (row === null ? [] : [row.own]));
  const mean = (index: number): number =>
    known.reduce((sum, own) => sum + (own[index] ?? 0), 0) / Math.max(1, known.length);
  const job = [mean(4), mean(6)];
  return rows.map((row) => (row === null ? certaintyNames.map(() => 0) : [...row.own, ...job]));
}

interface Holder {
  readonly column: number;
  readonly first: number;
  readonly second: number;
}

/** Of each target: which column believes in it most, how much, and how much the next one does. */
function strongestOf(ranked: readonly RankedColumn[]): ReadonlyMap<number, Holder> {
  const found = new Map<number, Holder>();
  ranked.forEach((column, index) => {
    for (const { target, belief } of column.candidates) {
      const holder = found.get(target.index);
      if (holder === undefined || belief > holder.first)
        found.set(target.index, { column: index, first: belief, second: holder?.first ?? 0 });
      else if (belief > holder.second) found.set(target.index, { ...holder, second: belief });
    }
  });
  return found;
}

/** Columns of one table with the same first choice have the same claim. */
const claimOf = ({ source, candidates }: RankedColumn): string =>
  `${source.table.index} ${candidates[0]?.target.index ?? ''}`;
const logOf = (belief: number): number => Math.log(belief + 1e-6);
const bound = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
