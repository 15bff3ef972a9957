/** Mapplets written out in the mapping that uses them: their transformations get the instance's name before their own. */
import type { EtlConnector, EtlFile, EtlMapping, EtlTransformation } from '../../../../shared/model/etl.ts';
import { mappletId } from '../parse-mapping.ts';

const maxDepth = 16;

interface OuterPort {
  readonly instance: string;
  readonly port: string;
}

/** The inner port that an outer port of the mapplet stands for. */
function outerPorts(mapplet: EtlMapping, type: string): ReadonlyMap<string, OuterPort> {
  const edges = mapplet.transformations.filter((one) => one.type === type);
  const ids = new Set(edges.map((one) => one.id));
  const found = new Map<string, OuterPort>();
  for (const edge of edges) {
    for (const port of edge.ports)
      if (!found.has(port.name)) found.set(port.name, { instance: edge.id, port: port.name });
  }
  for (const property of mapplet.properties) {
    if (!property.name.startsWith('port.') || property.value === null) continue;
    const dot = property.value.indexOf('.');
    const instance = property.value.slice(0, dot);
    if (ids.has(instance))
      found.set(property.name.slice('port.'.length), { instance, port: property.value.slice(dot + 1) });
  }
  return found;
}

interface Inlined {
  readonly transformations: readonly EtlTransformation[];
  readonly connectors: readonly EtlConnector[];
}

function inlineOne(instance: EtlTransformation, mapplet: EtlMapping, connectors: readonly EtlConnector[]): Inlined {
  const name = (id: string): string => `${instance.id}__${id}`;
  const inputs = outerPorts(mapplet, 'Input Transformation');
  const outputs = outerPorts(mapplet, 'Output Transformation');
  const edges = new Set(
    mapplet.transformations
      .filter((one) => one.type === 'Input Transformation' || one.type === 'Output Transformation')
      .map((one) => one.id),
  );
  const inner = mapplet.connectors
    .filter((one) => !edges.has(one.from) && !edges.has(one.to))
    .map((one) => ({ ...one, from: name(one.from), to: name(one.to) }));
  const outer = connectors.flatMap((connector): readonly EtlConnector[] => {
    if (connector.to === instance.id) {
      const port = inputs.get(connector.toPort);
      return mapplet.connectors
        .filter((one) => port !== undefined && one.from === port.instance && one.fromPort === port.port)
        .map((one) => ({ ...connector, to: name(one.to), toPort: one.toPort }));
    }
    if (connector.from === instance.id) {
      const port = outputs.get(connector.fromPort);
      return mapplet.connectors
        .filter((one) => port !== undefined && one.to === port.instance && one.toPort === port.port)
        .map((one) => ({ ...connector, from: name(one.from), fromPort: one.fromPort }));
    }
    return [connector];
  });
  return {
    transformations: mapplet.transformations
      .filter((one) => !edges.has(one.id))
      .map((one) => ({ ...one, id: name(one.id) })),
    connectors: [...outer, ...inner],
  };
}

/** `mapping` without mapplet instances, as far as the file defines them; mapplets in mapplets are written out too. */
export function inlineMapplets(mapping: EtlMapping, file: EtlFile): EtlMapping {
  const mapplets = new Map(file.mappings.filter((one) => one.kind === 'mapplet').map((one) => [mappletId(one), one]));
  let { transformations, connectors } = mapping;
  for (let depth = 0; depth < maxDepth; depth += 1) {
    const instance = transformations.find(
      (one) =>
        one.type === 'Mapplet' &&
        one.definition !== null &&
        mapplets.has(one.definition) &&
        one.definition !== mappletId(mapping),
    );
    const mapplet = instance === undefined ? undefined : mapplets.get(instance.definition ?? '');
    if (instance === undefined || mapplet === undefined) break;
    const inlined = inlineOne(instance, mapplet, connectors);
    transformations = [...transformations.filter((one) => one !== instance), ...inlined.transformations];
    connectors = inlined.connectors;
  }
  return { ...mapping, transformations, connectors };
}
