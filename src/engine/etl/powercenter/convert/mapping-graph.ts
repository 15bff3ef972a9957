/** Who feeds whom in a mapping, in an order in which transformations can be converted. */
import type { EtlConnector, EtlMapping, EtlTransformation } from '../../../../shared/model/etl.ts';

export interface MappingGraph {
  readonly byId: ReadonlyMap<string, EtlTransformation>;
  /** Each after everything that feeds it. Members of a cycle come last, in file order. */
  readonly ordered: readonly EtlTransformation[];
  readonly cyclic: readonly string[];
  readonly incoming: (id: string) => readonly EtlConnector[];
  readonly outgoing: (id: string) => readonly EtlConnector[];
}

function group(connectors: readonly EtlConnector[], key: 'from' | 'to'): ReadonlyMap<string, readonly EtlConnector[]> {
  const found = new Map<string, EtlConnector[]>();
  for (const connector of connectors) {
    const list = found.get(connector[key]);
    if (list === undefined) found.set(connector[key], [connector]);
    else list.push(connector);
  }
  return found;
}

/** The graph of `mapping`; connectors of instances that do not exist are ignored. */
export function graphOf(mapping: EtlMapping): MappingGraph {
  const byId = new Map(mapping.transformations.map((transformation) => [transformation.id, transformation]));
  const connectors = mapping.connectors.filter((connector) => byId.has(connector.from) && byId.has(connector.to));
  const incoming = group(connectors, 'to');
  const outgoing = group(connectors, 'from');
  const waiting = new Map(
    mapping.transformations.map((one) => [
      one.id,
      new Set((incoming.get(one.id) ?? []).map((connector) => connector.from)),
    ]),
  );
  const ready = mapping.transformations.filter((one) => waiting.get(one.id)?.size === 0).map((one) => one.id);
  const ordered: EtlTransformation[] = [];
  for (let at = 0; at < ready.length; at += 1) {
    const id = ready[at] ?? '';
    const found = byId.get(id);
    if (found !== undefined) ordered.push(found);
    for (const next of new Set((outgoing.get(id) ?? []).map((connector) => connector.to))) {
      const inputs = waiting.get(next);
      inputs?.delete(id);
      if (inputs?.size === 0) ready.push(next);
    }
  }
  const done = new Set(ordered.map((one) => one.id));
  const cyclic = mapping.transformations.filter((one) => !done.has(one.id));
  return {
    byId,
    ordered: [...ordered, ...cyclic],
    cyclic: cyclic.map((one) => one.id),
    incoming: (id) => incoming.get(id) ?? [],
    outgoing: (id) => outgoing.get(id) ?? [],
  };
}
