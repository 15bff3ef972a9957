import type { PipelineNode } from './model.ts';

/** What is put in order: a node of a pipeline, or anything that waits for others. */
type Ordered = Pick<PipelineNode, 'id' | 'depends_on'>;

export interface NodeOrder<Node> {
  /** Nodes such that each follows its inputs; nodes of a cycle are left out. */
  readonly ordered: readonly Node[];
  /** Ids of nodes that depend on themselves, directly or not. */
  readonly cyclic: readonly string[];
}

/** Nodes in an order in which they can run: file order where dependencies leave a choice. */
export function orderNodes<Node extends Ordered>(nodes: readonly Node[]): NodeOrder<Node> {
  const waiting = new Map(nodes.map((node) => [node.id, new Set((node.depends_on ?? []).map((input) => input.node))]));
  const known = new Set(waiting.keys());
  const dependents = new Map<string, string[]>();
  for (const [id, inputs] of waiting) {
    for (const input of inputs) {
      if (!known.has(input)) inputs.delete(input);
      else dependents.set(input, [...(dependents.get(input) ?? []), id]);
    }
  }
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const ready = nodes.filter((node) => waiting.get(node.id)?.size === 0).map((node) => node.id);
  const ordered: Node[] = [];
  for (let at = 0; at < ready.length; at += 1) {
    const id = ready[at] ?? '';
    const node = byId.get(id);
    if (node !== undefined) ordered.push(node);
    for (const dependent of dependents.get(id) ?? []) {
      const inputs = waiting.get(dependent);
      inputs?.delete(id);
      if (inputs?.size === 0) ready.push(dependent);
    }
  }
  const done = new Set(ordered.map((node) => node.id));
  return { ordered, cyclic: nodes.filter((node) => !done.has(node.id)).map((node) => node.id) };
}
