import type { EtlTransformation } from '../../../../shared/model/etl.ts';
import { ruleFor } from '../rules/registry.ts';
import type { MappingGraph } from './mapping-graph.ts';
import type { SessionSettings } from './session.ts';

/** Transformations that join the flows of their inputs by a condition of their own, not row by row. */
const combining = new Set(['Joiner', 'Custom Transformation', 'Union']);

function upstreamOf(transformation: EtlTransformation, graph: MappingGraph): readonly string[] {
  return [...new Set(graph.incoming(transformation.id).map((connector) => connector.from))];
}

/** Instances whose rows have to carry `__seq`, because something after them depends on the order or joins flows by it. */
export function orderedInstances(graph: MappingGraph, session: SessionSettings): ReadonlySet<string> {
  const needed = new Set<string>();
  for (const transformation of [...graph.ordered].reverse()) {
    const upstream = upstreamOf(transformation, graph);
    const sides = combining.has(transformation.type) && sharesFeeds(transformation, graph);
    const joinsRows = upstream.length > 1 && (!combining.has(transformation.type) || sides);
    const reads = ruleFor(transformation.type).readsOrder(transformation, { graph, session });
    if (reads || joinsRows || needed.has(transformation.id)) for (const id of upstream) needed.add(id);
  }
  return needed;
}

/** Whether one side of a combining transformation is itself fed by several flows. */
function sharesFeeds(transformation: EtlTransformation, graph: MappingGraph): boolean {
  const bySide = new Map<string, Set<string>>();
  for (const connector of graph.incoming(transformation.id)) {
    const port = transformation.ports.find((one) => one.name === connector.toPort);
    const side =
      port === undefined
        ? ''
        : `${port.group ?? ''}/${port.properties.find((one) => one.name === 'PORTTYPE')?.value ?? ''}`;
    bySide.set(side, (bySide.get(side) ?? new Set()).add(connector.from));
  }
  return [...bySide.values()].some((feeds) => feeds.size > 1);
}
