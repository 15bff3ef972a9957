import ELK from 'elkjs/lib/elk.bundled.js';
import { describe, expect, it } from 'vitest';
import { fromElk, toElk } from './elk-graph.ts';
import type { LayoutGraph, Positions } from './layout.ts';

const size = { width: 200, height: 54 };
const graph = (ids: readonly string[], edges: readonly (readonly [string, string])[]): LayoutGraph => ({
  nodes: ids.map((id) => ({ id, ...size })),
  edges: edges.map(([from, to]) => ({ from, to })),
});
const laidOut = async (given: LayoutGraph): Promise<Positions> => fromElk(await new ELK().layout(toElk(given)));

describe('the layout of a pipeline', () => {
  it('goes from left to right along the connections', async () => {
    const places = await laidOut(
      graph(
        ['sink', 'join', 'a', 'b'],
        [
          ['a', 'join'],
          ['b', 'join'],
          ['join', 'sink'],
        ],
      ),
    );
    const x = (id: string): number => places.get(id)?.x ?? Number.NaN;
    expect(x('a')).toBeLessThan(x('join'));
    expect(x('b')).toBeLessThan(x('join'));
    expect(x('join')).toBeLessThan(x('sink'));
  });

  it('lets no two nodes overlap and places each, also those of a circle or without connections', async () => {
    const ids = Array.from({ length: 120 }, (_, i) => `n${i}`);
    const edges = ids.flatMap((id, i): (readonly [string, string])[] =>
      i % 7 === 0 ? [] : [[ids[Math.floor(i / 2)] ?? id, id]],
    );
    const places = await laidOut(graph([...ids, 'alone', 'x', 'y'], [...edges, ['x', 'y'], ['y', 'x']]));
    expect(places.size).toBe(123);
    const boxes = [...places.values()];
    const overlaps = boxes.filter((one, i) =>
      boxes.slice(i + 1).some((two) => Math.abs(one.x - two.x) < size.width && Math.abs(one.y - two.y) < size.height),
    );
    expect(overlaps).toEqual([]);
  });

  it('takes any name, and leaves out connections to nothing', async () => {
    const ids = ['pipeline', '__proto__', 'constructor', 'e:0', ''];
    const places = await laidOut(
      graph(ids, [
        ['pipeline', '__proto__'],
        ['missing', 'constructor'],
      ]),
    );
    expect([...places.keys()].toSorted()).toEqual(ids.toSorted());
  });
});
