import { compareText } from './text.ts';

export interface DependencyLayers {
  /** Each layer needs only layers before it; names within a layer are sorted. A circle forms a layer of its own. */
  readonly layers: readonly (readonly string[])[];
  /** Names that need each other in a circle, each circle sorted. */
  readonly cycles: readonly (readonly string[])[];
}

/** Sorts names by what they need. A need that is not a name itself, or is the name's own, is left out of account. */
export function dependencyLayers(needs: ReadonlyMap<string, ReadonlySet<string>>): DependencyLayers {
  const waiting = new Map<string, ReadonlySet<string>>();
  for (const [key, needed] of needs)
    waiting.set(key, new Set([...needed].filter((other) => other !== key && needs.has(other))));
  const layers: (readonly string[])[] = [];
  const cycles: (readonly string[])[] = [];
  while (waiting.size > 0) {
    const keys = [...waiting.keys()].sort(compareText);
    const ready = keys.filter((key) => ![...(waiting.get(key) ?? [])].some((other) => waiting.has(other)));
    const circle = ready.length === 0 ? firstCycle(keys, waiting) : [];
    if (circle.length > 0) cycles.push(circle);
    const layer = ready.length > 0 ? ready : circle;
    for (const key of layer) waiting.delete(key);
    layers.push(layer);
  }
  return { layers, cycles };
}

/** Follows needs from the first name until one comes again: those from there on form a circle. */
function firstCycle(keys: readonly string[], waiting: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const places = new Map<string, number>();
  let key = keys[0] as string;
  while (!places.has(key)) {
    places.set(key, places.size);
    key = [...(waiting.get(key) ?? [])].filter((other) => waiting.has(other)).sort(compareText)[0] as string;
  }
  return [...places.keys()].slice(places.get(key)).sort(compareText);
}
