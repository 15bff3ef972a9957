/** Which tables a drawing holds: all, or those within a few steps of one. Pure. */
import type { Output, TableNode, TableRelation } from '../../../../shared/ipc/contract.ts';

type Graph = Output<'schema.relations'>;

/** More tables than this are a carpet: the drawing starts around the one with the most references. */
export const drawnAtMost = 80;
const neverMoreThan = 400;

export interface Neighbourhood {
  readonly tables: readonly TableNode[];
  readonly relations: readonly TableRelation[];
  /** Tables that belong to it and are left out. */
  readonly left: number;
}

/** The tables around `focus` that `reach` steps along references lead to, nearest first; all where there is no focus. */
export function neighbourhood(graph: Graph, focus: string | null, reach: number): Neighbourhood {
  const wanted = focus === null ? connectedFirst(graph) : within(graph, focus, reach);
  const kept = new Set(wanted.slice(0, focus === null ? drawnAtMost : neverMoreThan));
  return {
    tables: graph.tables.filter((table) => kept.has(table.key)),
    relations: graph.relations.filter(({ from, to }) => kept.has(from) && kept.has(to)),
    left: wanted.length - kept.size,
  };
}

/** The table to start at; null where all can be drawn. */
export function firstFocus(graph: Graph): string | null {
  return graph.tables.length <= drawnAtMost ? null : (connectedFirst(graph)[0] ?? null);
}

/** Tables by the number of their references, most first; equal ones in their order. */
function connectedFirst({ tables, relations }: Graph): readonly string[] {
  const counts = new Map<string, number>();
  for (const { from, to } of relations) {
    counts.set(from, (counts.get(from) ?? 0) + 1);
    counts.set(to, (counts.get(to) ?? 0) + 1);
  }
  return tables.map((table) => table.key).toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
}

function within({ relations }: Graph, focus: string, reach: number): readonly string[] {
  const beside = new Map<string, string[]>();
  const link = (one: string, other: string): void => {
    beside.set(one, [...(beside.get(one) ?? []), other]);
  };
  for (const { from, to } of relations) {
    link(from, to);
    link(to, from);
  }
  const found = new Set([focus]);
  let edge: readonly string[] = [focus];
  for (let step = 0; step < reach; step += 1) {
    edge = [...new Set(edge.flatMap((table) => beside.get(table) ?? []))].filter((table) => !found.has(table));
    for (const table of edge) found.add(table);
  }
  return [...found];
}
