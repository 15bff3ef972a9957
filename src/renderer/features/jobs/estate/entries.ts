/** The estate as lines of a list: each wave and, under it, its jobs. */
import type { JobLine, Output } from '../../../../shared/ipc/contract.ts';
import type { Estate } from '../../../../shared/model/estate.ts';

export type Entry =
  | { readonly kind: 'wave'; readonly key: string; readonly number: number; readonly wave: Estate['waves'][number] }
  | {
      readonly kind: 'job';
      readonly key: string;
      readonly line: JobLine;
      readonly needs: number;
      readonly needed: number;
    };

export function estateEntries({ jobs, estate }: Output<'jobs.estate'>): readonly Entry[] {
  const lines = new Map(jobs.map((line) => [line.id, line]));
  const count = (field: 'job' | 'on'): ReadonlyMap<string, number> => {
    const others = new Map<string, Set<string>>();
    for (const one of estate.dependencies) {
      const other = field === 'job' ? one.on : one.job;
      others.set(one[field], (others.get(one[field]) ?? new Set()).add(other));
    }
    return new Map([...others].map(([id, set]) => [id, set.size]));
  };
  const [needs, needed] = [count('job'), count('on')];
  return estate.waves.flatMap((wave, index): readonly Entry[] => [
    { kind: 'wave', key: `wave:${index + 1}`, number: index + 1, wave },
    ...wave.jobs.flatMap((id): readonly Entry[] => {
      const line = lines.get(id);
      return line === undefined
        ? []
        : [{ kind: 'job', key: `job:${id}`, line, needs: needs.get(id) ?? 0, needed: needed.get(id) ?? 0 }];
    }),
  ]);
}
