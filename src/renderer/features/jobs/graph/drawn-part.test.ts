import { describe, expect, it } from 'vitest';
import type { PipelineData } from '../store.ts';
import { drawnAtMost, drawnPart } from './drawn-part.ts';

type Nodes = PipelineData['nodes'];

/** A chain of nodes: n0 → n1 → … */
function chain(length: number): Pick<PipelineData, 'nodes' | 'edges'> {
  const nodes = Array.from({ length }, (_, n) => ({ id: `n${n}` })) as unknown as Nodes;
  const edges = nodes.slice(1).map(({ id }, n) => ({ from: `n${n}`, to: id, label: null }));
  return { nodes, edges };
}

describe('the drawn part of a pipeline', () => {
  it('is all of it as long as that can be drawn', () => {
    const small = chain(drawnAtMost);
    expect(drawnPart(small, 'n5')).toMatchObject(small);
  });

  it('is what lies around the node in hand, on both sides, with the connections between', () => {
    const { nodes, edges, ids } = drawnPart(chain(5000), 'n2500');
    expect(nodes.length).toBe(drawnAtMost);
    expect(edges.length).toBe(drawnAtMost - 1);
    expect([ids.has('n2400'), ids.has('n2500'), ids.has('n2600'), ids.has('n0')]).toEqual([true, true, true, false]);
  });

  it('goes on with the nodes that follow where nothing is connected', () => {
    const { ids } = drawnPart({ ...chain(5000), edges: [] }, 'n4500');
    expect([ids.size, ids.has('n4999'), ids.has('n0'), ids.has('n4499')]).toEqual([drawnAtMost, true, true, false]);
  });

  it('a node that fifty thousand others read from is no harm', () => {
    const { nodes } = chain(50_000);
    const edges = nodes.slice(1).map(({ id }) => ({ from: 'n0', to: id, label: null }));
    expect(drawnPart({ nodes, edges }, 'n0').ids.size).toBe(drawnAtMost);
  });
});
