import type { EtlConnector, EtlTransformation } from '../../../../shared/model/etl.ts';

/** Tools such that each follows those that feed it; those of a loop come last. */
export function orderTools(
  tools: readonly EtlTransformation[],
  connectors: readonly EtlConnector[],
): { readonly ordered: readonly EtlTransformation[]; readonly cyclic: ReadonlySet<string> } {
  const byId = new Map(tools.map((tool) => [tool.id, tool]));
  const waiting = new Map(tools.map((tool) => [tool.id, 0]));
  const next = new Map<string, string[]>();
  for (const { from, to } of connectors) {
    if (!byId.has(from) || !byId.has(to)) continue;
    waiting.set(to, (waiting.get(to) ?? 0) + 1);
    const list = next.get(from);
    if (list === undefined) next.set(from, [to]);
    else list.push(to);
  }
  const ready = tools.filter((tool) => waiting.get(tool.id) === 0);
  for (let at = 0; at < ready.length; at += 1) {
    for (const id of next.get(ready[at]?.id ?? '') ?? []) {
      const left = (waiting.get(id) ?? 0) - 1;
      waiting.set(id, left);
      const tool = byId.get(id);
      if (left === 0 && tool !== undefined) ready.push(tool);
    }
  }
  const done = new Set(ready.map((tool) => tool.id));
  const rest = tools.filter((tool) => !done.has(tool.id));
  return { ordered: [...ready, ...rest], cyclic: new Set(rest.map((tool) => tool.id)) };
}
