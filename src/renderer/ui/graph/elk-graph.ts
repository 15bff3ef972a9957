/** The layered layout of ELK: our graph in its terms, and its answer in ours. */
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { LayoutGraph, Positions } from './layout.ts';

const manyNodes = 300;

/** The order of nodes and edges is kept among equals, so that the same pipeline always looks the same. */
export function toElk({ nodes, edges }: LayoutGraph): ElkNode {
  const many = nodes.length > manyNodes;
  const known = new Set(nodes.map((node) => node.id));
  return {
    id: 'pipeline',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.spacing.nodeNode': '20',
      'elk.spacing.componentComponent': '32',
      'elk.layered.spacing.nodeNodeBetweenLayers': '56',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.layered.nodePlacement.strategy': many ? 'SIMPLE' : 'BRANDES_KOEPF',
      'elk.layered.thoroughness': many ? '2' : '7',
    },
    // Prefixed: names of a customer's file must not clash with the id of the whole.
    children: nodes.map(({ id, width, height }) => ({ id: `n:${id}`, width, height })),
    edges: edges
      .filter(({ from, to }) => known.has(from) && known.has(to))
      .map(({ from, to }, index) => ({ id: `e:${index}`, sources: [`n:${from}`], targets: [`n:${to}`] })),
  };
}

export function fromElk(laidOut: ElkNode): Positions {
  return new Map((laidOut.children ?? []).map(({ id, x = 0, y = 0 }) => [id.slice(2), { x, y }]));
}
