/** Which nodes of a large pipeline are drawn. Pure. */
import type { PipelineData } from '../store.ts';

/** More than this takes long to lay out, and is read node by node anyway. */
export const drawnAtMost = 1000;

export interface DrawnPart extends Pick<PipelineData, 'nodes' | 'edges'> {
  readonly ids: ReadonlySet<string>;
}

/** All nodes where there are few; otherwise those nearest to `focus` along the connections, and then those that follow it. */
export function drawnPart({ nodes, edges }: Pick<PipelineData, 'nodes' | 'edges'>, focus: string | null): DrawnPart {
  if (nodes.length <= drawnAtMost) return { nodes, edges, ids: new Set(nodes.map((node) => node.id)) };
  const start = Math.max(
    0,
    nodes.findIndex((node) => node.id === focus),
  );
  const beside = new Map<string, string[]>(nodes.map((node) => [node.id, []]));
  for (const { from, to } of edges) {
    beside.get(from)?.push(to);
    beside.get(to)?.push(from);
  }
  const ids = new Set<string>();
  for (const { id } of [...nodes.slice(start), ...nodes.slice(0, start)]) addAround(id, beside, ids);
  return {
    nodes: nodes.filter((node) => ids.has(node.id)),
    edges: edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
    ids,
  };
}

/** `id` and what is connected with it, nearest first, as long as there is room. */
function addAround(id: string, beside: ReadonlyMap<string, readonly string[]>, ids: Set<string>): void {
  const next = [id];
  for (const one of next) {
    if (ids.size >= drawnAtMost) return;
    if (ids.has(one)) continue;
    ids.add(one);
    for (const other of beside.get(one) ?? []) if (!ids.has(other)) next.push(other);
  }
}
