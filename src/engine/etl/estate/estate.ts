/** Many jobs as one estate: what they share, what has to come before what, and waves in which they can move. */
import type { JobFootprint } from '../../../shared/model/conversion.ts';
import type { Estate, EstateDependency, EstateTable } from '../../../shared/model/estate.ts';
import { dependencyLayers } from '../../core/dependency-layers.ts';
import { compareText } from '../../core/text.ts';

export interface EstateMember {
  /** Unique among the jobs. */
  readonly id: string;
  readonly effortHours: number;
  /** Null where it is not known: such a job depends on nothing. */
  readonly footprint: JobFootprint | null;
}

interface Touch {
  readonly table: string;
  readonly readers: Set<string>;
  readonly writers: Set<string>;
}

/** `CUSTOMER` means `dbo.Customer` where no other schema has a table of this name: exports often leave the schema out. */
function tableKeys(members: readonly EstateMember[]): (name: string) => string {
  const bySimpleName = new Map<string, Set<string>>();
  for (const { footprint } of members) {
    for (const name of [...(footprint?.reads ?? []), ...(footprint?.writes ?? [])].map((one) => one.toLowerCase())) {
      const simple = name.slice(name.lastIndexOf('.') + 1);
      if (simple !== name) bySimpleName.set(simple, (bySimpleName.get(simple) ?? new Set()).add(name));
    }
  }
  return (name) => {
    const key = name.toLowerCase();
    const full = bySimpleName.get(key);
    return full?.size === 1 ? ([...full][0] as string) : key;
  };
}

function touchedTables(members: readonly EstateMember[]): readonly Touch[] {
  const keyOf = tableKeys(members);
  const touches = new Map<string, Touch>();
  const touch = (name: string): Touch => {
    const key = keyOf(name);
    const known = touches.get(key) ?? { table: name, readers: new Set<string>(), writers: new Set<string>() };
    // The spelling with a schema says more than the one without.
    const longer = name.length - known.table.length || compareText(known.table, name);
    const better = longer > 0 ? { ...known, table: name } : known;
    touches.set(key, better);
    return better;
  };
  for (const { id, footprint } of members) {
    for (const name of footprint?.reads ?? []) touch(name).readers.add(id);
    for (const name of footprint?.writes ?? []) touch(name).writers.add(id);
  }
  return [...touches.values()];
}

function dependenciesByTable(touches: readonly Touch[]): readonly EstateDependency[] {
  return touches.flatMap(({ table, readers, writers }) =>
    [...readers].flatMap((job) =>
      [...writers].filter((on) => on !== job).map((on) => ({ job, on, kind: 'table' as const, because: table })),
    ),
  );
}

function dependenciesByCall(members: readonly EstateMember[]): readonly EstateDependency[] {
  const providers = new Map<string, string>();
  for (const { id, footprint } of members) {
    for (const name of footprint?.provides ?? [])
      if (!providers.has(name.toLowerCase())) providers.set(name.toLowerCase(), id);
  }
  return members.flatMap(({ id, footprint }) =>
    (footprint?.calls ?? []).flatMap((name) => {
      const on = providers.get(name.toLowerCase());
      return on === undefined || on === id ? [] : [{ job: id, on, kind: 'call' as const, because: name }];
    }),
  );
}

function byNames(a: EstateDependency, b: EstateDependency): number {
  return compareText(a.job, b.job) || compareText(a.on, b.on) || compareText(a.because, b.because);
}

/** What is shared, most used first, with at least two jobs. */
function sharedTables(touches: readonly Touch[]): readonly EstateTable[] {
  return touches
    .filter(({ readers, writers }) => new Set([...readers, ...writers]).size > 1)
    .map(({ table, readers, writers }) => ({
      table,
      readers: [...readers].sort(compareText),
      writers: [...writers].sort(compareText),
    }))
    .sort(
      (a, b) =>
        b.readers.length + b.writers.length - a.readers.length - a.writers.length || compareText(a.table, b.table),
    );
}

/**
 * The estate. A job that reads a table comes after the jobs that write it, and a caller after what it calls; jobs that
 * need each other in a circle move together, in one wave. The order of the jobs given has no influence.
 */
export function estateOf(given: readonly EstateMember[]): Estate {
  const members = given.toSorted((a, b) => compareText(a.id, b.id));
  const touches = touchedTables(members);
  const dependencies = [...dependenciesByTable(touches), ...dependenciesByCall(members)].sort(byNames);
  const needs = new Map(members.map(({ id }) => [id, new Set<string>()]));
  for (const { job, on } of dependencies) needs.get(job)?.add(on);
  const { layers, cycles } = dependencyLayers(needs);
  const byId = new Map(members.map((member) => [member.id, member]));
  const sum = (ids: readonly string[], value: (member: EstateMember) => number): number =>
    ids.reduce((total, id) => total + value(byId.get(id) as EstateMember), 0);
  return {
    waves: layers.map((jobs) => ({
      jobs,
      effortHours: sum(jobs, (member) => member.effortHours),
      complexity: sum(jobs, (member) => member.footprint?.complexity.score ?? 0),
    })),
    circles: cycles,
    tables: sharedTables(touches),
    dependencies,
  };
}
