/** Data flow tasks → mappings: one transformation a component, one connector a path. */
import type {
  EtlConnector,
  EtlMapping,
  EtlParameter,
  EtlProperties,
  EtlTransformation,
} from '../../../shared/model/etl.ts';
import type { Diagnostic } from '../../../shared/model/schema.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { attributeOf, childrenOf, safeProperty } from './dts-elements.ts';
import { parseComponent, type LineageColumn } from './parse-component.ts';
import type { Connections } from './connections.ts';

export interface DataFlowScope {
  readonly folder: string;
  readonly name: string;
  readonly description: string | null;
  readonly parameters: readonly EtlParameter[];
  /** Variables of the system: those that the data flow uses become parameters of it. */
  readonly system: readonly EtlParameter[];
  readonly connections: Connections;
  /** Properties of components that an expression of the task sets, as `[component].[property]`. */
  readonly expressions: EtlProperties;
  readonly file: string;
  readonly report: (diagnostic: Diagnostic) => void;
}

function componentsOf(pipeline: XmlElement): readonly XmlElement[] {
  return childrenOf(pipeline, 'components').flatMap((list) => childrenOf(list, 'component'));
}

function outputColumnsOf(component: XmlElement): readonly XmlElement[] {
  return childrenOf(component, 'outputs')
    .flatMap((list) => childrenOf(list, 'output'))
    .flatMap((output) => childrenOf(output, 'outputColumns'))
    .flatMap((list) => childrenOf(list, 'outputColumn'));
}

function lineageOf(components: readonly XmlElement[]): ReadonlyMap<string, LineageColumn> {
  const found = new Map<string, LineageColumn>();
  for (const element of components.flatMap(outputColumnsOf)) {
    const column = { name: attributeOf(element, 'name') ?? '', element };
    for (const name of ['lineageId', 'refId', 'id']) {
      const id = attributeOf(element, name);
      if (id !== null && !found.has(id)) found.set(id, column);
    }
  }
  return found;
}

/** Unique names without regard to case, in file order. */
function uniqueNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const base = name === '' ? 'component' : name;
    let candidate = base;
    for (let count = 2; taken.has(candidate.toLowerCase()); count += 1) candidate = `${base} ${count}`;
    taken.add(candidate.toLowerCase());
    return candidate;
  });
}

interface End {
  readonly component: string;
  readonly group: string;
}

/** Inputs and outputs by their ids. */
function endsOf(transformations: readonly EtlTransformation[]): ReadonlyMap<string, End> {
  const found = new Map<string, End>();
  for (const one of transformations) {
    for (const group of one.groups) {
      const prefix = `${group.kind === 'input' ? 'input' : 'output'}.${group.name}.`;
      for (const property of one.properties) {
        if (property.value !== null && (property.name === `${prefix}refId` || property.name === `${prefix}id`))
          found.set(property.value, { component: one.id, group: group.name });
      }
    }
  }
  return found;
}

function connectorsOf(
  pipeline: XmlElement,
  ends: ReadonlyMap<string, End>,
  scope: DataFlowScope,
): readonly EtlConnector[] {
  return childrenOf(pipeline, 'paths')
    .flatMap((list) => childrenOf(list, 'path'))
    .flatMap((path): readonly EtlConnector[] => {
      const from = ends.get(attributeOf(path, 'startId') ?? '');
      const to = ends.get(attributeOf(path, 'endId') ?? '');
      if (from === undefined || to === undefined) {
        scope.report({
          severity: 'warning',
          message: `The path ${attributeOf(path, 'name') ?? ''} of ${scope.name} has an end that is not in the data flow`,
          file: scope.file,
          line: path.line,
          statement: scope.name,
        });
      }
      return [
        {
          from: from?.component ?? '',
          fromPort: '',
          fromGroup: from?.group ?? null,
          to: to?.component ?? '',
          toPort: '',
          toGroup: to?.group ?? null,
        },
      ];
    });
}

function isUsed(variable: string, transformations: readonly EtlTransformation[]): boolean {
  const name = variable.toLowerCase();
  const names = (value: string | null): boolean => value?.toLowerCase().includes(name) === true;
  return transformations.some(
    ({ ports, properties }) =>
      properties.some((one) => names(one.value)) ||
      ports.some((port) => names(port.expression) || port.properties.some((one) => names(one.value))),
  );
}

/** The expressions that set properties of the component `name`, as `expression.PROPERTY`. */
function expressionsOf(name: string, expressions: EtlProperties): EtlProperties {
  const prefix = `expression.[${name}].[`.toLowerCase();
  return expressions.flatMap((one) =>
    one.name.toLowerCase().startsWith(prefix) && one.name.endsWith(']')
      ? [{ name: `expression.${one.name.slice(prefix.length, -1)}`, value: one.value }]
      : [],
  );
}

/** One data flow. Nothing in it is left out; paths with an unknown end keep an empty name there. */
export function parseDataFlow(pipeline: XmlElement, scope: DataFlowScope): EtlMapping {
  const components = componentsOf(pipeline);
  const ids = uniqueNames(components.map((component) => attributeOf(component, 'name') ?? ''));
  const lineage = lineageOf(components);
  const transformations = components.map((component, index) => {
    const id = ids[index] ?? `component ${index + 1}`;
    const one = parseComponent(component, id, { lineage, connections: scope.connections });
    const own = expressionsOf(one.name, scope.expressions);
    return own.length === 0 ? one : { ...one, properties: [...one.properties, ...own] };
  });
  return {
    folder: scope.folder,
    name: scope.name,
    kind: 'mapping',
    description: scope.description,
    transformations,
    connectors: connectorsOf(pipeline, endsOf(transformations), scope),
    parameters: [...scope.parameters, ...scope.system.filter((one) => isUsed(one.name, transformations))],
    targetLoadOrder: [],
    properties: [...pipeline.attributes].map(([name, value]) => safeProperty(name, value)),
    line: pipeline.line,
  };
}
